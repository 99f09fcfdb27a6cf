"""Conversations: read them, and act in them as a person."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query

from api.acts import human_messages, stage_moves
from api.deps import Reading, Services, Writing
from api.problems import openapi_responses
from api.records import repository, views
from api.records.conversations import summary_of, whole_conversation
from api.records.repository import ConversationFilter
from api.rest.auth import Reader, Writer
from api.rest.bodies import Act, CloseConversation, MoveStage, ReturnConversation, SendMessage
from api.rest.paging import DEFAULT_LIMIT, Cursor, Limit, Page, page_of, read_cursor
from api.suggestions import cited
from frontdesk.conversations.model import Mode
from frontdesk.conversations.ownership import HumanMessage
from frontdesk.text import storable

_NO_ONE_NAMED = Act()

IdempotencyKey = Annotated[
    str | None,
    Header(
        pattern="^[\\x20-\\x7e]{1,255}$",
        description="A request repeated with the same key stores nothing new and gets the same message.",
    ),
]
Text = Annotated[str | None, Query(max_length=500)]

router = APIRouter(prefix="/v1/conversations", tags=["conversations"], responses=openapi_responses())


@router.get("")
async def list_conversations(
    caller: Reader,
    connection: Reading,
    contact: Text = None,
    mode: Mode | None = None,
    stage: Text = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[views.ConversationSummary]:
    """Conversations, newest first; `contact` is a contact's id or one of their addresses on a channel."""
    wanted = ConversationFilter(contact and storable(contact), mode, stage and storable(stage))
    found = await repository.list_conversations(connection, wanted, read_cursor(cursor), limit + 1)
    return page_of(found, limit, lambda conversation: conversation.id)


@router.get("/{conversation_id}")
async def get_conversation(caller: Reader, conversation_id: UUID, connection: Reading) -> views.Conversation:
    """A conversation with its messages, answers, stage events, hand-offs and turns."""
    return await whole_conversation(connection, conversation_id)


@router.get("/{conversation_id}/messages")
async def list_messages(
    caller: Reader, conversation_id: UUID, connection: Reading, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Page[views.Message]:
    """A conversation's messages, newest first."""
    await summary_of(connection, conversation_id)
    found = await repository.list_messages(connection, conversation_id, read_cursor(cursor), limit + 1)
    return page_of(found, limit, lambda message: message.id)


@router.post("/{conversation_id}/takeover")
async def take_over(
    caller: Writer, conversation_id: UUID, services: Services, connection: Writing, body: Act = _NO_ONE_NAMED
) -> views.ConversationSummary:
    """Put a person in charge; nothing that the agent has not sent yet goes out."""
    await services.handoffs.take_over(connection, conversation_id, body.person or caller.name, services.clock())
    return await summary_of(connection, conversation_id)


@router.post("/{conversation_id}/messages", status_code=201)
async def send_message(
    caller: Writer,
    conversation_id: UUID,
    services: Services,
    connection: Writing,
    body: SendMessage,
    idempotency_key: IdempotencyKey = None,
) -> views.Message:
    """Write to the contact as a person who took the conversation over."""
    message = HumanMessage(body.text, body.person or caller.name, tuple(await cited(connection, body.citations)))
    return await human_messages.send(
        connection, services.jobs, conversation_id, message, services.clock(), idempotency_key=idempotency_key
    )


@router.post("/{conversation_id}/return")
async def hand_back(
    caller: Writer,
    conversation_id: UUID,
    services: Services,
    connection: Writing,
    body: ReturnConversation = ReturnConversation(),  # noqa: B008
) -> views.ConversationSummary:
    """Return the conversation to the agent."""
    person = body.person or caller.name
    await services.handoffs.hand_back(connection, conversation_id, person, services.clock(), reason=body.reason)
    return await summary_of(connection, conversation_id)


@router.post("/{conversation_id}/close")
async def close(
    caller: Writer,
    conversation_id: UUID,
    services: Services,
    connection: Writing,
    body: CloseConversation = CloseConversation(),  # noqa: B008
) -> views.ConversationSummary:
    """End the episode; the contact's next message opens another."""
    person = body.person or caller.name
    await services.handoffs.close(connection, conversation_id, person, body.outcome, services.clock())
    return await summary_of(connection, conversation_id)


@router.post("/{conversation_id}/stage")
async def move_stage(
    caller: Writer, conversation_id: UUID, services: Services, connection: Writing, body: MoveStage
) -> views.ConversationSummary:
    """Move the contact to any stage, as a person's decision."""
    await stage_moves.move_by_person(
        connection, services, conversation_id, body.stage, body.reason, actor=body.person or caller.name
    )
    return await summary_of(connection, conversation_id)
