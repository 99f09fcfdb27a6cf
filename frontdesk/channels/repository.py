"""SQL about channels, what they sent, and deliveries on their way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import TEXT, ColumnElement, Row, bindparam, case, cast, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.conversations.model import Author, DeliveryState, Mode
from frontdesk.conversations.repository import NEWS_CHANNEL
from frontdesk.db.models import Channel, Conversation, Delivery, Message, RawEvent
from frontdesk.db.prepared import Prepared
from frontdesk.ids import new_id


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel as stored; `secrets` is encrypted."""

    id: UUID
    kind: str
    name: str
    settings: dict[str, object]
    secrets: bytes
    state: str
    state_reason: str | None
    created_at: datetime


_CHANNEL = (
    Channel.id,
    Channel.kind,
    Channel.name,
    Channel.settings,
    Channel.secrets,
    Channel.state,
    Channel.state_reason,
    Channel.created_at,
)


async def insert_channel(
    connection: AsyncConnection, *, kind: str, name: str, settings: dict[str, object], secrets: bytes, now: datetime
) -> UUID:
    """Store a channel; a name that is taken raises IntegrityError."""
    channel_id = new_id()
    await connection.execute(
        insert(Channel).values(id=channel_id, kind=kind, name=name, settings=settings, secrets=secrets, created_at=now)
    )
    return channel_id


async def update_channel(connection: AsyncConnection, channel_id: UUID, **values: object) -> bool:
    """Change a channel; False if there is none with this id."""
    result = await connection.execute(update(Channel).where(Channel.id == channel_id).values(**values))
    return result.rowcount > 0


async def get_channel(connection: AsyncConnection, channel_id: UUID) -> ChannelRow | None:
    """Read one channel."""
    row = (await connection.execute(select(*_CHANNEL).where(Channel.id == channel_id))).one_or_none()
    return ChannelRow(*row) if row else None


async def list_channels(connection: AsyncConnection) -> tuple[ChannelRow, ...]:
    """All channels, oldest first."""
    return tuple(ChannelRow(*row) for row in await connection.execute(select(*_CHANNEL).order_by(Channel.id)))


# Statements of every turn are built once: building one and its cache key costs more than running it.
_INSERT_RAW_EVENT = Prepared(
    upsert(RawEvent).on_conflict_do_nothing(index_elements=["channel_id", "digest"]).returning(RawEvent.id)
)


async def insert_raw_event(
    connection: AsyncConnection,
    channel_id: UUID,
    digest: bytes,
    body: bytes,
    notes: dict[str, object] | None,
    now: datetime,
) -> bool:
    """Keep a webhook body once; False if the very same body was taken in before."""
    row = {
        "id": new_id(),
        "channel_id": channel_id,
        "digest": digest,
        "body": body,
        "notes": notes,
        "received_at": now,
    }
    return await _INSERT_RAW_EVENT.scalar(connection, row) is not None


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery with all that sending needs."""

    id: UUID
    message_id: UUID
    conversation_id: UUID
    channel_id: UUID
    epoch: int | None
    state: DeliveryState
    attempts: int
    due_at: datetime
    address: str
    text: str
    author: Author
    attributes: dict[str, object]
    conversation_epoch: int

    @property
    def is_ours_to_send(self) -> bool:
        """Whether nobody took over since an agent's message was written; a person's is sent in any case."""
        return self.epoch is None or self.epoch == self.conversation_epoch


_DELIVERY = (
    select(
        Delivery.id,
        Delivery.message_id,
        Delivery.conversation_id,
        Delivery.channel_id,
        Delivery.epoch,
        Delivery.state,
        Delivery.attempts,
        Delivery.due_at,
        Conversation.address,
        Message.text,
        Message.author,
        Message.attributes,
        Conversation.epoch.label("conversation_epoch"),
    )
    .join(Message, Message.id == Delivery.message_id)
    .join(Conversation, Conversation.id == Delivery.conversation_id)
)


def _read(row: Row[*tuple[Any, ...]]) -> DeliveryRow:
    return DeliveryRow(**{**row._asdict(), "state": DeliveryState(row.state), "author": Author(row.author)})


_ONE_DELIVERY = Prepared(_DELIVERY.where(Delivery.id == bindparam("delivery")))


async def get_delivery(connection: AsyncConnection, delivery_id: UUID) -> DeliveryRow | None:
    """Read one delivery."""
    row = await _ONE_DELIVERY.first(connection, {"delivery": delivery_id})
    return _read(row) if row else None


async def next_delivery(connection: AsyncConnection, conversation_id: UUID) -> DeliveryRow | None:
    """Lock the conversation's earliest open delivery, so that messages go out in order."""
    row = (
        await connection.execute(
            _DELIVERY.where(
                Delivery.conversation_id == conversation_id,
                Delivery.state.in_((DeliveryState.PENDING, DeliveryState.SENDING)),
            )
            .order_by(Message.seq)
            .limit(1)
            .with_for_update(of=[Delivery, Conversation])
        )
    ).one_or_none()
    return _read(row) if row else None


