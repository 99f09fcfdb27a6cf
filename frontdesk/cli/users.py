"""Those who work in the inbox, managed from the command line."""

import secrets
import sys
from getpass import getpass

from frontdesk.access.people import service
from frontdesk.access.people.repository import UserRow, list_users
from frontdesk.access.people.roles import Role
from frontdesk.cli.database import with_database
from frontdesk.cli.installation import now
from frontdesk.cli.tables import print_table
from frontdesk.config import Settings
from frontdesk.db.engine import Database

_GENERATED_BYTES = 12


def add_user(settings: Settings, email: str, name: str, role: Role, password: str | None) -> str:
    """Make an account; returns what to tell the person, a generated password included."""
    generated = None if password else secrets.token_urlsafe(_GENERATED_BYTES)

    async def work(database: Database) -> UserRow:
        async with database.transaction() as connection:
            return await service.add_user(connection, email, name, role, password or generated, now())

    user = with_database(settings, work)
    told = f"{user.name} may sign in as {user.email} ({user.role})"
    return f"{told} with the password {generated}" if generated else told


def print_users(settings: Settings) -> None:
    """Print everyone, disabled ones included."""

    async def work(database: Database) -> list[UserRow]:
        async with database.reading() as connection:
            return list(await list_users(connection))

    rows = [(user.name, user.email, user.role, _state(user)) for user in with_database(settings, work)]
    print_table(("name", "e-mail", "role", "state"), rows, empty="Nobody yet; frontdesk users add makes an account.")


def set_password(settings: Settings, email: str, password: str) -> str:
    """Give a person another password; every session of theirs ends."""

    async def work(database: Database) -> None:
        async with database.transaction() as connection:
            await service.change_password(connection, email, password)

    with_database(settings, work)
    return f"{email} has a new password"


def set_role(settings: Settings, email: str, role: Role) -> str:
    """Give a person another role."""

    async def work(database: Database) -> None:
        async with database.transaction() as connection:
            await service.change_role(connection, email, role)

    with_database(settings, work)
    return f"{email} is {role} now"


def set_available(settings: Settings, email: str, *, available: bool) -> str:
    """Say whether somebody is given hand-offs from now on."""

    async def work(database: Database) -> None:
        async with database.transaction() as connection:
            await service.set_available(connection, email, available=available)

    with_database(settings, work)
    return f"{email} takes hand-offs" if available else f"{email} is given no hand-offs"


def enable_user(settings: Settings, email: str) -> str:
    """Let somebody in again."""

    async def work(database: Database) -> None:
        async with database.transaction() as connection:
            await service.enable_user(connection, email)

    with_database(settings, work)
    return f"{email} may sign in again"


def disable_user(settings: Settings, email: str) -> str:
    """End an account at once."""

    async def work(database: Database) -> None:
        async with database.transaction() as connection:
            await service.disable_user(connection, email, now())

    with_database(settings, work)
    return f"{email} can no longer sign in"


def _state(user: UserRow) -> str:
    if user.disabled_at is not None:
        return "disabled"
    return "available" if user.available else "away"


def typed_password() -> str:
    """A password from standard input: unseen on a terminal, else its first line."""
    return getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
