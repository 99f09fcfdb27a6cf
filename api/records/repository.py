"""SQL of the views, and of the keys by which a repeated request is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from api.records import views
from frontdesk.conversations.model import Mode
from frontdesk.db.models import (
    Answer,
    Channel,
    Contact,
    ContactEvent,
    Conversation,
    Delivery,
    Identity,
    Message,
    StageEvent,
    Turn,
)
from frontdesk.ids import read_id
from frontdesk.lifecycle.repository import newest_stage

MOST_MESSAGES = 1000
MOST_TURNS = 200
MOST_CONVERSATIONS = 100

_IDEMPOTENCY_KEY = "idempotency_key"
_SHOWN_APART = frozenset({"author", "citations", "in_reply_to", "brain", _IDEMPOTENCY_KEY})

AnyRow = Row[*tuple[Any, ...]]


_CONVERSATIONS = (
    select(
        *(column for column in Conversation.__table__.columns if column.name not in ("contact_id", "channel_id")),
        Contact.id.label("contact_id"),
        Contact.name.label("contact_name"),
        Channel.id.label("channel_id"),
        Channel.kind.label("channel_kind"),
        Channel.name.label("channel_name"),
        newest_stage(Conversation.contact_id).scalar_subquery().label("stage"),
    )
    .join(Contact, Contact.id == Conversation.contact_id)
    .join(Channel, Channel.id == Conversation.channel_id)
    .order_by(Conversation.id.desc())
)


def _summary(row: AnyRow) -> views.ConversationSummary:
    return views.ConversationSummary(
        id=row.id,
        contact=views.ContactName(id=row.contact_id, name=row.contact_name),
        channel=views.Channel(id=row.channel_id, kind=row.channel_kind, name=row.channel_name),
        mode=row.mode,
        epoch=row.epoch,
        owner=row.owner,
        team=row.team,
        language=row.language,
        stage=row.stage,
        outcome=row.outcome,
        unanswered=row.inbound_seq > row.answered_seq and row.mode != Mode.CLOSED,
        opened_at=row.opened_at,
        inbound_at=row.inbound_at,
        outbound_at=row.outbound_at,
        closed_at=row.closed_at,
    )


@dataclass(frozen=True, slots=True)
class ConversationFilter:
    """Which conversations to list; `contact` is a contact's id or one of their addresses."""

    contact: str | None = None
    mode: Mode | None = None
    stage: str | None = None


async def list_conversations(
    connection: AsyncConnection, wanted: ConversationFilter, before: UUID | None, limit: int
) -> list[views.ConversationSummary]:
    """Conversations, newest first."""
    query = _CONVERSATIONS.limit(limit)
    if wanted.contact is not None:
        query = query.where(_of_contact(Conversation.contact_id.expression, wanted.contact))
    if wanted.mode is not None:
        query = query.where(Conversation.mode == wanted.mode)
    if wanted.stage is not None:
        query = query.where(newest_stage(Conversation.contact_id).scalar_subquery() == wanted.stage)
    if before is not None:
        query = query.where(Conversation.id < before)
    return [_summary(row) for row in await connection.execute(query)]


def _of_contact(contact_id: ColumnElement[UUID], reference: str) -> ColumnElement[bool]:
    by_address = contact_id.in_(select(Identity.contact_id).where(Identity.address == reference))
    known = read_id(reference)
    return by_address if known is None else or_(contact_id == known, by_address)


async def get_summary(connection: AsyncConnection, conversation_id: UUID) -> views.ConversationSummary | None:
    """One conversation, in brief."""
    row = (await connection.execute(_CONVERSATIONS.where(Conversation.id == conversation_id))).one_or_none()
    return _summary(row) if row else None


async def list_of_contact(connection: AsyncConnection, contact_id: UUID) -> list[views.ConversationSummary]:
    """A contact's conversations, newest first."""
    query = _CONVERSATIONS.where(Conversation.contact_id == contact_id).limit(MOST_CONVERSATIONS)
    return [_summary(row) for row in await connection.execute(query)]


async def newest_conversation(connection: AsyncConnection, contact_id: UUID) -> UUID | None:
    """The contact's newest conversation, an open one first."""
    found: UUID | None = await connection.scalar(
        select(Conversation.id)
        .where(Conversation.contact_id == contact_id)
        .order_by(Conversation.mode == Mode.CLOSED, Conversation.id.desc())
        .limit(1)
    )
    return found


_MESSAGES = select(
    *Message.__table__.columns,
    Delivery.id.label("delivery_id"),
    Delivery.state,
    Delivery.attempts,
    Delivery.reason,
    Delivery.external_id.label("sent_as"),
    Delivery.updated_at,
).outerjoin(Delivery, Delivery.message_id == Message.id)


def _message(row: AnyRow) -> views.Message:
    attributes: dict[str, Any] = row.attributes
    return views.Message(
        id=row.id,
        seq=row.seq,
        direction=row.direction,
        author=row.author,
        author_name=attributes.get("author"),
        kind=row.kind,
        text=row.text,
        external_id=row.external_id,
        turn_id=row.turn_id,
        in_reply_to=attributes.get("in_reply_to") or [],
        citations=attributes.get("citations") or [],
        brain=attributes.get("brain"),
        attributes={name: value for name, value in attributes.items() if name not in _SHOWN_APART},
        sent_at=row.sent_at,
        created_at=row.created_at,
        delivery=_delivery(row) if row.delivery_id else None,
    )


def _delivery(row: AnyRow) -> views.Delivery:
    return views.Delivery(
        id=row.delivery_id,
        state=row.state,
        attempts=row.attempts,
        reason=row.reason,
        external_id=row.sent_as,
        updated_at=row.updated_at,
    )


