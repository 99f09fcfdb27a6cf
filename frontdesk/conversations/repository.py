"""SQL about conversations, their outbound messages and deliveries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import (
    TEXT,
    ColumnElement,
    Exists,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

from frontdesk.conversations.model import Author, DeliveryState, Direction, FollowUpState, Mode
from frontdesk.db.models import Conversation, Delivery, FollowUp, Message
from frontdesk.db.prepared import Prepared
from frontdesk.ids import new_id

_OPEN = Prepared(insert(Conversation))


async def open_conversation(
    connection: AsyncConnection, contact_id: UUID, channel_id: UUID, address: str, now: datetime
) -> UUID:
    """Open a conversation; a clash with another transaction raises IntegrityError."""
    conversation_id = new_id()
    row = {
        "id": conversation_id,
        "contact_id": contact_id,
        "channel_id": channel_id,
        "address": address,
        "mode": Mode.AGENT,
        "opened_at": now,
    }
    await _OPEN.run(connection, row)
    return conversation_id


CANCEL_FOLLOW_UPS = (
    update(FollowUp)
    .where(FollowUp.conversation_id == bindparam("conversation"), FollowUp.state == FollowUpState.WAITING)
    .values(state=FollowUpState.CANCELLED)
    .returning(FollowUp.id)
)


def next_number() -> ColumnElement[int]:
    """The expression for a conversation's next message number, for use in an update of its row."""
    return Conversation.last_seq + 1


@dataclass(frozen=True, slots=True)
class Outbound:
    """A message of ours to be stored together with its delivery."""

    conversation_id: UUID
    channel_id: UUID
    seq: int
    author: Author
    text: str
    attributes: Mapping[str, JsonValue]
    epoch: int | None
    """The epoch that an agent's message belongs to; None for a person's."""
    turn_id: UUID | None
    state: DeliveryState
    due_at: datetime


@dataclass(frozen=True, slots=True)
class StoredOutbound:
    """The ids of a stored outbound message and of its delivery."""

    message_id: UUID
    delivery_id: UUID


_MESSAGE_STORED = (
    insert(Message)
    .values(
        {
            name: bindparam(name)
            for name in ("conversation_id", "channel_id", "seq", "author", "text", "turn_id", "attributes")
        }
        | {"id": bindparam("message_id"), "direction": Direction.OUTBOUND, "kind": "text"}
        | {"sent_at": bindparam("now"), "created_at": bindparam("now")}
    )
    .cte("stored")
)
_INSERT_OUTBOUND = Prepared(
    insert(Delivery)
    .values(
        {
            name: bindparam(name)
            for name in ("message_id", "conversation_id", "channel_id", "epoch", "state", "attempts", "due_at")
        }
        | {"id": bindparam("delivery_id"), "updated_at": bindparam("now")}
    )
    .add_cte(_MESSAGE_STORED)
)


async def insert_outbound(connection: AsyncConnection, outbound: Outbound, now: datetime) -> StoredOutbound:
    """Store a message and its delivery."""
    ids = StoredOutbound(new_id(), new_id())
    row = {
        "message_id": ids.message_id,
        "delivery_id": ids.delivery_id,
        "conversation_id": outbound.conversation_id,
        "channel_id": outbound.channel_id,
        "seq": outbound.seq,
        "author": outbound.author,
        "text": outbound.text,
        "turn_id": outbound.turn_id,
        "attributes": dict(outbound.attributes),
        "epoch": outbound.epoch,
        "state": outbound.state,
        "attempts": 1 if outbound.state is DeliveryState.SENDING else 0,
        "due_at": outbound.due_at,
        "now": now,
    }
    await _INSERT_OUTBOUND.run(connection, row)
    return ids


@dataclass(frozen=True, slots=True)
class Ownership:
    """A conversation's row under lock, for decisions about who owns it."""

    id: UUID
    contact_id: UUID
    channel_id: UUID
    mode: Mode
    epoch: int
    owner: str | None
    team: str | None
    language: str | None
    last_seq: int
    inbound_seq: int
    answered_seq: int


