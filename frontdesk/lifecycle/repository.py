"""SQL about stage events; append-only."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.models import StageEvent
from frontdesk.evidence.json_form import evidence_to_json
from frontdesk.ids import new_id
from frontdesk.lifecycle.moves import StageMove


async def insert_moves(
    connection: AsyncConnection,
    moves: Sequence[StageMove],
    *,
    contact_id: UUID,
    conversation_id: UUID | None,
    turn_id: UUID | None,
    playbook_version: str,
    now: datetime,
    actor: str | None = None,
) -> None:
    """Append moves in order; the caller holds a lock that keeps the contact's moves in sequence."""
    for move in moves:
        await connection.execute(
            insert(StageEvent).values(
                id=new_id(),
                contact_id=contact_id,
                conversation_id=conversation_id,
                turn_id=turn_id,
                from_stage=move.from_stage,
                to_stage=move.to_stage,
                cause=move.cause,
                actor=actor,
                reason=move.reason,
                evidence=evidence_to_json(move.evidence),
                playbook_version=playbook_version,
                created_at=now,
            )
        )


async def current_stage(connection: AsyncConnection, contact_id: UUID) -> str | None:
    """The stage of the contact's newest event."""
    found: str | None = await connection.scalar(
        select(StageEvent.to_stage)
        .where(StageEvent.contact_id == contact_id)
        .order_by(StageEvent.number.desc())
        .limit(1)
    )
    return found
