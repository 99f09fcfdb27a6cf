"""SQL about stage events; append-only."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

from frontdesk.db.models import StageEvent
from frontdesk.evidence.json_form import evidence_to_json
from frontdesk.ids import new_id
from frontdesk.lifecycle.moves import StageMove
from frontdesk.lifecycle.occasion import Occasion


async def insert_moves(
    connection: AsyncConnection,
    moves: Sequence[StageMove],
    occasion: Occasion,
    playbook_version: str,
    actor: str | None = None,
) -> None:
    """Append moves in order; the caller holds a lock that keeps the contact's moves in sequence."""
    for move in moves:
        await connection.execute(
            insert(StageEvent).values(
                id=new_id(),
                contact_id=occasion.contact_id,
                conversation_id=occasion.conversation_id,
                turn_id=occasion.turn_id,
                from_stage=move.from_stage,
                to_stage=move.to_stage,
                cause=move.cause,
                actor=actor,
                reason=move.reason,
                evidence=evidence_to_json(move.evidence),
                playbook_version=playbook_version,
                created_at=occasion.now,
            )
        )


async def current_stage(connection: AsyncConnection, contact_id: UUID) -> str | None:
    """The stage of the contact's newest event."""
    found: str | None = await connection.scalar(newest_stage(contact_id))
    return found


def newest_stage(contact_id: UUID | InstrumentedAttribute[UUID]) -> Select[str]:
    """The query for a contact's stage, to stand by itself or inside another one."""
    moves = select(StageEvent.to_stage).where(StageEvent.contact_id == contact_id)
    return moves.order_by(StageEvent.number.desc()).limit(1)
