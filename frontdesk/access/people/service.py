"""Sign people in and out, and look after their accounts."""

import asyncio
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.access.people import repository
from frontdesk.access.people.passwords import hash_password, is_outdated, password_matches
from frontdesk.access.people.repository import UserRow
from frontdesk.access.people.roles import Permission, Role, may
from frontdesk.errors import FrontdeskError
from frontdesk.text import storable

SESSION_TIME = timedelta(days=14)
"""After the last use."""
TICKET_TIME = timedelta(hours=1)
INVITATION_TIME = timedelta(days=3)
SEEN_EVERY = timedelta(minutes=5)
"""A session in use is noted this often, not with every request."""
WINDOW = timedelta(minutes=15)
MOST_FOR_ONE = 5
MOST_FROM_ADDRESS = 30
"""Failed attempts within the window before further ones have to wait."""


class SignInRefusedError(FrontdeskError):
    """The e-mail address or the password is wrong; which of them is not said."""

    code = "sign_in_refused"


class TooManyAttemptsError(FrontdeskError):
    """Too many failed attempts; the next one has to wait."""

    code = "too_many_attempts"


class UserUnfitError(FrontdeskError):
    """The account cannot be made or changed so."""

    code = "user_unfit"


class AccountTakenError(UserUnfitError):
    """Somebody has this e-mail address or this name already."""

    code = "account_taken"


class LastOwnerError(UserUnfitError):
    """Without this owner there would be none."""

    code = "last_owner"


class UserNotFoundError(FrontdeskError):
    """Nobody has this e-mail address."""

    code = "user_not_found"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who is signed in."""

    id: UUID
    name: str
    email: str
    role: Role
    language: str | None
    available: bool
    csrf: str
    """What a form of theirs must bring along."""

    def may(self, permission: Permission) -> bool:
        """Whether their role allows it."""
        return may(self.role, permission)


async def add_user(
    connection: AsyncConnection, email: str, name: str, role: Role, password: str | None, now: datetime
) -> UserRow:
    """Make an account; raises UserUnfitError and PasswordUnfitError."""
    address, called = _address(email), storable(name).strip()
    if not called:
        raise UserUnfitError("a person needs a name; colleagues and contacts see it")
    hashed = await asyncio.to_thread(hash_password, password) if password is not None else None
    try:
        async with connection.begin_nested():
            return await repository.insert_user(connection, address, called, role, hashed, now)
    except IntegrityError as error:
        raise AccountTakenError(f"there is an account for {address}, or one with the name {called}, already") from error


async def change_password(connection: AsyncConnection, email: str, password: str) -> None:
    """Set a password and end every session; raises UserNotFoundError and PasswordUnfitError."""
    user = await known_user(connection, email)
    hashed = await asyncio.to_thread(hash_password, password)
    await repository.update_user(connection, user.id, password_hash=hashed)
    await repository.delete_sessions_of(connection, user.id)


async def change_role(connection: AsyncConnection, email: str, role: Role) -> None:
    """Give a person another role; raises UserNotFoundError, and UserUnfitError for the last owner."""
    user = await known_user(connection, email)
    if role is not Role.OWNER:
        await _keep_an_owner(connection, user)
    await repository.update_user(connection, user.id, role=role)


async def disable_user(connection: AsyncConnection, email: str, now: datetime) -> None:
    """End an account at once; raises UserNotFoundError, and UserUnfitError for the last owner."""
    user = await known_user(connection, email)
    await _keep_an_owner(connection, user)
    await repository.update_user(connection, user.id, disabled_at=now)
    await repository.delete_sessions_of(connection, user.id)


async def enable_user(connection: AsyncConnection, email: str) -> None:
    """Let somebody in again whose account was ended; raises UserNotFoundError."""
    user = await known_user(connection, email)
    await repository.update_user(connection, user.id, disabled_at=None)


async def set_available(connection: AsyncConnection, email: str, *, available: bool) -> None:
    """Say whether somebody is given hand-offs from now on; raises UserNotFoundError."""
    user = await known_user(connection, email)
    await repository.update_user(connection, user.id, available=available)


async def invite(connection: AsyncConnection, email: str, now: datetime) -> str:
    """Return a ticket for somebody new, or who cannot sign in any more, to choose a password with.

    Their sessions, their password and what a provider knows them as end. Raises UserNotFoundError.
    """
    user = await known_user(connection, email)
    await repository.update_user(connection, user.id, password_hash=None, issuer=None, subject=None)
    await repository.delete_sessions_of(connection, user.id)
    return await issue_ticket(connection, user.id, now, INVITATION_TIME)


async def known_user(connection: AsyncConnection, email: str) -> UserRow:
    """The account with this e-mail address; raises UserNotFoundError."""
    user = await repository.find_user(connection, email.strip().lower())
    if user is None:
        raise UserNotFoundError(f"nobody has the e-mail address {email}; frontdesk users list shows everyone")
    return user


async def _keep_an_owner(connection: AsyncConnection, user: UserRow) -> None:
    owners = [each for each in await repository.list_users(connection) if each.role is Role.OWNER]
    if user.role is Role.OWNER and not any(each.id != user.id and each.disabled_at is None for each in owners):
        raise LastOwnerError(f"{user.email} is the only owner; make somebody else one first")


async def check_attempts(connection: AsyncConnection, email: str, address: str, now: datetime) -> None:
    """Raise TooManyAttemptsError if one who tries this often has to wait."""
    for_one, from_address = await repository.count_attempts(connection, email.strip().lower(), address, now - WINDOW)
    if for_one >= MOST_FOR_ONE or from_address >= MOST_FROM_ADDRESS:
        minutes = int(WINDOW.total_seconds() // 60)
        raise TooManyAttemptsError(f"too many attempts; wait {minutes} minutes and try again")


async def sign_in(connection: AsyncConnection, email: str, password: str, now: datetime) -> str:
    """Return the token of a new session; raises SignInRefusedError."""
    user = await repository.find_user(connection, storable(email).strip().lower())
    stored = user.password_hash if user is not None and user.disabled_at is None else None
    if not await asyncio.to_thread(password_matches, stored, password) or user is None or stored is None:
        raise SignInRefusedError("this e-mail address and password do not belong together")
    if is_outdated(stored):
        fresh = await asyncio.to_thread(hash_password, password)
        await repository.update_user(connection, user.id, password_hash=fresh)
    return await open_session(connection, user.id, now)


async def issue_ticket(
    connection: AsyncConnection, user_id: UUID, now: datetime, lasts: timedelta = TICKET_TIME
) -> str:
    """Return what signs a person in once, while it lasts, without a password."""
    ticket = secrets.token_urlsafe(32)
    await repository.insert_session(connection, _ticket_digest(ticket), user_id, now, now + lasts)
    return ticket


async def redeem_ticket(connection: AsyncConnection, ticket: str, now: datetime) -> str:
    """Return the token of a new session; raises SignInRefusedError when the ticket was used or is too old."""
    user = await invited(connection, ticket, now)
    await repository.delete_session(connection, _ticket_digest(ticket))
    return await open_session(connection, user.id, now)


async def invited(connection: AsyncConnection, ticket: str, now: datetime) -> UserRow:
    """Whose ticket this is; raises SignInRefusedError when it was used or is too old."""
    found = await repository.user_of_session(connection, _ticket_digest(ticket), now)
    if found is None:
        raise SignInRefusedError("this link was used already or is too old")
    return found[0]


async def accept_invitation(connection: AsyncConnection, ticket: str, password: str, now: datetime) -> str:
    """Set the password of whom a ticket is for, and return the token of a new session.

    Raises SignInRefusedError and PasswordUnfitError.
    """
    user = await invited(connection, ticket, now)
    hashed = await asyncio.to_thread(hash_password, password)
    await repository.update_user(connection, user.id, password_hash=hashed)
    await repository.delete_sessions_of(connection, user.id)
    return await open_session(connection, user.id, now)


async def open_session(connection: AsyncConnection, user_id: UUID, now: datetime) -> str:
    """Return the token of a new session for someone who has shown who they are."""
    token = secrets.token_urlsafe(32)
    await repository.forget_ended(connection, now, now - WINDOW)
    await repository.insert_session(connection, _digest(token), user_id, now, now + SESSION_TIME)
    return token


async def signed_in(connection: AsyncConnection, token: str, now: datetime) -> tuple[Person, bool] | None:
    """Who holds this token, and whether the session's use should be noted; None: nobody."""
    found = await repository.user_of_session(connection, _digest(token), now)
    if found is None:
        return None
    user, seen_at = found
    person = Person(
        id=user.id,
        name=user.name,
        email=user.email,
        role=user.role,
        language=user.language,
        available=user.available,
        csrf=csrf_of(token),
    )
    return person, now - seen_at >= SEEN_EVERY


