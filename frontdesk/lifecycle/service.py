"""Record stage moves and tell subscribers, inside the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.jobs.enqueue import JobQueue
from frontdesk.lifecycle.moves import StageMove
from frontdesk.lifecycle.repository import insert_moves
from frontdesk.outgoing.emit import EventType, emit


async def record_moves(
    connection: AsyncConnection,
    jobs: JobQueue,
    moves: Sequence[StageMove],
    *,
    contact_id: UUID,
    conversation_id: UUID | None,
    turn_id: UUID | None,
    playbook_version: str,
    now: datetime,
    actor: str | None = None,
) -> None:
    """Append moves in order and announce each; the caller holds a lock that keeps the contact's moves in sequence."""
    await insert_moves(
        connection,
        moves,
        contact_id=contact_id,
        conversation_id=conversation_id,
        turn_id=turn_id,
        playbook_version=playbook_version,
        now=now,
        actor=actor,
    )
    for move in moves:
        payload: dict[str, object] = {
            "contact_id": str(contact_id),
            "conversation_id": str(conversation_id) if conversation_id else None,
            "from": move.from_stage,
            "to": move.to_stage,
            "cause": move.cause,
        }
        await emit(connection, jobs, EventType.STAGE_CHANGED, payload, now)
