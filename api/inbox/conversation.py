"""A conversation's page: the thread, the brief with its proof, and everything a person does about it."""

import hashlib
from functools import partial
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.acts import human_messages
from api.corrections.repository import list_corrections, list_notes
from api.corrections.service import Grounds, add_note, correct_answer, correct_handoff, correct_stage
from api.deps import Reading, Services, Writing
from api.inbox.access import Answering
from api.inbox.answers import shown
from api.inbox.brief import brief_of
from api.inbox.errors import InboxRoute
from api.inbox.pages import render
from api.inbox.people import names_by_email
from api.inbox.suggestions import MOST_CITED, known_ids
from api.inbox.thread import read_mark, thread_of
from api.records import repository as records
from api.records.conversations import whole_conversation
from api.suggestions import citation_of
from frontdesk.conversations.model import Mode
from frontdesk.conversations.ownership import HumanMessage
from frontdesk.handoffs.state import OPEN_STATES
from frontdesk.text import storable
from knowledge.documents.repository import find_passages

RETURN_REASONS = ("answered", "not_needed", "other")
OUTCOMES = ("won", "lost", "answered", "spam", "other")

router = APIRouter(prefix="/inbox/conversations", include_in_schema=False, route_class=InboxRoute)

Line = Annotated[str, Form(max_length=2_000)]
Text = Annotated[str, Form(max_length=20_000)]
Key = Annotated[str, Form(max_length=64)]


@router.get("/{conversation_id}")
async def show_conversation(
    request: Request,
    person: Answering,
    services: Services,
    connection: Reading,
    conversation_id: UUID,
    mark: Annotated[str, Query(max_length=100)] = "",
    cite: Annotated[list[str], Query(max_length=MOST_CITED)] = [],  # noqa: B006
) -> Response:
    """The page; `mark` names words to be marked, as `message:start:end`; `cite` passages to reply from."""
    conversation = await whole_conversation(connection, conversation_id)
    contact = await records.get_contact(connection, conversation.contact.id)
    notes = await list_notes(connection, conversation_id)
    playbook = services.playbook.playbook
    open_ones = [each for each in conversation.handoffs if each.state in OPEN_STATES]
    handoff = next(iter(open_ones or conversation.handoffs), None)
    return render(
        request,
        services,
        person,
        "conversation.html",
        conversation=conversation,
        contact=contact,
        handoff=handoff,
        brief=brief_of(handoff) if handoff else None,
        thread=thread_of(conversation, notes, read_mark(mark)),
        corrections=await list_corrections(connection, conversation_id),
        names=await names_by_email(connection),
        fields=playbook.fields,
        default_language=playbook.business.default_language,
        answers={answer.field: answer for answer in conversation.answers},
        shown=partial(shown, playbook),
        stages=[each.name for each in playbook.lifecycle.all_stages],
        mine=conversation.mode is Mode.HUMAN and conversation.owner == person.email,
        return_reasons=RETURN_REASONS,
        outcomes=OUTCOMES,
        form_key=uuid4().hex,
        cited=await find_passages(connection, known_ids(cite)),
    )


@router.post("/{conversation_id}/take")
async def take(person: Answering, services: Services, connection: Writing, conversation_id: UUID) -> Response:
    """Put the person in charge."""
    await services.handoffs.take_over(connection, conversation_id, person.email, services.clock())
    return _back(conversation_id, "#reply")


@router.post("/{conversation_id}/reply")
async def reply(
    person: Answering,
    services: Services,
    connection: Writing,
    conversation_id: UUID,
    text: Text = "",
    key: Key = "",
    cites: Annotated[list[str], Form(max_length=MOST_CITED)] = [],  # noqa: B006
) -> Response:
    """Write to the contact, once however often the button is pressed; an empty text is nothing."""
    said = _typed(text)
    if said:
        passages = await find_passages(connection, known_ids(cites))  # without those that were ingested anew since
        message = HumanMessage(said, person.name, tuple(map(citation_of, passages)))
        await human_messages.send(
            connection, services.jobs, conversation_id, message, services.clock(), idempotency_key=_once(key, said)
        )
    return _back(conversation_id, "#newest")


@router.post("/{conversation_id}/note")
async def note(
    person: Answering, services: Services, connection: Writing, conversation_id: UUID, text: Text = ""
) -> Response:
    """Note something for colleagues."""
    await add_note(connection, services, conversation_id, _typed(text), person.name)
    return _back(conversation_id, "#newest")


@router.post("/{conversation_id}/return")
async def hand_back(
    person: Answering, services: Services, connection: Writing, conversation_id: UUID, reason: Line = ""
) -> Response:
    """Return the conversation to the agent."""
    await services.handoffs.hand_back(
        connection, conversation_id, person.email, services.clock(), reason=storable(reason) or None
    )
    return _back(conversation_id)


@router.post("/{conversation_id}/close")
async def close(
    person: Answering, services: Services, connection: Writing, conversation_id: UUID, outcome: Line = ""
) -> Response:
    """End the episode."""
    await services.handoffs.close(
        connection, conversation_id, person.email, storable(outcome) or None, services.clock()
    )
    return RedirectResponse("/inbox/queue", status_code=303)


@router.post("/{conversation_id}/stage")
async def change_stage(
    person: Answering,
    services: Services,
    connection: Writing,
    conversation_id: UUID,
    stage: Line = "",
    reason: Line = "",
) -> Response:
    """Move the contact by hand."""
    await correct_stage(connection, services, conversation_id, storable(stage), Grounds(person.name, storable(reason)))
    return _back(conversation_id)


@router.post("/{conversation_id}/answer")
async def change_answer(
    person: Answering,
    services: Services,
    connection: Writing,
    conversation_id: UUID,
    field: Line = "",
    value: Line = "",
    reason: Line = "",
) -> Response:
    """Set an answer right."""
    grounds = Grounds(person.name, storable(reason))
    await correct_answer(connection, services, conversation_id, storable(field), storable(value), grounds)
    return _back(conversation_id)


@router.post("/{conversation_id}/needless")
async def call_needless(
    person: Answering, services: Services, connection: Writing, conversation_id: UUID, reason: Line = ""
) -> Response:
    """Say that nobody was needed."""
    await correct_handoff(connection, services, conversation_id, Grounds(person.name, storable(reason)))
    return _back(conversation_id)


def _typed(text: str) -> str:
    """What somebody wrote; forms send the end of a line as two characters."""
    return storable(text).replace("\r\n", "\n").strip()


def _once(key: str, said: str) -> str | None:
    """What one form sends once; another text in it, after going back, is another message."""
    return f"{storable(key)}:{hashlib.sha256(said.encode()).hexdigest()}" if key else None


def _back(conversation_id: UUID, place: str = "") -> Response:
    return RedirectResponse(f"/inbox/conversations/{conversation_id}{place}", status_code=303)
