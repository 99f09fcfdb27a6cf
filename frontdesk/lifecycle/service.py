"""Record stage moves and tell subscribers, inside the caller's transaction."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.jobs.enqueue import JobQueue
from frontdesk.lifecycle.moves import StageMove
from frontdesk.lifecycle.occasion import Occasion
from frontdesk.lifecycle.repository import insert_moves
from frontdesk.outgoing.emit import EventType, emit


async def record_moves(
    connection: AsyncConnection,
    jobs: JobQueue,
    moves: Sequence[StageMove],
    occasion: Occasion,
    playbook_version: str,
    actor: str | None = None,
) -> None:
    """Append moves in order and announce each; the caller holds a lock that keeps the contact's moves in sequence."""
    await insert_moves(connection, moves, occasion, playbook_version, actor)
    for move in moves:
        payload: dict[str, object] = {
            "contact_id": str(occasion.contact_id),
            "conversation_id": str(occasion.conversation_id) if occasion.conversation_id else None,
            "from": move.from_stage,
            "to": move.to_stage,
            "cause": move.cause,
        }
        await emit(connection, jobs, EventType.STAGE_CHANGED, payload, occasion.now)
