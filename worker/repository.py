"""SQL of the sweeps: what is due, whoever forgot it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.conversations.model import FollowUpState, Mode
from frontdesk.db.models import Conversation, FollowUp

_SWEEP_LOCK = 7_239_114_509
"""An arbitrary advisory lock number that only the sweep takes."""


async def take_sweep_lock(connection: AsyncConnection) -> bool:
    """Let one worker sweep at a time; held until the transaction ends."""
    return bool(await connection.scalar(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": _SWEEP_LOCK}))


_UNANSWERED = text(
    """
    SELECT id FROM conversations
    WHERE mode = 'agent' AND waiting_since IS NOT NULL AND waiting_since <= :before
      AND NOT EXISTS (
        SELECT FROM procrastinate_jobs AS job
        WHERE job.lock = 'turn:' || conversations.id AND job.status IN ('todo', 'doing')
      )
    ORDER BY waiting_since
    LIMIT :limit
    """
)


async def unanswered_conversations(connection: AsyncConnection, before: datetime, limit: int) -> tuple[UUID, ...]:
    """Conversations that owe an answer since before that moment and that no job is working on."""
    return tuple(await connection.scalars(_UNANSWERED, {"before": before, "limit": limit}))


async def lock_conversation_row(connection: AsyncConnection, conversation_id: UUID) -> bool:
    """Take the row's lock, as enqueueing wants it; False if the row is gone or locked by someone at work."""
    found = await connection.scalar(
        select(Conversation.id).where(Conversation.id == conversation_id).with_for_update(skip_locked=True)
    )
    return found is not None


@dataclass(frozen=True, slots=True)
class DueFollowUp:
    """A follow-up whose time has come."""

    id: UUID
    conversation_id: UUID
    step: int
    created_at: datetime


async def due_follow_ups(connection: AsyncConnection, now: datetime, limit: int) -> tuple[DueFollowUp, ...]:
    """Waiting follow-ups that are due."""
    rows = await connection.execute(
        select(FollowUp.id, FollowUp.conversation_id, FollowUp.step, FollowUp.created_at)
        .where(FollowUp.state == FollowUpState.WAITING, FollowUp.due_at <= now)
        .order_by(FollowUp.due_at)
        .limit(limit)
    )
    return tuple(DueFollowUp(*row) for row in rows)


async def conversation_of_follow_up(connection: AsyncConnection, follow_up_id: UUID) -> UUID | None:
    """Whose follow-up it is: the conversation's row is locked before the follow-up's, as an inbound message does."""
    found: UUID | None = await connection.scalar(
        select(FollowUp.conversation_id).where(FollowUp.id == follow_up_id, FollowUp.state == FollowUpState.WAITING)
    )
    return found


async def lock_follow_up(connection: AsyncConnection, follow_up_id: UUID) -> DueFollowUp | None:
    """Lock a follow-up that is still waiting."""
    row = (
        await connection.execute(
            select(FollowUp.id, FollowUp.conversation_id, FollowUp.step, FollowUp.created_at)
            .where(FollowUp.id == follow_up_id, FollowUp.state == FollowUpState.WAITING)
            .with_for_update()
        )
    ).one_or_none()
    return DueFollowUp(*row) if row else None


async def end_follow_up(connection: AsyncConnection, follow_up_id: UUID, state: FollowUpState) -> None:
    """Record what became of a follow-up."""
    await connection.execute(update(FollowUp).where(FollowUp.id == follow_up_id).values(state=state))


async def lock_mode(connection: AsyncConnection, conversation_id: UUID) -> Mode | None:
    """Lock a conversation, and return who answers it."""
    mode = await connection.scalar(
        select(Conversation.mode).where(Conversation.id == conversation_id).with_for_update()
    )
    return Mode(mode) if mode is not None else None
