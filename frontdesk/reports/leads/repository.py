"""SQL of the reports about contacts and their stages.

`events` is the table of recorded stage events, or one of the same shape that a replay filled.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ARRAY,
    TEXT,
    CompoundSelect,
    Double,
    FromClause,
    FunctionElement,
    Over,
    Row,
    Select,
    Subquery,
    and_,
    any_,
    cast,
    func,
    literal,
    null,
    or_,
    over,
    select,
    true,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.models import ConversationFigures, MoveFigures, StageEvent
from frontdesk.reports.funnel import Passed
from frontdesk.reports.grouping import Column, added_up, group_of, narrowing, seconds, shown
from frontdesk.reports.question import By, Question
from frontdesk.reports.rows import Loss, Transition, by_group

RECORDED: FromClause = StageEvent.__table__
_GROUPING = tuple(MoveFigures.__table__.c[name] for name in ("channel_id", "campaign", "language", "team"))
_LOST: FromClause = (
    select(StageEvent.from_stage, StageEvent.to_stage, StageEvent.reason, StageEvent.created_at, *_GROUPING)
    .outerjoin(MoveFigures, MoveFigures.event_id == StageEvent.id)
    .subquery("lost")
)
"""The recorded events with what they are grouped by. Where nobody asks for that, the planner leaves the join out."""


async def passed_stages(connection: AsyncConnection, events: FromClause, question: Question) -> Sequence[Passed]:
    """How many contacts that first wrote in the period went through which stages."""
    leads = _leads(events, question)
    found = added_up(select(leads.c.path, func.count().label("contacts")), question, leads.c.group, leads.c.path)
    groups = [_passed(row, total=False, group=row.group) for row in await connection.execute(found)]
    everyone = [replace(each, total=True, group=None) for each in groups]
    return everyone if question.by is None else [*everyone, *groups]


async def cohorts(
    connection: AsyncConnection, events: FromClause, question: Question
) -> Mapping[date, Sequence[Passed]]:
    """The same by the week in which they first wrote."""
    weekly = replace(question, by=By.WEEK)
    leads = _leads(events, weekly)
    found = select(leads.c.path, leads.c.group, func.count().label("contacts")).group_by(leads.c.group, leads.c.path)
    by_week: dict[date, list[Passed]] = defaultdict(list)
    for row in await connection.execute(found):
        by_week[row.group.date()].append(_passed(row, total=True, group=None))
    return by_week


def _passed(row: Row[*tuple[Any, ...]], *, total: bool, group: str | None) -> Passed:
    return Passed(total=total, group=group, path=tuple(row.path), contacts=row.contacts)


def _leads(events: FromClause, question: Question) -> Subquery:
    """Each contact's newest event by then, which says how the contact came there."""
    steps = _steps(events)
    newest = steps.c.created_at <= question.as_of, or_(steps.c.next_at.is_(None), steps.c.next_at > question.as_of)
    group = group_of(question, steps.c.arrived_at, steps).label("group")
    return select(steps.c.path, group).where(*newest, *narrowing(question, steps.c.arrived_at, steps)).subquery("leads")


async def transitions(
    connection: AsyncConnection, events: FromClause, question: Question, stages: Sequence[str]
) -> Sequence[Transition]:
    """The moves of contacts that first wrote in the period, in the order of `stages`, and the time before each."""
    found = _timed(_moves(events, question), question)
    order = {stage: place for place, stage in enumerate(stages)}
    return sorted(
        (
            Transition(row.total, row.group, row.from_stage, row.to_stage, row.moves, *row.spread)
            for row in await connection.execute(found)
        ),
        key=lambda row: (
            by_group(row),
            *(order.get(stage, len(order)) for stage in (row.from_stage, row.to_stage)),
            row.from_stage,
            row.to_stage,
        ),
    )


def _timed(moves: Subquery, question: Question) -> Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]:
    """Collect the times of each group by hashing, then sort each collection: the server would otherwise sort all moves
    by their stages first, which takes longer than all the rest."""
    what = (moves.c.from_stage, moves.c.to_stage, moves.c.group)
    groups = select(*what, func.array_agg(moves.c.waited).label("spans")).group_by(*what).cte("groups")
    counted = func.cardinality(groups.c.spans)
    stages = (groups.c.from_stage, groups.c.to_stage)
    each = select(
        literal(question.by is None).label("total"),
        shown(question, groups.c.group),
        *stages,
        counted.label("moves"),
        _spread(groups.c.spans).label("spread"),
    )
    if question.by is None:
        return each
    alike = groups.alias("alike")
    same = and_(*(alike.c[stage.name] == stage for stage in stages))
    spread = _spread(alike.c.spans, alike).where(same).label("spread")
    together = select(true(), null(), *stages, func.sum(counted), spread).group_by(*stages)
    return union_all(each, together)


