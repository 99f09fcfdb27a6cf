"""SQL of the queue: who waits for a person, and everything else that is open; and of what open pages are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    TEXT,
    ColumnElement,
    Row,
    and_,
    cast,
    exists,
    func,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from api.news import WORDS_CHANNEL
from frontdesk.conversations.model import Author, Mode
from frontdesk.db.models import Answer, Channel, Contact, Conversation, Handoff, Message
from frontdesk.handoffs.state import OPEN_STATES, HandoffState
from frontdesk.lifecycle.repository import newest_stage

PAGE = 60
"""Rows of one page of the queue."""


class Tab(StrEnum):
    """Which conversations are listed."""

    WAITING = "waiting"
    """A hand-off that nobody has taken yet."""
    MINE = "mine"
    """Those that the person answers, or was given."""
    OPEN = "open"
    """Everything that a person answers or is to answer."""
    ALL = "all"
    """Every conversation, the agent's and closed ones included."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; None leaves it open."""

    tab: Tab = Tab.WAITING
    team: str | None = None
    stage: str | None = None
    channel: UUID | None = None
    language: str | None = None
    search: str | None = None
    """Words of a message, an answer, or of who they are."""
    before: datetime | None = None
    """Of the tab with everything: only what was last active before this moment."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A conversation in the list."""

    conversation_id: UUID
    mode: Mode
    owner: str | None
    language: str | None
    contact_id: UUID
    name: str | None
    address: str
    channel_kind: str
    channel_name: str
    stage: str | None
    handoff_state: str | None
    team: str | None
    given_to: str | None
    """Whom the open hand-off was routed to."""
    reason: str | None
    brief: Sequence[dict[str, Any]]
    requested_at: datetime | None
    due_at: datetime | None
    said: str | None
    """The contact's newest message."""
    said_at: datetime | None
    active_at: datetime
    unanswered: bool


_SAID = (
    select(Message.text, Message.sent_at)
    .where(Message.conversation_id == Conversation.id, Message.author == Author.CONTACT)
    .order_by(Message.seq.desc())
    .limit(1)
    .lateral("said")
)
_OPEN_HANDOFF = (
    select(Handoff).where(Handoff.conversation_id == Conversation.id, Handoff.state.in_(OPEN_STATES)).lateral("handoff")
)
_STAGE = newest_stage(Conversation.contact_id).lateral("stage")
_ACTIVE_AT = func.greatest(Conversation.inbound_at, Conversation.outbound_at, Conversation.opened_at)
_LISTED = (
    select(
        Conversation.id.label("conversation_id"),
        Conversation.mode,
        Conversation.owner,
        Conversation.language,
        Contact.id.label("contact_id"),
        Contact.name,
        Conversation.address,
        Channel.kind.label("channel_kind"),
        Channel.name.label("channel_name"),
        _STAGE.c.to_stage.label("stage"),
        _OPEN_HANDOFF.c.state.label("handoff_state"),
        func.coalesce(_OPEN_HANDOFF.c.team, Conversation.team).label("team"),
        _OPEN_HANDOFF.c.owner.label("given_to"),
        _OPEN_HANDOFF.c.reason,
        _OPEN_HANDOFF.c.brief,
        _OPEN_HANDOFF.c.requested_at,
        _OPEN_HANDOFF.c.due_at,
        _SAID.c.text.label("said"),
        _SAID.c.sent_at.label("said_at"),
        _ACTIVE_AT.label("active_at"),
        (Conversation.inbound_seq > Conversation.answered_seq).label("unanswered"),
    )
    .join(Contact, Contact.id == Conversation.contact_id)
    .join(Channel, Channel.id == Conversation.channel_id)
    .join(_OPEN_HANDOFF, true(), isouter=True)
    .join(_STAGE, true(), isouter=True)
    .join(_SAID, true(), isouter=True)
)


async def list_queue(connection: AsyncConnection, filters: Filters, me: str) -> Sequence[QueueRow]:
    """The conversations of a tab: those that wait by when they are due, everything else by when it last moved."""
    query = _LISTED.where(*_conditions(filters, me)).limit(PAGE)
    if filters.tab in (Tab.WAITING, Tab.OPEN):
        query = query.order_by(_OPEN_HANDOFF.c.due_at.asc().nulls_last(), Conversation.id)
    else:
        query = query.order_by(_ACTIVE_AT.desc(), Conversation.id)
    return [_read(row) for row in await connection.execute(query)]


