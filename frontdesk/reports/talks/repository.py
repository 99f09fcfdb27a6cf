"""SQL of the reports about conversations; computed from the figures that are kept, and from the hand-offs."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.models import ConversationFigures, GapQuestion, Handoff, KnowledgeGap, TurnFigures
from frontdesk.handoffs.state import NOT_NEEDED, QUICK, HandoffState
from frontdesk.reports.grouping import (
    Chosen,
    Column,
    added_up,
    group_of,
    grouped,
    narrowing,
    needs_figures,
    quantile,
    seconds,
)
from frontdesk.reports.question import Question
from frontdesk.reports.rows import AnswerFigures, HandoffFigures, ResponseTime, by_group


async def response_times(connection: AsyncConnection, question: Question) -> Sequence[ResponseTime]:
    """First responses to waits that began in the period: the agent's, and those of people."""
    of = ConversationFigures
    waits = (
        ("agent", of.asked_at, of.agent_at, of.asked_at),
        ("human", func.coalesce(of.handed_at, of.asked_at), of.human_at, func.least(of.handed_at, of.human_at)),
    )
    rows = []
    for who, asked_at, answered_at, known_at in waits:
        found = await connection.execute(_waits(question, asked_at, answered_at, known_at))
        rows += [ResponseTime(who=who, **row._mapping) for row in found]
    return sorted(rows, key=by_group)


def _waits(question: Question, asked_at: Column, answered_at: Column, known_at: Column) -> Chosen:
    """`known_at` is when it was known that this one would be waited for: of a person who was never asked for, as late
    as they wrote."""
    answered = case((answered_at <= question.as_of, seconds(answered_at - asked_at)))
    waits = (
        select(answered.label("waited"), group_of(question, asked_at).label("group"))
        .where(asked_at <= question.as_of, known_at <= question.as_of, *narrowing(question, asked_at))
        .subquery("waits")
    )
    waited = waits.c.waited
    found = select(
        func.count().label("asked"),
        func.count(waited).label("answered"),
        quantile(0.5, waited).label("p50_seconds"),
        quantile(0.9, waited).label("p90_seconds"),
        quantile(0.95, waited).label("p95_seconds"),
    )
    return grouped(found, question, waits.c.group)


async def handoffs(connection: AsyncConnection, question: Question) -> Sequence[HandoffFigures]:
    """Hand-offs requested in the period; a hand-off is of the team that it went to."""
    asked = _handoffs(question).subquery("asked")
    states = ("waiting", "accepted", "returned", "not_needed", "closed", "escalated")
    found = select(
        func.count().label("requested"),
        *(func.count().filter(asked.c[state]).label(state) for state in states),
        quantile(0.5, asked.c.waited).label("claim_p50_seconds"),
        quantile(0.9, asked.c.waited).label("claim_p90_seconds"),
    )
    rows = await connection.execute(grouped(found, question, asked.c.group))
    return sorted((HandoffFigures(**row._mapping) for row in rows), key=by_group)


def _handoffs(question: Question) -> Chosen:
    claimed, ended = Handoff.claimed_at <= question.as_of, Handoff.ended_at <= question.as_of
    returned = and_(ended, Handoff.state == HandoffState.RETURNED)
    at_once = Handoff.ended_at - Handoff.claimed_at < QUICK
    found = select(
        or_(claimed, ended).is_not(True).label("waiting"),
        claimed.label("accepted"),
        returned.label("returned"),
        and_(returned, Handoff.end_reason == NOT_NEEDED, at_once).label("not_needed"),
        and_(ended, Handoff.state == HandoffState.CLOSED).label("closed"),
        (Handoff.escalated_at <= question.as_of).label("escalated"),
        case((claimed, seconds(Handoff.claimed_at - Handoff.requested_at))).label("waited"),
        group_of(question, Handoff.requested_at, team=Handoff.team).label("group"),
    ).where(Handoff.requested_at <= question.as_of, *narrowing(question, Handoff.requested_at, team=Handoff.team))
    return _of_conversation(found, Handoff.conversation_id, question)


async def answers(connection: AsyncConnection, question: Question) -> Sequence[AnswerFigures]:
    """The agent's turns in the period, and what they could not answer."""
    gaps = {(row.total, row.group): row for row in await connection.execute(_gaps(question))}
    groups = [dict(row._mapping) for row in await connection.execute(_turns(question))]
    together = {name: sum(turns[name] for turns in groups) for name in _TURNS}
    rows = [_answers(together, gaps, total=True, group=None)]
    if question.by is not None:
        rows += [_answers(turns, gaps, total=False, group=turns["group"]) for turns in groups]
    return sorted(rows, key=by_group)


_TURNS = ("turns", "answered", "abstained", "other", "unanswered_questions")


def _answers(
    turns: Mapping[str, Any],
    gaps: Mapping[tuple[bool, str | None], Row[*tuple[Any, ...]]],
    *,
    total: bool,
    group: str | None,
) -> AnswerFigures:
    asked = gaps.get((total, group))
    return AnswerFigures(
        total=total,
        group=group,
        **{name: turns[name] for name in _TURNS},
        gaps=asked.gaps if asked else 0,
        gaps_answered=asked.gaps_answered if asked else 0,
    )


def _turns(question: Question) -> Chosen:
    chosen = select(TurnFigures.cites, TurnFigures.unanswered, group_of(question, TurnFigures.at).label("group")).where(
        TurnFigures.at <= question.as_of, *narrowing(question, TurnFigures.at)
    )
    turns = _of_conversation(chosen, TurnFigures.conversation_id, question).subquery("turns")
    complete = turns.c.unanswered == 0
    found = select(
        func.count().label("turns"),
        func.count().filter(complete, turns.c.cites).label("answered"),
        func.count().filter(turns.c.unanswered > 0).label("abstained"),
        func.count().filter(complete, ~turns.c.cites).label("other"),
        func.coalesce(func.sum(turns.c.unanswered), 0).label("unanswered_questions"),
    )
    return added_up(found, question, turns.c.group)


def _gaps(question: Question) -> Chosen:
    answered = and_(KnowledgeGap.state == "answered", KnowledgeGap.decided_at <= question.as_of)
    chosen = (
        select(
            func.coalesce(GapQuestion.gap_id, GapQuestion.id).label("gap"),
            answered.label("answered"),
            group_of(question, GapQuestion.asked_at).label("group"),
        )
        .outerjoin(KnowledgeGap, KnowledgeGap.id == GapQuestion.gap_id)
        .where(GapQuestion.asked_at <= question.as_of, *narrowing(question, GapQuestion.asked_at))
    )
    asked = _of_conversation(chosen, GapQuestion.conversation_id, question).subquery("asked")
    different = func.count(asked.c.gap.distinct())
    found = select(different.label("gaps"), different.filter(asked.c.answered).label("gaps_answered"))
    return grouped(found, question, asked.c.group)


def _of_conversation(chosen: Chosen, conversation_id: Column, question: Question) -> Chosen:
    """Join what a conversation is grouped by. Left out when nothing asks for it."""
    if not needs_figures(question):
        return chosen
    return chosen.outerjoin(ConversationFigures, ConversationFigures.conversation_id == conversation_id)
