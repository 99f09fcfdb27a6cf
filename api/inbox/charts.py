"""Which bars show a report."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from api.inbox.bar_chart import Mark
from frontdesk.reports.question import ReportName
from frontdesk.reports.rows import (
    AnswerFigures,
    CohortStage,
    FunnelStage,
    HandoffFigures,
    Loss,
    ResponseTime,
    Row,
)
from frontdesk.reports.service import Tables

MOST_CHARTS = 13
"""The total, and the first groups; the table has all of them."""
MOST_BARS = 16


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of one group; `group` is None for what has no value, and `total` for everything."""

    total: bool
    group: str | None
    marks: Sequence[Mark]


def charts_of(
    name: ReportName, tables: Tables, words: Mapping[str, str], day: Callable[[date], str]
) -> Sequence[Chart]:
    """A chart per group of the report's main table; `words` are the names of its figures, `day` writes a date."""
    rows = next(iter(tables.values()))
    if name is ReportName.COHORTS:
        weeks = _cohort_marks((row for row in rows if isinstance(row, CohortStage)), day)
        return [Chart(total=True, group=None, marks=weeks)] if weeks else []
    grouped = groupby((row for row in rows if isinstance(row, Row)), key=lambda row: (row.total, row.group))
    charts = [Chart(*key, [mark for row in each for mark in _marks(row, words)][:MOST_BARS]) for key, each in grouped]
    return [chart for chart in charts if chart.marks][:MOST_CHARTS]


def _marks(row: Row, words: Mapping[str, str]) -> Sequence[Mark]:
    match row:
        case FunnelStage():
            return [Mark(row.stage, row.reached)]
        case Loss():
            path = " → ".join(filter(None, (row.from_stage, row.lost_stage)))
            return [Mark(f"{row.reason} ({path})", row.losses)]
        case ResponseTime():
            spans = (("p50", row.p50_seconds), ("p90", row.p90_seconds), ("p95", row.p95_seconds))
            return [Mark(f"{words[row.who]} {name}", span, "seconds") for name, span in spans if span is not None]
        case HandoffFigures():
            figures = ("requested", "accepted", "returned", "not_needed", "escalated")
            return [Mark(words[figure], getattr(row, figure)) for figure in figures]
        case AnswerFigures():
            return [Mark(words[figure], getattr(row, figure)) for figure in ("answered", "abstained", "other")]
    return []


def _cohort_marks(rows: Iterable[CohortStage], day: Callable[[date], str]) -> Sequence[Mark]:
    """How many first wrote in each of the newest weeks."""
    weeks = {row.week: row.contacts for row in rows}
    return [Mark(day(week), weeks[week]) for week in sorted(weeks)[-MOST_BARS:]]
