"""SQL about hand-offs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.conversations.draft import Claim
from frontdesk.db.models import Handoff
from frontdesk.evidence.json_form import evidence_to_json
from frontdesk.ids import new_id

OPEN_STATES = ("waiting", "claimed")


@dataclass(frozen=True, slots=True)
class HandoffRow:
    """A hand-off as stored; `brief` in its JSON form."""

    id: UUID
    contact_id: UUID
    conversation_id: UUID
    turn_id: UUID | None
    team: str
    owner: str | None
    cause: str
    reason: str
    brief: list[dict[str, object]]
    state: str
    requested_at: datetime
    due_at: datetime
    escalated_at: datetime | None
    claimed_at: datetime | None
    ended_at: datetime | None


_COLUMNS = (
    Handoff.id,
    Handoff.contact_id,
    Handoff.conversation_id,
    Handoff.turn_id,
    Handoff.team,
    Handoff.owner,
    Handoff.cause,
    Handoff.reason,
    Handoff.brief,
    Handoff.state,
    Handoff.requested_at,
    Handoff.due_at,
    Handoff.escalated_at,
    Handoff.claimed_at,
    Handoff.ended_at,
)


def _read(row: Row[*tuple[Any, ...]]) -> HandoffRow:
    return HandoffRow(**row._mapping)


def claim_to_json(claim: Claim) -> dict[str, object]:
    """Write one line of a brief."""
    return {"claim": claim.text, "field": claim.field, "evidence": evidence_to_json(claim.evidence)}


async def insert_handoff(
    connection: AsyncConnection,
    *,
    contact_id: UUID,
    conversation_id: UUID,
    turn_id: UUID | None,
    team: str,
    owner: str | None,
    cause: str,
    reason: str,
    brief: tuple[Claim, ...],
    due_at: datetime,
    now: datetime,
) -> UUID:
    """Store a waiting hand-off."""
    handoff_id = new_id()
    await connection.execute(
        insert(Handoff).values(
            id=handoff_id,
            contact_id=contact_id,
            conversation_id=conversation_id,
            turn_id=turn_id,
            team=team,
            owner=owner,
            cause=cause,
            reason=reason,
            brief=[claim_to_json(claim) for claim in brief],
            state="waiting",
            requested_at=now,
            due_at=due_at,
        )
    )
    return handoff_id


async def find_open(connection: AsyncConnection, conversation_id: UUID) -> HandoffRow | None:
    """The conversation's open hand-off."""
    row = (
        await connection.execute(
            select(*_COLUMNS).where(Handoff.conversation_id == conversation_id, Handoff.state.in_(OPEN_STATES))
        )
    ).one_or_none()
    return _read(row) if row else None


async def list_handoffs(
    connection: AsyncConnection,
    *,
    state: str | None = None,
    team: str | None = None,
    conversation_id: UUID | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> tuple[HandoffRow, ...]:
    """Hand-offs, newest first; `before` is the last id of the page before."""
    query = select(*_COLUMNS).order_by(Handoff.id.desc()).limit(limit)
    if state is not None:
        query = query.where(Handoff.state == state)
    if team is not None:
        query = query.where(Handoff.team == team)
    if conversation_id is not None:
        query = query.where(Handoff.conversation_id == conversation_id)
    if before is not None:
        query = query.where(Handoff.id < before)
    return tuple(_read(row) for row in await connection.execute(query))


async def update_open(connection: AsyncConnection, conversation_id: UUID, **values: object) -> None:
    """Change the conversation's open hand-off, if there is one."""
    await connection.execute(
        update(Handoff)
        .where(Handoff.conversation_id == conversation_id, Handoff.state.in_(OPEN_STATES))
        .values(**values)
    )


async def count_by_owner(connection: AsyncConnection, team: str) -> dict[str, int]:
    """How many hand-offs each member of the team was ever given."""
    rows = await connection.execute(
        select(Handoff.owner, func.count()).where(Handoff.team == team).group_by(Handoff.owner)
    )
    return {owner: count for owner, count in rows if owner is not None}


async def take_overdue(connection: AsyncConnection, now: datetime, limit: int) -> tuple[HandoffRow, ...]:
    """Mark hand-offs that nobody claimed in time as escalated, once, and return them."""
    rows = await connection.execute(
        update(Handoff)
        .where(
            Handoff.id.in_(
                select(Handoff.id)
                .where(Handoff.state == "waiting", Handoff.due_at <= now, Handoff.escalated_at.is_(None))
                .order_by(Handoff.due_at)
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
        )
        .values(escalated_at=now)
        .returning(*_COLUMNS)
    )
    return tuple(_read(row) for row in rows)