def _spread(spans: Column, of: FromClause | None = None) -> Select[*tuple[Any, ...]]:
    """The median and the 90th percentile of collected times, as an array."""
    times = func.unnest(spans).table_valued("span").render_derived("times")
    shares = cast([0.5, 0.9], ARRAY(Double))
    found = select(func.percentile_cont(shares).within_group(times.c.span.asc()))
    return found.select_from(times if of is None else of.join(times, true()))


def _moves(events: FromClause, question: Question) -> Subquery:
    steps = _steps(events)
    conditions = (
        steps.c.created_at <= question.as_of,
        steps.c.from_stage.is_not(None),
        steps.c.waited.is_not(None),
        *narrowing(question, steps.c.arrived_at, steps),
    )
    group = group_of(question, steps.c.arrived_at, steps).label("group")
    return select(steps.c.from_stage, steps.c.to_stage, steps.c.waited, group).where(*conditions).subquery("moves")


def _steps(events: FromClause) -> FromClause:
    return MoveFigures.__table__ if events is RECORDED else measured(events)


def measured(events: FromClause) -> Subquery:
    """Each event with what came before it, as the figures keep it of recorded events."""
    at, of = events.c.created_at, ConversationFigures

    def in_order(figure: FunctionElement[Any]) -> Over[Any]:
        return over(figure, partition_by=events.c.contact_id, order_by=events.c.number)

    return (
        select(
            events.c.from_stage,
            events.c.to_stage,
            events.c.reason,
            at,
            in_order(func.first_value(at)).label("arrived_at"),
            seconds(at - in_order(func.lag(at))).label("waited"),
            in_order(func.lead(at)).label("next_at"),
            in_order(func.array_agg(events.c.to_stage)).label("path"),
            *(of.channel_id, of.campaign, of.language, of.team),
        )
        .outerjoin(of, and_(of.contact_id == events.c.contact_id, of.is_first))
        .subquery("steps")
    )


async def losses(
    connection: AsyncConnection, events: FromClause, question: Question, lost: Sequence[str]
) -> Sequence[Loss]:
    """The moves into lost stages that happened in the period, the most frequent first."""
    steps = _LOST if events is RECORDED else measured(events)
    group = group_of(question, steps.c.created_at, steps).label("group")
    moves = (
        select(steps.c.from_stage, steps.c.to_stage, steps.c.reason, steps.c.created_at, group)
        .where(
            steps.c.created_at <= question.as_of,
            steps.c.to_stage == any_(cast(list(lost), ARRAY(TEXT))),
            *narrowing(question, steps.c.created_at, steps),
        )
        .subquery("moves")
    )
    what = (moves.c.from_stage, moves.c.to_stage.label("lost_stage"), moves.c.reason)
    at = moves.c.created_at
    counted = select(*what, func.count().label("losses"), func.min(at).label("first_at"), func.max(at).label("last_at"))
    groups = [
        Loss(total=False, **row._mapping)
        for row in await connection.execute(added_up(counted, question, moves.c.group, *what))
    ]
    rows = _together(groups) if question.by is None else [*_together(groups), *groups]
    return sorted(
        rows,
        key=lambda row: (by_group(row), -row.losses, row.lost_stage, row.from_stage or "", row.reason),
    )


def _together(groups: Sequence[Loss]) -> list[Loss]:
    """The losses of all groups, by what they have in common."""
    alike: dict[tuple[str | None, str, str], list[Loss]] = defaultdict(list)
    for row in groups:
        alike[row.from_stage, row.lost_stage, row.reason].append(row)
    return [
        replace(
            rows[0],
            total=True,
            group=None,
            losses=sum(row.losses for row in rows),
            first_at=min(row.first_at for row in rows),
            last_at=max(row.last_at for row in rows),
        )
        for rows in alike.values()
    ]