async def update_delivery(connection: AsyncConnection, delivery_id: UUID, **values: object) -> None:
    """Record what became of a delivery."""
    await connection.execute(update(Delivery).where(Delivery.id == delivery_id).values(**values))


_SETTLED = (
    update(Delivery)
    .where(Delivery.id == bindparam("delivery"))
    .values(
        state=case((Delivery.state == DeliveryState.SENDING, DeliveryState.SENT), else_=Delivery.state),
        external_id=func.coalesce(bindparam("given_id", type_=TEXT), Delivery.external_id),
        reason=None,
        updated_at=bindparam("now"),
    )
    .returning(Delivery.conversation_id)
    .cte("settled")
)
_SETTLE_SENT = Prepared(select(func.pg_notify(NEWS_CHANNEL, cast(_SETTLED.c.conversation_id, TEXT))))


async def settle_sent(connection: AsyncConnection, delivery_id: UUID, external_id: str | None, now: datetime) -> None:
    """Mark as sent and announce it, in one statement; a status event that was faster than the response stands."""
    await _SETTLE_SENT.run(connection, {"delivery": delivery_id, "given_id": external_id, "now": now})


@dataclass(frozen=True, slots=True)
class ReportedDelivery:
    """A delivery that the channel speaks of, as we know it."""

    id: UUID
    state: DeliveryState
    attempts: int


async def find_reported(
    connection: AsyncConnection, channel_id: UUID, reference: UUID | None, external_id: str
) -> ReportedDelivery | None:
    """Lock the delivery that a status or an echo speaks of, by our reference or by the channel's id.

    The reference is the delivery's or the message's own id, for some channels are told both.
    """
    known: ColumnElement[bool] = Delivery.external_id == external_id
    if reference:
        known = or_(known, Delivery.id == reference, Delivery.message_id == reference)
    row = (
        await connection.execute(
            select(Delivery.id, Delivery.state, Delivery.attempts)
            .where(Delivery.channel_id == channel_id, known)
            .limit(1)
            .with_for_update()
        )
    ).one_or_none()
    return ReportedDelivery(row.id, DeliveryState(row.state), row.attempts) if row else None


async def open_conversation_of(connection: AsyncConnection, channel_id: UUID, contact_id: UUID) -> UUID | None:
    """The contact's open conversation on the channel."""
    found: UUID | None = await connection.scalar(
        select(Conversation.id).where(
            Conversation.contact_id == contact_id,
            Conversation.channel_id == channel_id,
            Conversation.mode != Mode.CLOSED,
        )
    )
    return found


async def due_conversations(connection: AsyncConnection, now: datetime, limit: int) -> tuple[UUID, ...]:
    """Conversations with a delivery whose time has come: pending and due, or sending for too long."""
    rows = await connection.scalars(
        select(Delivery.conversation_id)
        .where(Delivery.state.in_((DeliveryState.PENDING, DeliveryState.SENDING)), Delivery.due_at <= now)
        .distinct()
        .limit(limit)
    )
    return tuple(rows)