async def list_messages(
    connection: AsyncConnection, conversation_id: UUID, before: UUID | None, limit: int
) -> list[views.Message]:
    """Messages of a conversation, newest first; `before` is a message of it."""
    query = _MESSAGES.where(Message.conversation_id == conversation_id).order_by(Message.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(Message.seq < select(Message.seq).where(Message.id == before).scalar_subquery())
    return [_message(row) for row in await connection.execute(query)]


async def get_message(connection: AsyncConnection, message_id: UUID) -> views.Message:
    """One message that is known to exist."""
    return _message((await connection.execute(_MESSAGES.where(Message.id == message_id))).one())


async def find_repeated(connection: AsyncConnection, conversation_id: UUID, key: str) -> views.Message | None:
    """The message that an earlier request with the same idempotency key stored."""
    kept = func.jsonb_extract_path_text(Message.attributes, _IDEMPOTENCY_KEY)
    query = _MESSAGES.where(Message.conversation_id == conversation_id, kept == key)
    row = (await connection.execute(query)).one_or_none()
    return _message(row) if row else None


async def keep_idempotency_key(connection: AsyncConnection, message_id: UUID, key: str) -> None:
    """Remember which request stored the message."""
    added = Message.attributes.op("||")(literal({_IDEMPOTENCY_KEY: key}, JSONB))
    await connection.execute(update(Message).where(Message.id == message_id).values(attributes=added))


async def list_answers(connection: AsyncConnection, contact_id: UUID) -> list[views.Answer]:
    """A contact's answers by field, each with what it replaced."""
    rows = await connection.execute(
        select(*Answer.__table__.columns).where(Answer.contact_id == contact_id).order_by(Answer.id.desc())
    )
    by_field: dict[str, list[AnyRow]] = {}
    for row in rows:
        by_field.setdefault(row.field, []).append(row)
    return [_answer(field, of_field) for field, of_field in sorted(by_field.items())]


def _answer(field: str, rows: Sequence[AnyRow]) -> views.Answer:
    current, *past = sorted(rows, key=lambda row: row.superseded_at is not None)
    shown = views.PastAnswer.model_validate(current)
    return views.Answer(
        **dict(shown), field=field, history=[views.PastAnswer.model_validate(replaced) for replaced in past]
    )


async def list_stage_events(connection: AsyncConnection, contact_id: UUID) -> list[views.StageEvent]:
    """A contact's moves, oldest first."""
    query = select(*StageEvent.__table__.columns).where(StageEvent.contact_id == contact_id).order_by(StageEvent.number)
    return [views.StageEvent.model_validate(row) for row in await connection.execute(query)]


async def list_turns(connection: AsyncConnection, conversation_id: UUID) -> list[views.Turn]:
    """A conversation's newest turns, oldest first."""
    query = (
        select(*Turn.__table__.columns)
        .where(Turn.conversation_id == conversation_id)
        .order_by(Turn.through_seq.desc())
        .limit(MOST_TURNS)
    )
    found = [views.Turn.model_validate(row) for row in await connection.execute(query)]
    return found[::-1]


def _contacts() -> Select[*tuple[Any, ...]]:
    return select(*Contact.__table__.columns, newest_stage(Contact.id).scalar_subquery().label("stage"))


async def list_contacts(
    connection: AsyncConnection, address: str | None, stage: str | None, before: UUID | None, limit: int
) -> list[views.ContactSummary]:
    """Contacts, newest first; `address` is one on a channel, an e-mail or a phone number."""
    query = _contacts().where(Contact.merged_into.is_(None)).order_by(Contact.id.desc()).limit(limit)
    if address is not None:
        on_channel = Contact.id.in_(select(Identity.contact_id).where(Identity.address == address))
        query = query.where(or_(on_channel, Contact.email == address, Contact.phone == address))
    if stage is not None:
        query = query.where(newest_stage(Contact.id).scalar_subquery() == stage)
    if before is not None:
        query = query.where(Contact.id < before)
    return [views.ContactSummary.model_validate(row) for row in await connection.execute(query)]


async def get_contact(connection: AsyncConnection, contact_id: UUID) -> views.Contact | None:
    """One contact with everything recorded about them."""
    row = (await connection.execute(_contacts().where(Contact.id == contact_id))).one_or_none()
    if row is None:
        return None
    return views.Contact(
        **dict(views.ContactSummary.model_validate(row)),
        referral=row.referral,
        identities=await _addresses(connection, contact_id),
        answers=await list_answers(connection, contact_id),
        stage_events=await list_stage_events(connection, contact_id),
        events=await _outside_events(connection, contact_id),
        conversations=await list_of_contact(connection, contact_id),
    )


async def _addresses(connection: AsyncConnection, contact_id: UUID) -> list[views.ContactAddress]:
    query = (
        select(Channel.id, Channel.kind, Channel.name, Identity.address)
        .join(Channel, Channel.id == Identity.channel_id)
        .where(Identity.contact_id == contact_id)
        .order_by(Identity.id)
    )
    rows = await connection.execute(query)
    return [views.ContactAddress(channel=views.Channel.model_validate(row), address=row.address) for row in rows]


async def _outside_events(connection: AsyncConnection, contact_id: UUID) -> list[views.OutsideEvent]:
    query = (
        select(ContactEvent.external_id.label("id"), ContactEvent.name, ContactEvent.data, ContactEvent.occurred_at)
        .where(ContactEvent.contact_id == contact_id)
        .order_by(ContactEvent.occurred_at, ContactEvent.id)
    )
    return [views.OutsideEvent.model_validate(row) for row in await connection.execute(query)]
