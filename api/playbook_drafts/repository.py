"""SQL of replays of drafts, and of the leads that they would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.models import Channel, Contact, Conversation, Message, PlaybookReplay, ReplayedLead
from frontdesk.errors import FrontdeskError
from frontdesk.ids import new_id

KEPT = 20
"""Replays that are kept; the oldest go."""
SILENT_FOR = timedelta(minutes=1)
"""After which a replay that tells nothing of itself was broken off."""


class ReplayNotFoundError(FrontdeskError):
    """There is no such replay; old ones are not kept."""

    code = "replay_not_found"


class ReplayState(StrEnum):
    """How a replay stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    BROKEN = "broken"
    """It has told nothing of itself for a while; never stored."""


@dataclass(frozen=True, slots=True)
class ReplayRow:
    """A replay of a draft. `done` counts conversations, each of which is replayed twice."""

    id: UUID
    source: str
    author: str
    days: int
    state: ReplayState
    done: int
    total: int | None
    problem: str | None
    created_at: datetime
    seen_at: datetime

    def state_at(self, now: datetime) -> ReplayState:
        """How it stands by then."""
        is_broken = self.state is ReplayState.RUNNING and now - self.seen_at > SILENT_FOR
        return ReplayState.BROKEN if is_broken else self.state


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A lead that would have ended otherwise."""

    conversation_id: UUID
    message_id: UUID | None
    changes: Sequence[Mapping[str, object]]
    why: Sequence[Mapping[str, object]]
    contact: str | None
    channel: str
    opened_at: datetime


_REPLAYS = select(*(getattr(PlaybookReplay, name) for name in ReplayRow.__slots__))


def _read(row: Row[*tuple[Any, ...]]) -> ReplayRow:
    return ReplayRow(**{**row._mapping, "state": ReplayState(row.state)})


async def insert_replay(connection: AsyncConnection, source: str, author: str, days: int, now: datetime) -> UUID:
    """Store a replay that begins, in the place of the oldest."""
    replay_id = new_id()
    row = {"id": replay_id, "source": source, "author": author, "days": days, "state": ReplayState.RUNNING}
    await connection.execute(insert(PlaybookReplay).values(**row, created_at=now, seen_at=now))
    kept = select(PlaybookReplay.id).order_by(PlaybookReplay.id.desc()).limit(KEPT)
    await connection.execute(delete(PlaybookReplay).where(PlaybookReplay.id.not_in(kept)))
    return replay_id


async def update_replay(connection: AsyncConnection, replay_id: UUID, **values: object) -> None:
    """Tell how far it is."""
    await connection.execute(update(PlaybookReplay).where(PlaybookReplay.id == replay_id).values(**values))


async def is_running(connection: AsyncConnection, now: datetime) -> bool:
    """Whether any replay goes on, in whichever process; the answer holds until the transaction ends."""
    await connection.execute(select(func.pg_advisory_xact_lock(_START_LOCK)))
    query = select(func.count()).where(
        PlaybookReplay.state == ReplayState.RUNNING, PlaybookReplay.seen_at > now - SILENT_FOR
    )
    return bool(await connection.scalar(query))


_START_LOCK = 7_239_114_511
"""An arbitrary advisory lock number that only the start of a replay takes."""


async def get_replay(connection: AsyncConnection, replay_id: UUID) -> ReplayRow:
    """One replay. Raises ReplayNotFoundError."""
    row = (await connection.execute(_REPLAYS.where(PlaybookReplay.id == replay_id))).one_or_none()
    if row is None:
        raise ReplayNotFoundError(f"there is no replay {replay_id}; old ones are not kept")
    return _read(row)


async def list_replays(connection: AsyncConnection, limit: int) -> Sequence[ReplayRow]:
    """The newest replays."""
    rows = await connection.execute(_REPLAYS.order_by(PlaybookReplay.id.desc()).limit(limit))
    return [_read(row) for row in rows]


async def insert_lead(
    connection: AsyncConnection,
    replay_id: UUID,
    conversation_id: UUID,
    at: datetime | None,
    changes: Sequence[Mapping[str, Any]],
    why: Sequence[str],
) -> None:
    """Store a lead that would end otherwise; `at` is when its first differing message was sent."""
    message = select(Message.id).where(Message.conversation_id == conversation_id, Message.sent_at == at).limit(1)
    await connection.execute(
        insert(ReplayedLead).values(
            id=new_id(),
            replay_id=replay_id,
            conversation_id=conversation_id,
            message_id=await connection.scalar(message) if at is not None else None,
            changes=list(changes),
            why=[{"reason": each} for each in why],
        )
    )


async def list_leads(
    connection: AsyncConnection, replay_id: UUID, limit: int, before: UUID | None = None
) -> Sequence[LeadRow]:
    """The leads that would end otherwise, newest conversation first; those older than `before` if that is given."""
    older = [ReplayedLead.conversation_id < before] if before is not None else []
    query = (
        select(
            ReplayedLead.conversation_id,
            ReplayedLead.message_id,
            ReplayedLead.changes,
            ReplayedLead.why,
            func.coalesce(Contact.name, Contact.phone, Contact.email),
            Channel.name,
            Conversation.opened_at,
        )
        .join(Conversation, Conversation.id == ReplayedLead.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .join(Channel, Channel.id == Conversation.channel_id)
        .where(ReplayedLead.replay_id == replay_id, *older)
        .order_by(ReplayedLead.conversation_id.desc())
        .limit(limit)
    )
    return [LeadRow(*row) for row in await connection.execute(query)]


async def count_leads(connection: AsyncConnection, replay_id: UUID) -> int:
    """How many leads would end otherwise."""
    query = select(func.count()).select_from(ReplayedLead).where(ReplayedLead.replay_id == replay_id)
    return int(await connection.scalar(query) or 0)
