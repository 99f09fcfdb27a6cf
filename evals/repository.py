"""SQL of the export: conversations in the order in which they were opened, a page at a time."""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import ColumnElement, Row, Select, and_, exists, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.conversations.model import Author, CorrectionKind
from frontdesk.db.engine import Database
from frontdesk.db.models import (
    Answer,
    Channel,
    Contact,
    ContactEvent,
    Conversation,
    Correction,
    Handoff,
    Message,
    StageEvent,
)
from frontdesk.handoffs.state import HandoffState
from frontdesk.lifecycle.moves import Cause
from frontdesk.lifecycle.repository import newest_stage

PAGE = 200
"""Conversations that are held at once."""


@dataclass(frozen=True, slots=True)
class ExportFilter:
    """Which conversations; everything by default."""

    since: datetime | None = None
    until: datetime | None = None
    channel: str | None = None
    """Its kind or its name."""
    stage: str | None = None
    outcome: str | None = None
    corrected: bool = False
    """Only those in which a person put something right."""
    newest: int | None = None
    """Only so many, the newest."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Names that a filter may ask for: of channels, and of stages that contacts have been in."""

    channels: frozenset[str]
    stages: frozenset[str]


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message."""

    author: Author
    kind: str
    text: str
    sent_at: datetime
    attributes: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class HandoffRow:
    """A hand-off and what became of it."""

    state: HandoffState
    requested_at: datetime
    claimed_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredConversation:
    """A conversation with all that a saved one is made of."""

    id: UUID
    contact_id: UUID
    channel: str
    name: str | None
    email: str | None
    phone: str | None
    language: str | None
    outcome: str | None
    opened_at: datetime
    closed_at: datetime | None
    messages: list[MessageRow] = field(default_factory=list)
    events: list[tuple[str, datetime]] = field(default_factory=list)
    """What outside systems reported of the contact while it was open."""
    handoffs: list[HandoffRow] = field(default_factory=list)
    moves: list[tuple[str | None, str]] = field(default_factory=list)
    """Moves that a person made, from where to where, in order."""
    answers: dict[str, JsonValue] = field(default_factory=dict)
    """Answers that a person put right."""
    nobody_needed: bool = False
    """Whether a person said that it should not have been handed off."""


async def stored_conversations(database: Database, wanted: ExportFilter) -> AsyncIterator[StoredConversation]:
    """Every conversation that the filter takes, oldest first; no more than a page is in memory."""
    after: UUID | None = None
    while True:
        async with database.reading() as connection:
            page = await _page(connection, wanted, after)
        for conversation in page:
            yield conversation
        if len(page) < PAGE:
            return
        after = page[-1].id


async def _page(connection: AsyncConnection, wanted: ExportFilter, after: UUID | None) -> list[StoredConversation]:
    conditions = _conditions(wanted)
    query = _CONVERSATIONS.where(*conditions)
    if wanted.newest is not None:
        newest = select(Conversation.id).join(Channel, Channel.id == Conversation.channel_id).where(*conditions)
        query = query.where(Conversation.id.in_(newest.order_by(Conversation.id.desc()).limit(wanted.newest)))
    if after is not None:
        query = query.where(Conversation.id > after)
    rows = await connection.execute(query.order_by(Conversation.id).limit(PAGE))
    page = {row.id: _conversation(row) for row in rows}
    if page:
        await _add_messages(connection, page)
        await _add_handoffs(connection, page)
        await _add_of_contacts(connection, page)
    return [*page.values()]


_CONVERSATIONS: Select[*tuple[Any, ...]] = (
    select(
        Conversation.id,
        Conversation.contact_id,
        Channel.kind,
        Contact.name,
        Contact.email,
        Contact.phone,
        Conversation.language,
        Conversation.outcome,
        Conversation.opened_at,
        Conversation.closed_at,
        exists()
        .where(Correction.conversation_id == Conversation.id, Correction.kind == CorrectionKind.HANDOFF)
        .label("nobody_needed"),
    )
    .join(Contact, Contact.id == Conversation.contact_id)
    .join(Channel, Channel.id == Conversation.channel_id)
)


def _conversation(row: Row[*tuple[Any, ...]]) -> StoredConversation:
    return StoredConversation(
        id=row.id,
        contact_id=row.contact_id,
        channel=row.kind,
        name=row.name,
        email=row.email,
        phone=row.phone,
        language=row.language,
        outcome=row.outcome,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        nobody_needed=row.nobody_needed,
    )


def _conditions(wanted: ExportFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        conditions.append(Conversation.opened_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(Conversation.opened_at < wanted.until)
    if wanted.channel is not None:
        conditions.append(or_(Channel.kind == wanted.channel, Channel.name == wanted.channel))
    if wanted.outcome is not None:
        conditions.append(Conversation.outcome == wanted.outcome)
    if wanted.stage is not None:
        conditions.append(literal(wanted.stage) == _STAGE)
    if wanted.corrected:
        conditions.append(_CORRECTED)
    return conditions


async def recorded_names(database: Database) -> Recorded:
    """What the service has conversations of."""
    async with database.reading() as connection:
        channels = await connection.scalars(select(Channel.name))
        stages = await connection.scalars(select(StageEvent.to_stage).distinct())
        return Recorded(frozenset(channels), frozenset(stages))


_STAGE = newest_stage(Conversation.contact_id).scalar_subquery()
_CORRECTED = or_(
    exists().where(StageEvent.conversation_id == Conversation.id, StageEvent.cause == Cause.HUMAN),
    exists().where(Handoff.conversation_id == Conversation.id, Handoff.state == HandoffState.RETURNED),
    exists().where(Correction.conversation_id == Conversation.id),
    exists().where(
        Answer.contact_id == Conversation.contact_id, Answer.cause == Cause.HUMAN, Answer.superseded_at.is_(None)
    ),
)


async def _add_messages(connection: AsyncConnection, page: Mapping[UUID, StoredConversation]) -> None:
    rows = await connection.execute(
        select(Message.conversation_id, Message.author, Message.kind, Message.text, Message.sent_at, Message.attributes)
        .where(Message.conversation_id.in_(page))
        .order_by(Message.conversation_id, Message.seq)
    )
    for conversation_id, author, kind, text, sent_at, attributes in rows:
        row = MessageRow(Author(author), kind, text, sent_at, cast(Mapping[str, JsonValue], attributes))
        page[conversation_id].messages.append(row)


async def _add_handoffs(connection: AsyncConnection, page: Mapping[UUID, StoredConversation]) -> None:
    handoffs = await connection.execute(
        select(Handoff.conversation_id, Handoff.state, Handoff.requested_at, Handoff.claimed_at, Handoff.ended_at)
        .where(Handoff.conversation_id.in_(page))
        .order_by(Handoff.requested_at)
    )
    for conversation_id, state, requested_at, claimed_at, ended_at in handoffs:
        page[conversation_id].handoffs.append(HandoffRow(HandoffState(state), requested_at, claimed_at, ended_at))
    moves = await connection.execute(
        select(StageEvent.conversation_id, StageEvent.from_stage, StageEvent.to_stage)
        .where(StageEvent.conversation_id.in_(page), StageEvent.cause == Cause.HUMAN)
        .order_by(StageEvent.number)
    )
    for moved_in, from_stage, to_stage in moves:
        assert moved_in is not None
        page[moved_in].moves.append((from_stage, to_stage))


async def _add_of_contacts(connection: AsyncConnection, page: Mapping[UUID, StoredConversation]) -> None:
    """What is known of contacts: events go to the conversation that was open then."""
    by_contact: defaultdict[UUID, list[StoredConversation]] = defaultdict(list)
    for conversation in page.values():
        by_contact[conversation.contact_id].append(conversation)
    events = await connection.execute(
        select(ContactEvent.contact_id, ContactEvent.name, ContactEvent.occurred_at)
        .where(ContactEvent.contact_id.in_(by_contact))
        .order_by(ContactEvent.occurred_at)
    )
    for contact_id, name, at in events:
        for conversation in _open_at(by_contact[contact_id], at):
            conversation.events.append((name, at))
    answers = await connection.execute(
        select(Answer.contact_id, Answer.conversation_id, Answer.field, Answer.value).where(
            and_(Answer.contact_id.in_(by_contact), Answer.cause == Cause.HUMAN, Answer.superseded_at.is_(None))
        )
    )
    for contact_id, given_in, name, value in answers:
        for conversation in by_contact[contact_id]:
            if given_in in (None, conversation.id):
                conversation.answers[name] = cast(JsonValue, value)


def _open_at(conversations: Sequence[StoredConversation], at: datetime) -> list[StoredConversation]:
    return [one for one in conversations if one.opened_at <= at and (one.closed_at is None or at <= one.closed_at)]
