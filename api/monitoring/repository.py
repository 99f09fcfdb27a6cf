"""SQL of the gauges; each query reads an index over few rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Executable, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.conversations.model import DeliveryState
from frontdesk.db.models import Delivery, Handoff, Message, Turn
from frontdesk.handoffs.repository import count_not_needed
from frontdesk.handoffs.state import HandoffState
from frontdesk.ids import first_id_of

RECENT = timedelta(minutes=5)
_JOBS = text(
    "SELECT task_name, status::text, count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') GROUP BY 1, 2"
)

Counts = Mapping[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class DatabaseGauges:
    """Counts by their labels."""

    open_deliveries: Counts
    jobs: Counts
    recent_turns: Counts
    recent_messages: Counts
    handoffs_waiting: int
    handoffs_not_needed: int
    """Of the last day: returned as not needed, within a minute of being taken."""


async def read_gauges(connection: AsyncConnection, now: datetime) -> DatabaseGauges:
    """Count what waits, and what happened in the last five minutes."""
    deliveries = (
        select(Delivery.state, func.count())
        .where(Delivery.state.in_((DeliveryState.PENDING, DeliveryState.SENDING)))
        .group_by(Delivery.state)
    )
    turns = (
        select(Turn.outcome, Turn.brain, func.count())
        .where(Turn.finished_at >= now - RECENT)
        .group_by(Turn.outcome, Turn.brain)
    )
    messages = (
        select(Message.author, func.count()).where(Message.id >= first_id_of(now - RECENT)).group_by(Message.author)
    )
    waiting = await connection.scalar(select(func.count()).where(Handoff.state == HandoffState.WAITING))
    return DatabaseGauges(
        open_deliveries=await _counts(connection, deliveries),
        jobs=await _counts(connection, _JOBS),
        recent_turns=await _counts(connection, turns),
        recent_messages=await _counts(connection, messages),
        handoffs_waiting=waiting or 0,
        handoffs_not_needed=await count_not_needed(connection, first_id_of(now - timedelta(days=1))),
    )


async def _counts(connection: AsyncConnection, statement: Executable) -> Counts:
    return {tuple(labels): count for *labels, count in await connection.execute(statement)}
