"""SQL of the list of contacts, and of one contact's timeline across channels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    TEXT,
    ColumnElement,
    Select,
    cast,
    exists,
    func,
    lateral,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.models import (
    Channel,
    Contact,
    ContactEvent,
    Conversation,
    Handoff,
    Identity,
    Message,
    StageEvent,
)
from frontdesk.lifecycle.repository import newest_stage

PAGE = 50
"""Contacts, or entries of a timeline, on one page."""

_Part = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Listed:
    """A contact in the list."""

    id: UUID
    name: str | None
    phone: str | None
    email: str | None
    opted_out_at: datetime | None
    erased_at: datetime | None
    created_at: datetime
    stage: str | None
    addresses: Sequence[str]
    channels: Sequence[str]
    conversations: int
    active_at: datetime | None


class EntryKind(StrEnum):
    """What a timeline is made of."""

    MESSAGE = "message"
    STAGE = "stage"
    HANDOFF = "handoff"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a timeline."""

    kind: EntryKind
    at: datetime
    id: UUID
    conversation_id: UUID | None
    channel: str | None
    who: str | None
    """A message's author, who moved the stage, or whom the hand-off was given to."""
    text: str
    """The message, the stage entered, the hand-off's reason, or the event's name."""
    detail: str | None
    """A message's kind, why the stage was entered, the hand-off's team, or the event's data."""


_STAGE = newest_stage(Contact.id).lateral("stage")
_REACHED = lateral(
    select(
        func.array_agg(Identity.address.distinct()).label("addresses"),
        func.array_agg(Channel.name.distinct()).label("channels"),
    )
    .join(Channel, Channel.id == Identity.channel_id)
    .where(Identity.contact_id == Contact.id)
    .correlate(Contact)
).alias("reached")
_TALKED = lateral(
    select(
        func.count().label("conversations"),
        func.max(func.greatest(Conversation.opened_at, Conversation.inbound_at, Conversation.outbound_at)).label(
            "active_at"
        ),
    )
    .where(Conversation.contact_id == Contact.id)
    .correlate(Contact)
).alias("talked")
_LISTED = (
    select(
        Contact.id,
        Contact.name,
        Contact.phone,
        Contact.email,
        Contact.opted_out_at,
        Contact.erased_at,
        Contact.created_at,
        _STAGE.c.to_stage.label("stage"),
        _REACHED.c.addresses,
        _REACHED.c.channels,
        _TALKED.c.conversations,
        _TALKED.c.active_at,
    )
    .select_from(Contact)
    .join(_STAGE, true(), isouter=True)
    .join(_REACHED, true())
    .join(_TALKED, true())
)


async def list_contacts(
    connection: AsyncConnection, words: str | None, stage: str | None, before: UUID | None, limit: int
) -> Sequence[Listed]:
    """Contacts who were not merged away, newest first; `words` stand in a name, phone, e-mail or address."""
    query = _LISTED.where(Contact.merged_into.is_(None)).order_by(Contact.id.desc()).limit(limit)
    if words:
        query = query.where(_is_named(words))
    if stage is not None:
        query = query.where(_STAGE.c.to_stage == stage)
    if before is not None:
        query = query.where(Contact.id < before)
    return [_listed(dict(row._mapping)) for row in await connection.execute(query)]


async def find_names(connection: AsyncConnection, ids: Sequence[UUID]) -> dict[UUID, Listed]:
    """These contacts, as the list shows them, merged ones included."""
    query = _LISTED.where(Contact.id.in_(ids))
    return {row.id: _listed(dict(row._mapping)) for row in await connection.execute(query)}


def _listed(values: dict[str, Any]) -> Listed:
    return Listed(**{**values, "addresses": values["addresses"] or (), "channels": values["channels"] or ()})


def _is_named(words: str) -> ColumnElement[bool]:
    columns = (Contact.name, Contact.phone, Contact.email)
    digits = "".join(filter(str.isdigit, words))
    named = [column.icontains(words, autoescape=True) for column in columns]
    if len(digits) >= 4 and not any(map(str.isalpha, words)):
        named.append(Contact.phone.contains(digits))  # however it is spaced
    address = Identity.address.icontains(words, autoescape=True)
    return or_(*named, exists().where(Identity.contact_id == Contact.id, address))


async def read_timeline(
    connection: AsyncConnection, contacts: Sequence[UUID], before: datetime | None, limit: int
) -> Sequence[Entry]:
    """What happened with these contacts before that moment, newest first."""
    parts = []
    for part, at in _parts(contacts):
        narrowed = part.where(at < before) if before is not None else part
        parts.append(narrowed.order_by(at.desc()).limit(limit).subquery().select())
    everything = union_all(*parts).subquery()
    query = select(everything).order_by(everything.c.at.desc(), everything.c.id.desc()).limit(limit)
    return [Entry(**{**row._mapping, "kind": EntryKind(row.kind)}) for row in await connection.execute(query)]


def _parts(contacts: Sequence[UUID]) -> Sequence[tuple[_Part, ColumnElement[datetime]]]:
    """What each table knows of them, and when that was."""
    return (
        (_messages(contacts), Message.created_at.expression),
        (_moves(contacts), StageEvent.created_at.expression),
        (_handoffs(contacts), Handoff.requested_at.expression),
        (_events(contacts), ContactEvent.occurred_at.expression),
    )


def _messages(contacts: Sequence[UUID]) -> _Part:
    return (
        select(
            literal(EntryKind.MESSAGE.value).label("kind"),
            Message.created_at.label("at"),
            Message.id,
            Message.conversation_id,
            Channel.name.label("channel"),
            Message.author.label("who"),
            Message.text.label("text"),
            Message.kind.label("detail"),
        )
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Channel, Channel.id == Message.channel_id)
        .where(Conversation.contact_id.in_(contacts))
    )


def _moves(contacts: Sequence[UUID]) -> _Part:
    return select(
        literal(EntryKind.STAGE.value).label("kind"),
        StageEvent.created_at.label("at"),
        StageEvent.id,
        StageEvent.conversation_id,
        cast(null(), TEXT).label("channel"),
        StageEvent.actor.label("who"),
        StageEvent.to_stage.label("text"),
        StageEvent.reason.label("detail"),
    ).where(StageEvent.contact_id.in_(contacts))


def _handoffs(contacts: Sequence[UUID]) -> _Part:
    return (
        select(
            literal(EntryKind.HANDOFF.value).label("kind"),
            Handoff.requested_at.label("at"),
            Handoff.id,
            Handoff.conversation_id,
            Channel.name.label("channel"),
            Handoff.owner.label("who"),
            Handoff.reason.label("text"),
            Handoff.team.label("detail"),
        )
        .join(Conversation, Conversation.id == Handoff.conversation_id)
        .join(Channel, Channel.id == Conversation.channel_id)
        .where(Handoff.contact_id.in_(contacts))
    )


def _events(contacts: Sequence[UUID]) -> _Part:
    return select(
        literal(EntryKind.EVENT.value).label("kind"),
        ContactEvent.occurred_at.label("at"),
        ContactEvent.id,
        cast(null(), Conversation.id.type).label("conversation_id"),
        cast(null(), TEXT).label("channel"),
        cast(null(), TEXT).label("who"),
        ContactEvent.name.label("text"),
        cast(ContactEvent.data, TEXT).label("detail"),
    ).where(ContactEvent.contact_id.in_(contacts))
