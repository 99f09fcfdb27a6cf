"""A conversation with everything that happened in it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from api.records import repository, views
from frontdesk.conversations.ownership import ConversationNotFoundError
from frontdesk.handoffs.repository import list_handoffs

_MOST_HANDOFFS = 100


async def whole_conversation(connection: AsyncConnection, conversation_id: UUID) -> views.Conversation:
    """Everything about a conversation; raises ConversationNotFoundError."""
    summary = await summary_of(connection, conversation_id)
    newest = await repository.list_messages(connection, conversation_id, None, repository.MOST_MESSAGES)
    contact_id = summary.contact.id
    handoffs = await list_handoffs(connection, conversation_id=conversation_id, limit=_MOST_HANDOFFS)
    return views.Conversation(
        **dict(summary),
        earlier_messages=newest[-1].seq - 1 if newest else 0,
        messages=newest[::-1],
        answers=await repository.list_answers(connection, contact_id),
        stage_events=await repository.list_stage_events(connection, contact_id),
        handoffs=[views.Handoff.model_validate(handoff) for handoff in handoffs],
        turns=await repository.list_turns(connection, conversation_id),
    )


async def summary_of(connection: AsyncConnection, conversation_id: UUID) -> views.ConversationSummary:
    """A conversation in brief; raises ConversationNotFoundError."""
    summary = await repository.get_summary(connection, conversation_id)
    if summary is None:
        raise ConversationNotFoundError(conversation_id)
    return summary
