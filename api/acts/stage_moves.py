"""Moves along the lifecycle that come from outside a turn: a person's, and those that an event demands."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from api.acts.rule_handoffs import after, hand_off_by_rule
from api.acts.snapshots import locked_snapshot
from api.deps import ApiServices
from api.records.repository import newest_conversation
from frontdesk.lifecycle.moves import Cause, StageMove, manual_move, rule_moves
from frontdesk.lifecycle.occasion import Occasion
from frontdesk.lifecycle.service import record_moves


async def move_by_person(
    connection: AsyncConnection, services: ApiServices, conversation_id: UUID, stage: str, reason: str, *, actor: str
) -> None:
    """Record a person's decision; raises ConversationNotFoundError or MoveRefusedError."""
    now, playbook = services.clock(), services.playbook.playbook
    snapshot = await locked_snapshot(connection, conversation_id, playbook, now)
    move = manual_move(stage, reason, snapshot.facts, playbook)
    occasion = Occasion(snapshot.contact_id, conversation_id, now)
    await record_moves(connection, services.jobs, [move], occasion, services.playbook.version, actor)


async def move_by_event(
    connection: AsyncConnection, services: ApiServices, contact_id: UUID, *, actor: str
) -> tuple[StageMove, ...]:
    """Record every move that the rules demand after an event of the contact was stored, and return them; a hand-off
    that the rules now ask for is made too."""
    conversation_id = await newest_conversation(connection, contact_id)
    if conversation_id is None:
        return ()
    now = services.clock()
    snapshot = await locked_snapshot(connection, conversation_id, services.playbook.playbook, now)
    moves = rule_moves(snapshot.facts, services.playbook.playbook, Cause.EVENT)
    occasion = Occasion(contact_id, conversation_id, now)
    await record_moves(connection, services.jobs, moves, occasion, services.playbook.version, actor)
    await hand_off_by_rule(connection, services, after(snapshot, moves), now)
    return moves
