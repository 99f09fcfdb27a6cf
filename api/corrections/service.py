"""Set a stage, an answer or a hand-off right, inside the caller's transaction.

After an answer the rules run on what is true now. That a conversation should not have been handed off is only
recorded: giving it back is a decision of its own.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from api.acts.snapshots import locked_snapshot
from api.acts.stage_moves import move_by_person
from api.corrections.repository import (
    CorrectionRow,
    NoteRow,
    insert_correction,
    insert_note,
    newest_handoff_team,
)
from api.deps import ApiServices
from frontdesk.conversations.learned.repository import insert_answers
from frontdesk.conversations.model import CorrectionKind, Snapshot
from frontdesk.conversations.ownership import ConversationNotFoundError
from frontdesk.conversations.repository import announce, lock_conversation
from frontdesk.errors import FrontdeskError
from frontdesk.ids import new_id
from frontdesk.lifecycle.facts import AnswerFact
from frontdesk.lifecycle.moves import Cause, rule_moves
from frontdesk.lifecycle.occasion import Occasion
from frontdesk.lifecycle.service import record_moves
from frontdesk.playbook.models import QualificationField
from frontdesk.values.json_form import ValueUnreadableError, value_to_json
from frontdesk.values.read import read_values
from frontdesk.values.stated import stated_value
from frontdesk.values.types import Value
from tools.context import reading_context


class CorrectionUnfitError(FrontdeskError):
    """What was entered is not a value of the field, or gives no reason."""

    code = "correction_unfit"


@dataclass(frozen=True, slots=True)
class Grounds:
    """Who sets something right, and why."""

    by: str
    reason: str


async def correct_stage(
    connection: AsyncConnection, services: ApiServices, conversation_id: UUID, stage: str, grounds: Grounds
) -> CorrectionRow:
    """Move the contact to a stage by hand. Raises CorrectionUnfitError, MoveRefusedError, ConversationNotFoundError."""
    now = services.clock()
    snapshot = await locked_snapshot(connection, conversation_id, services.playbook.playbook, now)
    given = _checked(grounds)
    await move_by_person(connection, services, conversation_id, stage, given.reason, actor=given.by)
    left = snapshot.facts.stage
    changed = _Changed(CorrectionKind.STAGE, left or "", {"stage": left}, {"stage": stage})
    return await _note_correction(connection, snapshot, changed, given, now)


async def correct_answer(
    connection: AsyncConnection,
    services: ApiServices,
    conversation_id: UUID,
    field_name: str,
    entered: str,
    grounds: Grounds,
) -> CorrectionRow:
    """Record what a person knows to be the answer; nothing entered means that the contact gives none.

    Raises CorrectionUnfitError and ConversationNotFoundError.
    """
    now, playbook = services.clock(), services.playbook.playbook
    snapshot = await locked_snapshot(connection, conversation_id, playbook, now)
    given = _checked(grounds)
    field = playbook.field(field_name)
    if field is None:
        raise CorrectionUnfitError(f"the playbook has no field {field_name!r}")
    value = _value(entered, field, snapshot, services)
    occasion = Occasion(snapshot.contact_id, conversation_id, now)
    await insert_answers(connection, {field.name: AnswerFact(value)}, occasion, Cause.HUMAN)
    corrected = await locked_snapshot(connection, conversation_id, playbook, now)
    moves = rule_moves(corrected.facts, playbook, Cause.RULE)
    await record_moves(connection, services.jobs, moves, occasion, services.playbook.version, given.by)
    old = snapshot.facts.answers.get(field.name)
    before, after = _in_json(old.value if old is not None else None), _in_json(value)
    changed = _Changed(CorrectionKind.ANSWER, field.name, {"value": before}, {"value": after})
    return await _note_correction(connection, snapshot, changed, given, now)


async def correct_handoff(
    connection: AsyncConnection, services: ApiServices, conversation_id: UUID, grounds: Grounds
) -> CorrectionRow:
    """Record that nobody was needed. Raises CorrectionUnfitError and ConversationNotFoundError."""
    now = services.clock()
    snapshot = await locked_snapshot(connection, conversation_id, services.playbook.playbook, now)
    given = _checked(grounds)
    team = await newest_handoff_team(connection, conversation_id)
    if team is None:
        raise CorrectionUnfitError("this conversation was never handed to anyone")
    changed = _Changed(CorrectionKind.HANDOFF, team, {"handoff": True, "team": team}, {"handoff": False})
    return await _note_correction(connection, snapshot, changed, given, now)


async def add_note(
    connection: AsyncConnection, services: ApiServices, conversation_id: UUID, text: str, by: str
) -> NoteRow:
    """Note something for colleagues. Raises CorrectionUnfitError and ConversationNotFoundError."""
    if not text.strip():
        raise CorrectionUnfitError("an empty note says nothing")
    locked = await lock_conversation(connection, conversation_id)
    if locked is None:
        raise ConversationNotFoundError(conversation_id)
    row = NoteRow(new_id(), by, text.strip(), locked.last_seq, services.clock())
    await insert_note(connection, conversation_id, row)
    await announce(connection, conversation_id)
    return row


def _checked(grounds: Grounds) -> Grounds:
    reason = grounds.reason.strip()
    if not reason:
        raise CorrectionUnfitError("say why: the reason goes with the correction into the evals")
    return Grounds(grounds.by, reason)


def _value(entered: str, field: QualificationField, snapshot: Snapshot, services: ApiServices) -> Value | None:
    """Read what was typed, in the form of the API or as a contact would say it."""
    if not entered.strip():
        return None
    business = services.playbook.playbook.business
    context = reading_context(field, business, snapshot.language or business.default_language, services.today)
    found = read_values(entered, field.type, context)
    if found:
        return found[0].value
    try:
        return stated_value(entered, field.type, context)
    except ValueUnreadableError as error:
        raise CorrectionUnfitError(f"{entered!r} is not a value of {field.name}: {error}") from None


def _in_json(value: Value | None) -> object:
    return value_to_json(value) if value is not None else None


@dataclass(frozen=True, slots=True)
class _Changed:
    """What was set right, from what to what."""

    kind: CorrectionKind
    subject: str
    before: dict[str, object]
    after: dict[str, object]


async def _note_correction(
    connection: AsyncConnection, snapshot: Snapshot, changed: _Changed, grounds: Grounds, now: datetime
) -> CorrectionRow:
    row = CorrectionRow(
        id=new_id(),
        kind=changed.kind,
        subject=changed.subject,
        before=changed.before,
        after=changed.after,
        reason=grounds.reason,
        by=grounds.by,
        after_seq=snapshot.messages[-1].seq if snapshot.messages else 0,
        created_at=now,
    )
    await insert_correction(connection, snapshot.conversation_id, row)
    await announce(connection, snapshot.conversation_id)
    return row
