"""SQL about the members of a team: their accounts, their hand-offs, and the lead that one of them is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.models import Contact, Conversation, Handoff, User
from frontdesk.handoffs.state import OPEN_STATES

_LOOKED_BACK = 1000
"""Hand-offs of a team that taking turns goes by; more than any team has members."""


@dataclass(frozen=True, slots=True)
class Account:
    """A member's account."""

    email: str
    name: str
    available: bool
    disabled: bool


async def take_turns(connection: AsyncConnection, team: str) -> None:
    """Let one hand-off of a team pick its owner at a time, until the transaction ends."""
    await connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"owner:{team}", 0))))


async def find_accounts(connection: AsyncConnection, members: Sequence[str]) -> tuple[Account, ...]:
    """The accounts of members, by e-mail address or name."""
    emails = [member.casefold() for member in members]
    rows = await connection.execute(
        select(User.email, User.name, User.available, User.disabled_at.is_not(None)).where(
            or_(User.email.in_(emails), User.name.in_(members))
        )
    )
    return tuple(Account(*row) for row in rows)


async def last_given(connection: AsyncConnection, team: str) -> dict[str, datetime]:
    """When each owner was last given one of the team's hand-offs."""
    recent = (
        select(Handoff.owner, Handoff.requested_at)
        .where(Handoff.team == team)
        .order_by(Handoff.id.desc())
        .limit(_LOOKED_BACK)
        .subquery()
    )
    rows = await connection.execute(select(recent.c.owner, func.max(recent.c.requested_at)).group_by(recent.c.owner))
    return {owner: given_at for owner, given_at in rows if owner is not None}


async def count_open(connection: AsyncConnection) -> dict[str, int]:
    """How many hand-offs each owner has open, of any team."""
    rows = await connection.execute(
        select(Handoff.owner, func.count()).where(Handoff.state.in_(OPEN_STATES)).group_by(Handoff.owner)
    )
    return {owner: count for owner, count in rows if owner is not None}


async def previous_owner(connection: AsyncConnection, contact_id: UUID) -> str | None:
    """Who last claimed a hand-off of the contact's, in any conversation."""
    owner: str | None = await connection.scalar(
        select(Handoff.owner)
        .join(Conversation, Conversation.id == Handoff.conversation_id)
        .where(Conversation.contact_id == contact_id, Handoff.claimed_at.is_not(None), Handoff.owner.is_not(None))
        .order_by(Handoff.claimed_at.desc())
        .limit(1)
    )
    return owner


async def talked_in(connection: AsyncConnection, conversation_id: UUID) -> tuple[str | None, str | None]:
    """The conversation's language and the contact's phone number."""
    row = (
        await connection.execute(
            select(Conversation.language, Contact.phone)
            .join(Contact, Contact.id == Conversation.contact_id)
            .where(Conversation.id == conversation_id)
        )
    ).one()
    return row[0], row[1]
