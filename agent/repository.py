"""SQL of a turn: the snapshot that it reads, the fence that its commit passes, the record that it leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.conversations.draft import HandoffCause
from frontdesk.conversations.model import Author, ContactCard, Direction, Mode, Snapshot, StoredMessage
from frontdesk.conversations.repository import next_number, open_deliveries
from frontdesk.db.models import (
    Answer,
    Channel,
    Contact,
    ContactEvent,
    Conversation,
    Handoff,
    Message,
    SeenIntent,
    StageEvent,
    Turn,
)
from frontdesk.db.prepared import Prepared, Row
from frontdesk.evidence.json_form import evidence_from_json
from frontdesk.lifecycle.facts import AnswerFact, Facts
from frontdesk.lifecycle.moves import Cause
from frontdesk.playbook.models import Playbook
from frontdesk.values.json_form import ValueUnreadableError, value_from_json

MESSAGE_WINDOW = 40
"""How many of the newest messages a turn sees; keeps a turn's cost independent of the conversation's length."""


NO_STAGE = (None, None, 0, 0)
"""In place of a newest stage event: stage, cause, time, number."""


def _collected(*pairs: Any, table: Any, where: Any) -> Any:
    """A subquery that gathers rows as a JSON array."""
    return (
        select(func.coalesce(func.jsonb_agg(func.jsonb_build_array(*pairs)), literal([], JSONB)))
        .select_from(table)
        .where(where)
        .scalar_subquery()
    )


_ANSWERS = _collected(
    Answer.field,
    Answer.value,
    Answer.evidence,
    func.extract("epoch", Answer.created_at),
    table=Answer,
    where=and_(Answer.contact_id == Conversation.contact_id, Answer.superseded_at.is_(None)),
)
_INTENTS = _collected(
    SeenIntent.intent,
    SeenIntent.evidence,
    func.extract("epoch", SeenIntent.created_at),
    table=SeenIntent,
    where=SeenIntent.conversation_id == Conversation.id,
)
_EVENTS = (
    select(func.array_agg(ContactEvent.name.distinct()))
    .where(ContactEvent.contact_id == Conversation.contact_id)
    .scalar_subquery()
)
_RULE_HANDOFFS = (
    select(func.array_agg(Handoff.reason.distinct()))
    .where(Handoff.conversation_id == Conversation.id, Handoff.cause == HandoffCause.RULE)
    .scalar_subquery()
)
_STAGE = (
    select(
        func.jsonb_build_array(
            StageEvent.to_stage, StageEvent.cause, func.extract("epoch", StageEvent.created_at), StageEvent.number
        )
    )
    .where(StageEvent.contact_id == Conversation.contact_id)
    .order_by(StageEvent.number.desc())
    .limit(1)
    .scalar_subquery()
)
_NEWEST_STAGE = (
    select(func.coalesce(func.max(StageEvent.number), 0))
    .where(StageEvent.contact_id == Conversation.contact_id)
    .scalar_subquery()
)
_CONVERSATION = Prepared(
    select(
        Conversation.id,
        Conversation.contact_id,
        Conversation.channel_id,
        Channel.kind,
        Conversation.mode,
        Conversation.epoch,
        Conversation.language,
        Conversation.last_seq,
        Conversation.inbound_seq,
        Conversation.answered_seq,
        Conversation.waiting_since,
        Conversation.inbound_at,
        Conversation.outbound_at,
        Conversation.model_calls,
        Conversation.cost,
        Contact.name,
        Contact.email,
        Contact.phone,
        Contact.opted_out_at,
        _ANSWERS.label("answers"),
        _INTENTS.label("intents"),
        _EVENTS.label("events"),
        _RULE_HANDOFFS.label("rule_handoffs"),
        _STAGE.label("stage"),
    )
    .join(Contact, Contact.id == Conversation.contact_id)
    .join(Channel, Channel.id == Conversation.channel_id)
    .where(Conversation.id == bindparam("conversation"))
)
_MESSAGES = Prepared(
    select(
        Message.id,
        Message.seq,
        Message.direction,
        Message.author,
        Message.kind,
        Message.text,
        Message.sent_at,
        Message.external_id,
        Message.attributes,
    )
    .where(Message.conversation_id == bindparam("conversation"), Message.seq <= bindparam("last_seq"))
    .order_by(Message.seq.desc())
    .limit(MESSAGE_WINDOW)
)


async def load_snapshot(
    connection: AsyncConnection, conversation_id: UUID, playbook: Playbook, now: datetime
) -> Snapshot | None:
    """Read a conversation for a turn or a rule check; None if there is none with this id."""
    row = await _CONVERSATION.first(connection, {"conversation": conversation_id})
    if row is None:
        return None
    messages = await _MESSAGES.all(connection, {"conversation": conversation_id, "last_seq": row.last_seq})
    return _snapshot(row, tuple(_message(found) for found in reversed(messages)), playbook, now)


def _message(row: Row) -> StoredMessage:
    return StoredMessage(
        id=row.id,
        seq=row.seq,
        direction=Direction(row.direction),
        author=Author(row.author),
        kind=row.kind,
        text=row.text,
        sent_at=row.sent_at,
        external_id=row.external_id,
        attributes=row.attributes,
    )


def _snapshot(row: Row, messages: tuple[StoredMessage, ...], playbook: Playbook, now: datetime) -> Snapshot:
    return Snapshot(
        conversation_id=row.id,
        contact_id=row.contact_id,
        channel_id=row.channel_id,
        channel_kind=row.kind,
        mode=Mode(row.mode),
        epoch=row.epoch,
        language=row.language,
        inbound_seq=row.inbound_seq,
        answered_seq=row.answered_seq,
        waiting_since=row.waiting_since,
        inbound_at=row.inbound_at,
        outbound_at=row.outbound_at,
        model_calls=row.model_calls,
        cost=row.cost,
        contact=ContactCard(row.name, row.email, row.phone, row.opted_out_at is not None),
        messages=messages,
        facts=_facts(row, playbook, now),
        stage_number=(row.stage or NO_STAGE)[3],
        rule_handoffs=frozenset(row.rule_handoffs or ()),
    )


def _facts(row: Row, playbook: Playbook, now: datetime) -> Facts:
    stage, cause, since, _ = row.stage or NO_STAGE
    newest = max((float(item[-1]) for item in (*row.answers, *row.intents)), default=0.0)
    return Facts(
        answers=_answers(row.answers, playbook),
        intents={intent: evidence_from_json(evidence) for intent, evidence, _ in row.intents},
        events=frozenset(row.events or ()),
        stage=stage,
        stage_by_human=cause == Cause.HUMAN,
        news=newest > float(since),
        silent_for=_silence(row, now),
    )


def _silence(row: Row, now: datetime) -> timedelta | None:
    if row.outbound_at is None or row.inbound_seq > row.answered_seq:
        return None
    silent: timedelta = now - row.outbound_at
    return silent


def _answers(rows: Sequence[Sequence[Any]], playbook: Playbook) -> Mapping[str, AnswerFact]:
    """Current answers; those that the playbook no longer knows, or knows as another type, are left out."""
    answers = {}
    for name, value, evidence, _ in rows:
        field = playbook.field(name)
        if field is None:
            continue
        try:
            read = None if value is None else value_from_json(value, field.type)
        except ValueUnreadableError:
            continue
        answers[name] = AnswerFact(read, evidence_from_json(evidence))
    return answers


_IS_CURRENT = Prepared(
    select(Conversation.id).where(
        Conversation.id == bindparam("conversation"),
        Conversation.epoch == bindparam("epoch"),
        Conversation.inbound_seq == bindparam("inbound"),
    )
)


async def is_current(connection: AsyncConnection, snapshot: Snapshot) -> bool:
    """Whether nobody wrote or took over since the snapshot."""
    seen = {"conversation": snapshot.conversation_id, "epoch": snapshot.epoch, "inbound": snapshot.inbound_seq}
    return await _IS_CURRENT.scalar(connection, seen) is not None


@dataclass(frozen=True, slots=True)
class Passed:
    """The conversation as it stands behind the fence."""

    last_seq: int
    epoch: int
    overtaken: bool
    """Whether newer messages wait already."""
    waits: bool
    """Whether an earlier message of ours is still on its way."""


@cache
def _fence(changed: frozenset[str], *, allow_newer: bool, moves: bool) -> Prepared:
    """The update for one choice of columns; built once, as building it costs more than running it."""
    unchanged = [
        Conversation.id == bindparam("conversation"),
        Conversation.mode == Mode.AGENT,
        Conversation.epoch == bindparam("seen_epoch"),
        Conversation.answered_seq == bindparam("seen_answered"),
    ]
    if moves:
        unchanged.append(_NEWEST_STAGE.is_not_distinct_from(bindparam("seen_stage")))
    if not allow_newer:
        unchanged.append(Conversation.inbound_seq == bindparam("seen_inbound"))
    new_values = {name: next_number() if name == "last_seq" else bindparam(f"new_{name}") for name in sorted(changed)}
    return Prepared(
        update(Conversation)
        .where(*unchanged)
        .values(
            answered_seq=bindparam("seen_inbound"),
            waiting_since=case((Conversation.inbound_seq > bindparam("seen_inbound"), Conversation.inbound_at)),
            **new_values,
        )
        .returning(
            Conversation.last_seq,
            Conversation.epoch,
            Conversation.inbound_seq,
            open_deliveries(Conversation.id).label("waits"),
        )
    )


async def pass_fence(
    connection: AsyncConnection, snapshot: Snapshot, *, allow_newer: bool, moves: bool, values: Mapping[str, Any]
) -> Passed | None:
    """Lock the conversation and apply `values`, if it is still as the snapshot shows; None if it is not.

    With `moves`, the contact's stage must be the snapshot's as well: the moves start from it.
    `allow_newer` lets a turn through that was overtaken too often: the newer messages stay unanswered.
    """
    given = {f"new_{name}": value for name, value in values.items() if not isinstance(value, ColumnElement)}
    given |= {
        "conversation": snapshot.conversation_id,
        "seen_epoch": snapshot.epoch,
        "seen_answered": snapshot.answered_seq,
        "seen_inbound": snapshot.inbound_seq,
    }
    if moves:
        given["seen_stage"] = snapshot.stage_number
    statement = _fence(frozenset(values), allow_newer=allow_newer, moves=moves)
    row = await statement.first(connection, given)
    return None if row is None else Passed(row.last_seq, row.epoch, row.inbound_seq > snapshot.inbound_seq, row.waits)


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """What a turn decided and what it cost."""

    id: UUID
    outcome: str
    playbook_version: str
    brain: str
    model: str | None
    prompt_hash: str | None
    trace: dict[str, object]
    model_calls: int
    tokens_in: int
    tokens_out: int
    cost: Decimal
    superseded: int
    started_at: datetime
    finished_at: datetime


_INSERT_TURN = Prepared(insert(Turn))


async def insert_turn(connection: AsyncConnection, record: TurnRecord, snapshot: Snapshot) -> None:
    """Store the record; a second turn over the same messages would violate its unique key."""
    row = {
        "id": record.id,
        "conversation_id": snapshot.conversation_id,
        "after_seq": snapshot.answered_seq,
        "through_seq": snapshot.inbound_seq,
        "epoch": snapshot.epoch,
        "outcome": record.outcome,
        "playbook_version": record.playbook_version,
        "brain": record.brain,
        "model": record.model,
        "prompt_hash": record.prompt_hash,
        "trace": record.trace,
        "model_calls": record.model_calls,
        "tokens_in": record.tokens_in,
        "tokens_out": record.tokens_out,
        "cost": record.cost,
        "superseded": record.superseded,
        "started_at": record.started_at,
        "finished_at": record.finished_at,
    }
    await _INSERT_TURN.run(connection, row)


async def spent_since(connection: AsyncConnection, moment: datetime) -> Decimal:
    """What model calls have cost since then, in the currency of the playbook's limits."""
    total: Decimal | None = await connection.scalar(select(func.sum(Turn.cost)).where(Turn.finished_at >= moment))
    return total or Decimal(0)