async def lock_conversation(connection: AsyncConnection, conversation_id: UUID) -> Ownership | None:
    """Lock the row until the transaction ends."""
    row = (
        await connection.execute(
            select(
                Conversation.id,
                Conversation.contact_id,
                Conversation.channel_id,
                Conversation.mode,
                Conversation.epoch,
                Conversation.owner,
                Conversation.team,
                Conversation.language,
                Conversation.last_seq,
                Conversation.inbound_seq,
                Conversation.answered_seq,
            )
            .where(Conversation.id == conversation_id)
            .with_for_update()
        )
    ).one_or_none()
    return Ownership(row[0], row[1], row[2], Mode(row[3]), *row[4:]) if row else None


async def update_conversation(connection: AsyncConnection, conversation_id: UUID, **values: object) -> None:
    """Change a conversation that the caller has locked."""
    await connection.execute(update(Conversation).where(Conversation.id == conversation_id).values(**values))


async def readdress_conversations(connection: AsyncConnection, channel_id: UUID, old: str, new: str) -> None:
    """Replies in conversations that have not ended go to the new address from now on."""
    await connection.execute(
        update(Conversation)
        .where(Conversation.channel_id == channel_id, Conversation.address == old, Conversation.mode != Mode.CLOSED)
        .values(address=new)
    )


async def cancel_agent_deliveries(
    connection: AsyncConnection, conversation_id: UUID, reason: str, now: datetime
) -> None:
    """Withdraw what the agent has not sent yet; `reason` is told with each."""
    await connection.execute(
        update(Delivery)
        .where(
            Delivery.conversation_id == conversation_id,
            Delivery.state == DeliveryState.PENDING,
            Delivery.epoch.is_not(None),
        )
        .values(state=DeliveryState.CANCELLED, reason=reason, updated_at=now)
    )


async def carry_over_deliveries(connection: AsyncConnection, conversation_id: UUID, old: int, new: int) -> None:
    """Let what the agent wrote under the old epoch still go out: it was the agent itself who handed over."""
    await connection.execute(
        update(Delivery)
        .where(
            Delivery.conversation_id == conversation_id,
            Delivery.epoch == old,
            Delivery.state.in_((DeliveryState.PENDING, DeliveryState.SENDING)),
        )
        .values(epoch=new)
    )


async def cancel_follow_ups(connection: AsyncConnection, conversation_id: UUID) -> None:
    """End every reminder of the conversation."""
    await connection.execute(CANCEL_FOLLOW_UPS, {"conversation": conversation_id})


def open_deliveries(conversation_id: InstrumentedAttribute[UUID]) -> Exists:
    """The expression for whether an earlier message is still on its way."""
    return exists().where(
        Delivery.conversation_id == conversation_id,
        or_(Delivery.state == DeliveryState.PENDING, Delivery.state == DeliveryState.SENDING),
    )


_INSERT_FOLLOW_UP = Prepared(insert(FollowUp))


async def insert_follow_up(
    connection: AsyncConnection, conversation_id: UUID, step: int, due_at: datetime, now: datetime
) -> None:
    """Schedule the next step of the silence ladder."""
    row = {
        "id": new_id(),
        "conversation_id": conversation_id,
        "step": step,
        "state": FollowUpState.WAITING,
        "due_at": due_at,
        "created_at": now,
    }
    await _INSERT_FOLLOW_UP.run(connection, row)


async def owes_answer(connection: AsyncConnection, conversation_id: UUID) -> bool:
    """Look again under the row's lock, so that a message being stored this moment is waited for."""
    found = await connection.scalar(
        select(Conversation.inbound_seq > Conversation.answered_seq)
        .where(Conversation.id == conversation_id, Conversation.mode == Mode.AGENT)
        .with_for_update(read=True)
    )
    return bool(found)


TAKEN_OVER = "a person took over"
"""Why a delivery of the agent's was withdrawn."""
NEWS_CHANNEL = "frontdesk_conversation"
"""Notifications on it name a conversation that has something new to show."""

_NOTIFY = Prepared(select(func.pg_notify(NEWS_CHANNEL, bindparam("conversation", type_=TEXT))))


async def announce(connection: AsyncConnection, conversation_id: UUID) -> None:
    """Tell listening API processes that the conversation has something new to show."""
    await _NOTIFY.run(connection, {"conversation": str(conversation_id)})
