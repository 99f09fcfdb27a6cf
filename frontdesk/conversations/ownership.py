"""Who answers a conversation: taking over, handing back, closing, and what a person writes meanwhile.

Every change of owner raises the epoch. A turn or a delivery that began under an older epoch has no effect.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.conversations import repository
from frontdesk.conversations.arrival.repository import insert_echo
from frontdesk.conversations.draft import Citation
from frontdesk.conversations.model import Author, DeliveryState, Mode
from frontdesk.conversations.repository import Outbound, Ownership, StoredOutbound
from frontdesk.errors import FrontdeskError
from frontdesk.jobs.enqueue import JobQueue


class ConversationNotFoundError(FrontdeskError):
    """There is no conversation with this id."""

    code = "conversation_not_found"

    def __init__(self, conversation_id: UUID) -> None:
        super().__init__(f"there is no conversation {conversation_id}")


class ConversationClosedError(FrontdeskError):
    """The conversation has ended; a new message of the contact opens another one."""

    code = "conversation_closed"


class NotOwnerError(FrontdeskError):
    """The conversation is not this person's to answer."""

    code = "not_owner"


async def locked(connection: AsyncConnection, conversation_id: UUID) -> Ownership:
    """Lock an open conversation; raises ConversationNotFoundError or ConversationClosedError."""
    conversation = await repository.lock_conversation(connection, conversation_id)
    if conversation is None:
        raise ConversationNotFoundError(conversation_id)
    if conversation.mode is Mode.CLOSED:
        raise ConversationClosedError(f"conversation {conversation_id} is closed")
    return conversation


async def give_to_human(
    connection: AsyncConnection, conversation: Ownership, owner: str | None, team: str | None, now: datetime
) -> None:
    """Put a person in charge: nothing that the agent has not sent yet goes out."""
    await repository.update_conversation(
        connection,
        conversation.id,
        mode=Mode.HUMAN,
        epoch=conversation.epoch + 1,
        owner=owner,
        team=team if team is not None else conversation.team,
    )
    await repository.cancel_agent_deliveries(connection, conversation.id, repository.TAKEN_OVER, now)
    await repository.cancel_follow_ups(connection, conversation.id)


async def give_to_agent(connection: AsyncConnection, conversation: Ownership, jobs: JobQueue) -> None:
    """Hand back to the agent, who answers what the contact wrote after the person's last message."""
    await repository.update_conversation(
        connection, conversation.id, mode=Mode.AGENT, epoch=conversation.epoch + 1, owner=None
    )
    if conversation.inbound_seq > conversation.answered_seq:
        await jobs.wake_turn(connection, conversation.id)


async def close(connection: AsyncConnection, conversation: Ownership, outcome: str | None, now: datetime) -> None:
    """End the episode."""
    await repository.update_conversation(
        connection,
        conversation.id,
        mode=Mode.CLOSED,
        epoch=conversation.epoch + 1,
        waiting_since=None,
        closed_at=now,
        outcome=outcome,
    )
    await repository.cancel_agent_deliveries(connection, conversation.id, "the conversation was closed", now)
    await repository.cancel_follow_ups(connection, conversation.id)


@dataclass(frozen=True, slots=True)
class HumanMessage:
    """What a person writes to the contact through us."""

    text: str
    author_name: str
    citations: tuple[Citation, ...] = ()
    """The passages that it relies on."""


async def send_as_human(
    connection: AsyncConnection, conversation: Ownership, message: HumanMessage, jobs: JobQueue, now: datetime
) -> StoredOutbound:
    """Store a person's message with its delivery; it answers everything the contact wrote so far."""
    if conversation.mode is not Mode.HUMAN:
        raise NotOwnerError("the agent answers this conversation; take it over first")
    seq = await _next_outbound(connection, conversation, now)
    stored = await repository.insert_outbound(
        connection,
        Outbound(
            conversation_id=conversation.id,
            channel_id=conversation.channel_id,
            seq=seq,
            author=Author.HUMAN,
            text=message.text,
            attributes=_attributes(message),
            epoch=None,
            turn_id=None,
            state=DeliveryState.PENDING,
            due_at=now,
        ),
        now,
    )
    await jobs.wake_delivery(connection, conversation.id)
    return stored


def _attributes(message: HumanMessage) -> dict[str, JsonValue]:
    cited: list[JsonValue] = [citation.to_json() for citation in message.citations]
    return {"author": message.author_name, **({"citations": cited} if cited else {})}


async def _next_outbound(connection: AsyncConnection, conversation: Ownership, now: datetime) -> int:
    seq = conversation.last_seq + 1
    await repository.update_conversation(
        connection, conversation.id, last_seq=seq, answered_seq=seq, waiting_since=None, outbound_at=now
    )
    return seq


async def record_echo(
    connection: AsyncConnection, conversation: Ownership, external_id: str, text: str, sent_at: datetime, now: datetime
) -> bool:
    """Store what a person wrote outside Frontdesk, who thereby takes over; False if it is known already."""
    message_id = await insert_echo(
        connection,
        conversation_id=conversation.id,
        channel_id=conversation.channel_id,
        seq=conversation.last_seq + 1,
        external_id=external_id,
        body=text,
        sent_at=sent_at,
        now=now,
    )
    if message_id is None:
        return False
    await _next_outbound(connection, conversation, now)
    if conversation.mode is Mode.AGENT:
        await give_to_human(connection, conversation, owner=None, team=None, now=now)
    return True
