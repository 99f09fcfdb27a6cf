"""SQL about hand-offs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.conversations.draft import Claim, HandoffRequest
from frontdesk.db.models import Conversation, Handoff
from frontdesk.evidence.json_form import evidence_to_json
from frontdesk.handoffs.state import NOT_NEEDED, OPEN_STATES, QUICK, HandoffState
from frontdesk.ids import new_id
from frontdesk.lifecycle.facts import Facts

NOTHING_KNOWN = Facts()


@dataclass(frozen=True, slots=True)
class NewHandoff:
    """A hand-off to be opened."""

    conversation_id: UUID
    contact_id: UUID
    request: HandoffRequest
    brief: tuple[Claim, ...] = ()
    turn_id: UUID | None = None
    """The turn that asked for it, if one did."""
    facts: Facts = NOTHING_KNOWN
    """What the owner is picked by, where the team's members take leads by what they said."""


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
    state: HandoffState
    requested_at: datetime
    due_at: datetime
    reminded_at: datetime | None
    escalated_at: datetime | None
    claimed_at: datetime | None
    ended_at: datetime | None
    end_reason: str | None


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
    Handoff.reminded_at,
    Handoff.escalated_at,
    Handoff.claimed_at,
    Handoff.ended_at,
    Handoff.end_reason,
)


def _read(row: Row[*tuple[Any, ...]]) -> HandoffRow:
    return HandoffRow(**{**row._mapping, "state": HandoffState(row.state)})


def claim_to_json(claim: Claim) -> dict[str, object]:
    """Write one line of a brief."""
    return {"claim": claim.text, "field": claim.field, "evidence": evidence_to_json(claim.evidence)}


async def insert_handoff(
    connection: AsyncConnection, new: NewHandoff, owner: str | None, due_at: datetime, now: datetime
) -> UUID:
    """Store a waiting hand-off."""
    handoff_id = new_id()
    await connection.execute(
        insert(Handoff).values(
            id=handoff_id,
            contact_id=new.contact_id,
            conversation_id=new.conversation_id,
            turn_id=new.turn_id,
            team=new.request.team,
            owner=owner,
            cause=new.request.cause,
            reason=new.request.reason,
            brief=[claim_to_json(claim) for claim in new.brief],
            state=HandoffState.WAITING,
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
    state: HandoffState | None = None,
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


async def claim_waiting(connection: AsyncConnection, conversation_id: UUID, person: str | None, now: datetime) -> bool:
    """Note that someone takes the conversation's waiting hand-off; False if none waits."""
    claimed = update(Handoff).where(Handoff.conversation_id == conversation_id, Handoff.state == HandoffState.WAITING)
    values: dict[str, object] = {"state": HandoffState.CLAIMED, "claimed_at": now}
    if person is not None:
        values["owner"] = person
    return (await connection.execute(claimed.values(values))).rowcount > 0


async def update_open(connection: AsyncConnection, conversation_id: UUID, **values: object) -> None:
    """Change the conversation's open hand-off, if there is one."""
    await connection.execute(
        update(Handoff)
        .where(Handoff.conversation_id == conversation_id, Handoff.state.in_(OPEN_STATES))
        .values(**values)
    )


async def waiting_unreminded(connection: AsyncConnection, now: datetime, limit: int) -> tuple[HandoffRow, ...]:
    """Waiting hand-offs with time left of which nobody was reminded, the most urgent first."""
    rows = await connection.execute(
        select(*_COLUMNS)
        .where(Handoff.state == HandoffState.WAITING, Handoff.due_at > now, Handoff.reminded_at.is_(None))
        .order_by(Handoff.due_at)
        .limit(limit)
    )
    return tuple(_read(row) for row in rows)


async def mark_reminded(
    connection: AsyncConnection, handoff_ids: Sequence[UUID], now: datetime
) -> tuple[HandoffRow, ...]:
    """Mark those that still wait as reminded of, once, and return them."""
    rows = await connection.execute(
        update(Handoff)
        .where(Handoff.id.in_(handoff_ids), Handoff.state == HandoffState.WAITING, Handoff.reminded_at.is_(None))
        .values(reminded_at=now)
        .returning(*_COLUMNS)
    )
    return tuple(_read(row) for row in rows)


async def take_overdue(connection: AsyncConnection, now: datetime, limit: int) -> tuple[HandoffRow, ...]:
    """Mark hand-offs that nobody claimed in time as escalated, once, and return them.

    Their conversations' rows are locked first, as everyone does who changes both; one that somebody works on is left
    for the next time.
    """
    overdue = (Handoff.state == HandoffState.WAITING, Handoff.due_at <= now, Handoff.escalated_at.is_(None))
    found = await connection.scalars(
        select(Handoff.id)
        .join(Conversation, Conversation.id == Handoff.conversation_id)
        .where(*overdue)
        .order_by(Handoff.due_at)
        .limit(limit)
        .with_for_update(of=Conversation, skip_locked=True)
    )
    rows = await connection.execute(
        update(Handoff).where(Handoff.id.in_(list(found)), *overdue).values(escalated_at=now).returning(*_COLUMNS)
    )
    return tuple(_read(row) for row in rows)


async def give_to_team(connection: AsyncConnection, handoff: HandoffRow, team: str, owner: str | None) -> None:
    """Move a hand-off, and the conversation that the caller has locked, to another team."""
    await connection.execute(update(Handoff).where(Handoff.id == handoff.id).values(team=team, owner=owner))
    await connection.execute(update(Conversation).where(Conversation.id == handoff.conversation_id).values(team=team))


def _was_not_needed() -> ColumnElement[bool]:
    taken_at = func.coalesce(Handoff.claimed_at, Handoff.requested_at)
    return and_(
        Handoff.state == HandoffState.RETURNED,
        Handoff.end_reason == NOT_NEEDED,
        Handoff.ended_at - taken_at < QUICK,
    )


async def count_not_needed(connection: AsyncConnection, since: UUID) -> int:
    """How many hand-offs, from the one with the least id of a moment on, came back at once as not needed."""
    return await connection.scalar(select(func.count()).where(Handoff.id >= since, _was_not_needed())) or 0