async def note_use(connection: AsyncConnection, token: str, now: datetime) -> None:
    """Prolong a session that is in use."""
    await repository.prolong_session(connection, _digest(token), now, now + SESSION_TIME)


async def change_own_password(
    connection: AsyncConnection, person: Person, token: str, present: str, wanted: str
) -> None:
    """Set a password; every session but the one of this token ends.

    `present` counts only if there is a password already. Raises SignInRefusedError when it is another,
    PasswordUnfitError, and UserUnfitError for those who sign in elsewhere: their provider decides on that.
    """
    user = await known_user(connection, person.email)
    if user.password_hash is None and user.subject is not None:
        raise UserUnfitError("this account signs in elsewhere and has no password")
    if user.password_hash is not None and not await asyncio.to_thread(password_matches, user.password_hash, present):
        raise SignInRefusedError("this is not your present password")
    hashed = await asyncio.to_thread(hash_password, wanted)
    await repository.update_user(connection, user.id, password_hash=hashed)
    await repository.delete_sessions_of(connection, user.id, but=_digest(token))


async def sign_out(connection: AsyncConnection, token: str) -> None:
    """End a session."""
    await repository.delete_session(connection, _digest(token))


def csrf_of(token: str) -> str:
    """What a form must bring along: known to the session's own pages only."""
    return hmac.new(token.encode(), b"frontdesk csrf", hashlib.sha256).hexdigest()


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def _ticket_digest(ticket: str) -> bytes:
    # Not a session's: a ticket must not serve as a cookie.
    return hashlib.sha256(b"ticket " + ticket.encode("utf-8", "surrogatepass")).digest()


def _address(email: str) -> str:
    try:
        return validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise UserUnfitError(f"{email!r} is not an e-mail address") from error
