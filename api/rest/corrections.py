"""What a person adds to a conversation beside messages: notes for colleagues, and what the agent got wrong."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field, JsonValue, StringConstraints
from sqlalchemy.ext.asyncio import AsyncConnection

from api.corrections import repository, service
from api.corrections.service import Grounds
from api.deps import ApiServices, Reading, Services, Writing
from api.problems import openapi_responses
from api.records.conversations import summary_of
from api.records.views import View
from api.rest.auth import Reader, Writer
from api.rest.bodies import Act, Line
from api.rest.paging import DEFAULT_LIMIT, Cursor, Limit, Page, page_of, read_cursor
from frontdesk.conversations.model import CorrectionKind

router = APIRouter(prefix="/v1/conversations", tags=["conversations"], responses=openapi_responses())

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
_Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]


class Note(View):
    """A note for colleagues; never sent to the contact."""

    id: UUID
    author: str
    text: str
    after_seq: int
    """The number of the message that it stands behind."""
    created_at: datetime


class Correction(View):
    """What a person set right; it becomes an expectation of the evals."""

    id: UUID
    kind: CorrectionKind
    subject: str
    """The field, the stage that was left, or the team that it was handed to."""
    before: dict[str, JsonValue]
    after: dict[str, JsonValue]
    reason: str
    by: str
    after_seq: int
    """The number of the newest message then."""
    created_at: datetime


class AddNote(Act):
    """A note."""

    text: _Words


class _Correct(Act):
    reason: _Reason
    """Why; it goes with the correction into the evals."""


class CorrectStage(_Correct):
    """The contact belongs to another stage."""

    kind: Literal["stage"]
    stage: Line
    """A stage or lost stage of the playbook."""


class CorrectAnswer(_Correct):
    """A field has another value."""

    kind: Literal["answer"]
    field: Line
    value: Annotated[str, StringConstraints(max_length=2_000)] | None
    """As a contact would say it, such as `about 3000 euro`, or as the API writes it; null: the contact gives none."""


class CorrectHandoff(_Correct):
    """The conversation should not have been handed off."""

    kind: Literal["handoff"]


Correct = Annotated[CorrectStage | CorrectAnswer | CorrectHandoff, Field(discriminator="kind")]


@router.get("/{conversation_id}/notes")
async def list_notes(
    caller: Reader, conversation_id: UUID, connection: Reading, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Page[Note]:
    """A conversation's notes, newest first."""
    await summary_of(connection, conversation_id)
    found = await repository.newest_notes(connection, conversation_id, read_cursor(cursor), limit + 1)
    return page_of([Note.model_validate(row) for row in found], limit, lambda note: note.id)


@router.post("/{conversation_id}/notes", status_code=201)
async def add_note(
    caller: Writer, conversation_id: UUID, services: Services, connection: Writing, body: AddNote
) -> Note:
    """Note something for colleagues."""
    row = await service.add_note(connection, services, conversation_id, body.text, body.person or caller.name)
    return Note.model_validate(row)


@router.get("/{conversation_id}/corrections")
async def list_corrections(
    caller: Reader, conversation_id: UUID, connection: Reading, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Page[Correction]:
    """What people set right in a conversation, newest first."""
    await summary_of(connection, conversation_id)
    found = await repository.newest_corrections(connection, conversation_id, read_cursor(cursor), limit + 1)
    return page_of([Correction.model_validate(row) for row in found], limit, lambda one: one.id)


@router.post("/{conversation_id}/corrections", status_code=201)
async def correct(
    caller: Writer, conversation_id: UUID, services: Services, connection: Writing, body: Correct
) -> Correction:
    """Set a stage, an answer or a hand-off right, with the reason; the rules then run on what is true now."""
    row = await _corrected(connection, services, conversation_id, body, body.person or caller.name)
    return Correction.model_validate(row)


async def _corrected(
    connection: AsyncConnection, services: ApiServices, conversation_id: UUID, body: Correct, by: str
) -> repository.CorrectionRow:
    grounds = Grounds(by, body.reason)
    match body:
        case CorrectStage():
            return await service.correct_stage(connection, services, conversation_id, body.stage, grounds)
        case CorrectAnswer():
            entered = body.value or ""
            return await service.correct_answer(connection, services, conversation_id, body.field, entered, grounds)
        case CorrectHandoff():
            return await service.correct_handoff(connection, services, conversation_id, grounds)