async def count_tabs(connection: AsyncConnection, me: str) -> dict[Tab, int]:
    """How many conversations each tab holds; the one with everything is not counted."""
    counted = [func.count().filter(_belongs(tab, me)).label(tab) for tab in (Tab.WAITING, Tab.MINE, Tab.OPEN)]
    query = (
        select(*counted)
        .select_from(Conversation)
        .join(_OPEN_HANDOFF, true(), isouter=True)
        .where(Conversation.mode == Mode.HUMAN)
    )
    row = (await connection.execute(query)).one()
    return {tab: row._mapping[tab] for tab in (Tab.WAITING, Tab.MINE, Tab.OPEN)}


async def list_channels(connection: AsyncConnection) -> Sequence[tuple[UUID, str]]:
    """The channels to filter by."""
    rows = await connection.execute(select(Channel.id, Channel.name).order_by(Channel.name))
    return [(row.id, row.name) for row in rows]


def _belongs(tab: Tab, me: str) -> ColumnElement[bool]:
    match tab:
        case Tab.WAITING:
            return and_(Conversation.mode == Mode.HUMAN, _OPEN_HANDOFF.c.state == HandoffState.WAITING)
        case Tab.MINE:
            given = and_(_OPEN_HANDOFF.c.owner == me, _OPEN_HANDOFF.c.state == HandoffState.WAITING)
            return and_(Conversation.mode == Mode.HUMAN, or_(Conversation.owner == me, given))
        case Tab.OPEN:
            return Conversation.mode == Mode.HUMAN
        case Tab.ALL:
            return true()


def _conditions(filters: Filters, me: str) -> Sequence[ColumnElement[bool]]:
    conditions = [_belongs(filters.tab, me), Contact.merged_into.is_(None)]
    if filters.team is not None:
        conditions.append(func.coalesce(_OPEN_HANDOFF.c.team, Conversation.team) == filters.team)
    if filters.stage is not None:
        conditions.append(_STAGE.c.to_stage == filters.stage)
    if filters.channel is not None:
        conditions.append(Conversation.channel_id == filters.channel)
    if filters.language is not None:
        conditions.append(Conversation.language == filters.language)
    if filters.before is not None:
        conditions.append(filters.before > _ACTIVE_AT)
    if filters.search:
        conditions.append(_mentions(filters.search))
    return conditions


def _mentions(words: str) -> ColumnElement[bool]:
    """Whether the words stand in a message, an answer, or in who the contact is."""
    about = (Contact.name, Contact.email, Contact.phone, Conversation.address)
    return or_(
        *(column.icontains(words, autoescape=True) for column in about),
        exists().where(Message.conversation_id == Conversation.id, Message.text.icontains(words, autoescape=True)),
        exists().where(
            Answer.contact_id == Conversation.contact_id,
            Answer.superseded_at.is_(None),
            cast(Answer.value, TEXT).icontains(words, autoescape=True),
        ),
    )


def _read(row: Row[*tuple[Any, ...]]) -> QueueRow:
    values = dict(row._mapping)
    return QueueRow(**{**values, "mode": Mode(values["mode"]), "brief": values["brief"] or ()})


_PULSE = text(
    """
    SELECT concat_ws(' ',
        (SELECT id FROM messages ORDER BY id DESC LIMIT 1),
        (SELECT id FROM stage_events ORDER BY id DESC LIMIT 1),
        (SELECT id FROM handoffs ORDER BY id DESC LIMIT 1),
        (SELECT id FROM notes ORDER BY id DESC LIMIT 1),
        (SELECT id FROM corrections ORDER BY id DESC LIMIT 1),
        (SELECT id FROM contact_merges ORDER BY id DESC LIMIT 1),
        (SELECT count(*) FROM handoffs WHERE state = 'waiting'),
        (SELECT max(claimed_at) FROM handoffs WHERE state = 'claimed'))
    """
)


async def pulse(connection: AsyncConnection) -> str:
    """A text that changes when something to be seen in the inbox has; by indexes alone, however much there is."""
    return str(await connection.scalar(_PULSE))


async def say(connection: AsyncConnection, topic: str, words: str) -> None:
    """Tell the streams that hear of the topic, in every API process, once the transaction is over."""
    await connection.execute(select(func.pg_notify(WORDS_CHANNEL, f"{topic} {words}")))
