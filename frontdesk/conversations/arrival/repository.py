"""SQL of what arrives: its sender, its conversation, and the message itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    TEXT,
    and_,
    any_,
    bindparam,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningUpdate

from frontdesk.conversations.arrival.inbound import Inbound
from frontdesk.conversations.model import Author, Direction, Mode
from frontdesk.conversations.repository import CANCEL_FOLLOW_UPS
from frontdesk.db.models import Contact, Conversation, Identity, Message
from frontdesk.db.prepared import Prepared
from frontdesk.ids import new_id
from frontdesk.text import storable


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Who an inbound message comes from, and the open conversation it belongs to."""

    contact_id: UUID
    name: str | None
    email: str | None
    phone: str | None
    known_addresses: frozenset[str]
    """Those of the message's addresses that are stored, of whomever."""
    conversation_id: UUID | None = None
    mode: Mode | None = None
    duplicate: bool = False
    """Whether the very message is stored already."""


_SAME_MESSAGE = (
    Message.channel_id == bindparam("channel"),
    Message.direction == Direction.INBOUND,
    Message.external_id == bindparam("external_id"),
)
# Statements of every turn are built once: building one and its cache key costs more than running it.
_OF_MESSAGE = Prepared(select(Message.conversation_id).where(*_SAME_MESSAGE))
_CORRESPONDENT = Prepared(
    select(
        Identity.address,
        Identity.contact_id,
        Contact.name,
        Contact.email,
        Contact.phone,
        Conversation.id,
        Conversation.mode,
        exists().where(*_SAME_MESSAGE),
    )
    .join(Contact, Contact.id == Identity.contact_id)
    .outerjoin(
        Conversation,
        and_(
            Conversation.contact_id == Contact.id,
            Conversation.channel_id == bindparam("channel"),
            Conversation.mode != Mode.CLOSED,
        ),
    )
    .where(
        Identity.channel_id == bindparam("channel"),
        Identity.address == any_(bindparam("addresses", type_=ARRAY(TEXT))),
    )
)


async def find_correspondent(
    connection: AsyncConnection, channel_id: UUID, addresses: Sequence[str], external_id: str
) -> Correspondent | None:
    """Look up a sender by any of their addresses; None for a stranger."""
    asked = {"channel": channel_id, "addresses": list(addresses), "external_id": external_id}
    rows = await _CORRESPONDENT.all(connection, asked)
    if not rows:
        return None
    first = min(rows, key=lambda row: addresses.index(row[0]))
    _, contact_id, name, email, phone, conversation_id, mode, duplicate = first
    return Correspondent(
        contact_id=contact_id,
        name=name,
        email=email,
        phone=phone,
        known_addresses=frozenset(row[0] for row in rows),
        conversation_id=conversation_id,
        mode=Mode(mode) if mode else None,
        duplicate=duplicate,
    )


async def conversation_of_message(connection: AsyncConnection, channel_id: UUID, external_id: str) -> UUID | None:
    """The conversation that holds the inbound message with this id, whoever sent it."""
    found: UUID | None = await _OF_MESSAGE.scalar(connection, {"channel": channel_id, "external_id": external_id})
    return found


async def newest_closed(connection: AsyncConnection, contact_id: UUID, channel_id: UUID) -> UUID | None:
    """The conversation that was closed last."""
    found: UUID | None = await connection.scalar(
        select(Conversation.id)
        .where(
            Conversation.contact_id == contact_id,
            Conversation.channel_id == channel_id,
            Conversation.mode == Mode.CLOSED,
        )
        .order_by(Conversation.closed_at.desc())
        .limit(1)
    )
    return found


_NUMBER = (
    update(Conversation)
    .where(Conversation.id == bindparam("conversation"))
    .values(last_seq=Conversation.last_seq + 1)
    .returning(Conversation.id, Conversation.channel_id, Conversation.last_seq, Conversation.mode)
)
_NUMBER_WANTED = _NUMBER.values(
    inbound_seq=Conversation.last_seq + 1,
    inbound_at=bindparam("now"),
    address=bindparam("sender"),
    waiting_since=func.coalesce(Conversation.waiting_since, bindparam("now")),
).add_cte(CANCEL_FOLLOW_UPS.cte("cancelled"))


def _storing(number: ReturningUpdate[UUID, UUID, int, str]) -> Prepared:
    """Number and store a message at once: one statement costs half of two."""
    numbered = number.cte("numbered")
    given = ("id", "direction", "author", "kind", "text", "external_id", "attributes", "sent_at", "created_at")
    columns = [Message.__table__.c[name] for name in given]
    stored = (
        upsert(Message)
        .from_select(
            ["conversation_id", "channel_id", "seq", *given],
            select(
                numbered.c.id,
                numbered.c.channel_id,
                numbered.c.last_seq,
                *(bindparam(column.name, type_=column.type) for column in columns),
            ),
        )
        .on_conflict_do_nothing(index_elements=["channel_id", "direction", "external_id"])
        .returning(Message.id)
        .cte("stored")
    )
    return Prepared(select(numbered.c.mode, select(stored.c.id).scalar_subquery().label("message_id")))


_STORE = _storing(_NUMBER)
_STORE_WANTED = _storing(_NUMBER_WANTED)


async def store_inbound(
    connection: AsyncConnection, conversation_id: UUID, inbound: Inbound, now: datetime, *, wants_answer: bool
) -> tuple[Mode, UUID | None]:
    """Lock the conversation and store what its contact wrote, under its next number.

    `wants_answer` says whether it wants one here: what comes after the end of a conversation does not. Returns who
    answers it, and the message's id, None if its external id was stored meanwhile (the caller rolls back). A message
    that wants an answer also ends every reminder.
    """
    given: dict[str, object] = {
        "conversation": conversation_id,
        "id": new_id(),
        "direction": Direction.INBOUND,
        "author": Author.CONTACT,
        "kind": inbound.kind,
        "text": storable(inbound.text),
        "external_id": inbound.external_id,
        "attributes": dict(inbound.attributes),
        "sent_at": inbound.sent_at,
        "created_at": now,
    }
    if wants_answer:
        given |= {"now": now, "sender": inbound.addresses[0]}
    row = await (_STORE_WANTED if wants_answer else _STORE).first(connection, given)
    assert row is not None
    return Mode(row.mode), row.message_id


async def insert_echo(
    connection: AsyncConnection,
    *,
    conversation_id: UUID,
    channel_id: UUID,
    seq: int,
    external_id: str,
    body: str,
    sent_at: datetime,
    now: datetime,
) -> UUID | None:
    """Store what a person wrote outside Frontdesk; None if its external id was stored meanwhile."""
    statement = upsert(Message).on_conflict_do_nothing(index_elements=["channel_id", "direction", "external_id"])
    row = {
        "id": new_id(),
        "conversation_id": conversation_id,
        "channel_id": channel_id,
        "seq": seq,
        "direction": Direction.OUTBOUND,
        "author": Author.HUMAN,
        "kind": "text",
        "text": body,
        "external_id": external_id,
        "attributes": {"outside": True},
        "sent_at": sent_at,
        "created_at": now,
    }
    return (await connection.execute(statement.returning(Message.id), row)).scalar_one_or_none()
