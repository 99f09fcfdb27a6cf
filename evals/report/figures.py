"""A run's figures as rows of a report: the headlines, all of them, the slices, and cost against quality."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evals.aggregate import Estimate, Summary
from evals.report.plots import PROPORTION, IntervalPlot, Scale, Scatter, Spent, interval_plot, scatter
from evals.report.words import about, direction, is_proportion, number, short_span, span

HEADLINE = "wrongly_unqualified"
"""A good lead that is turned away costs more than anything else, and nobody complains about it."""

HEADLINES = (
    HEADLINE,
    "passed",
    "handoff.recall",
    "handoff.precision",
    "handoff.team",
    "stage.accuracy",
    "answers.f1",
    "evidence.accuracy",
    "intent.f1",
    "citation.recall",
    "abstention.recall",
    "language.accuracy",
    "forbidden",
    "errors",
)
SLICE_COLUMNS = (
    "passed",
    HEADLINE,
    "handoff.recall",
    "stage.accuracy",
    "answers.f1",
    "intent.f1",
    "citation.recall",
    "milliseconds",
    "cost",
)
SLICES = ("language", "channel", "intent", "tag")
MOST_SLICES = 40
"""Of one kind; a suite may have a tag for every campaign."""

FEWEST_CASES = 5
"""Of a slice whose cost is held against its quality: the share of fewer that passes says little."""

_QUALITY = "passed"
_SPENT = {"milliseconds": "milliseconds of thinking in a turn", "cost": "cost of a turn"}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure with its interval."""

    metric: str
    about: str
    direction: str
    value: str
    interval: str
    short_interval: str
    cases: int
    plot: IntervalPlot
    before: str = ""
    """The former run's, where there is one."""


@dataclass(frozen=True, slots=True)
class SliceRow:
    """One language, channel, intent or tag."""

    name: str
    cases: int
    figures: tuple[FigureRow | None, ...]
    """In the order of the table's columns."""


@dataclass(frozen=True, slots=True)
class SliceTable:
    """All slices of a kind."""

    kind: str
    columns: tuple[str, ...]
    rows: tuple[SliceRow, ...]
    left_out: int


def headlines(estimates: Mapping[str, Estimate], before: Mapping[str, Estimate]) -> tuple[FigureRow, ...]:
    """The figures to look at first, in order of what they cost when they are bad."""
    return tuple(figure_rows((estimates[name] for name in HEADLINES if name in estimates), before))


def figure_rows(estimates: Iterable[Estimate], before: Mapping[str, Estimate]) -> Iterator[FigureRow]:
    """Figures as rows, each beside that of the former run if it has one."""
    return (_row(estimate, before.get(estimate.metric)) for estimate in estimates)


def _row(estimate: Estimate, former: Estimate | None = None) -> FigureRow:
    metric = estimate.metric
    return FigureRow(
        metric=metric,
        about=about(metric),
        direction=direction(metric),
        value=number(metric, estimate.value),
        interval=span(metric, estimate.interval),
        short_interval=short_span(metric, estimate.interval),
        cases=estimate.cases,
        plot=interval_plot(
            _scale(estimate, former), estimate.value, estimate.interval, former.value if former else None
        ),
        before=number(metric, former.value) if former else "",
    )


def _scale(estimate: Estimate, former: Estimate | None) -> Scale:
    if is_proportion(estimate.metric):
        return PROPORTION
    ends = [estimate.value, estimate.interval.high if estimate.interval else 0.0, former.value if former else 0.0]
    return Scale(0.0, max(ends) * 1.1)


def slice_tables(summary: Summary) -> tuple[SliceTable, ...]:
    """A table for each kind of slice that the run has."""
    tables = (_table(kind, summary.slices) for kind in SLICES)
    return tuple(table for table in tables if table.rows)


def _table(kind: str, slices: Mapping[str, Mapping[str, Estimate]]) -> SliceTable:
    mine = {name: estimates for name, estimates in slices.items() if kind_of(name) == kind}
    columns = tuple(metric for metric in SLICE_COLUMNS if _is_told(metric, mine))
    rows = [
        SliceRow(
            name.partition("=")[2],
            max((estimate.cases for estimate in estimates.values()), default=0),
            tuple(_row(estimates[metric]) if metric in estimates else None for metric in columns),
        )
        for name, estimates in mine.items()
    ]
    rows.sort(key=lambda row: (-row.cases, row.name))
    return SliceTable(kind, columns, tuple(rows[:MOST_SLICES]), max(0, len(rows) - MOST_SLICES))


def kind_of(name: str) -> str:
    """Whether a slice is of a language, a channel, an intent or a tag."""
    return name.partition("=")[0]


def _is_told(metric: str, slices: Mapping[str, Mapping[str, Estimate]]) -> bool:
    """Whether any slice has the figure; an amount that is nought everywhere says nothing."""
    values = [estimates[metric].value for estimates in slices.values() if metric in estimates]
    return bool(values) and (is_proportion(metric) or any(values))


def scatters(summary: Summary, before: Summary | None) -> tuple[Scatter, ...]:
    """Quality against each kind of spending that was recorded."""
    found = ((label, tuple(_groups(metric, summary, before))) for metric, label in _SPENT.items())
    return tuple(scatter(label, groups) for label, groups in found if any(group.amount for group in groups))


def _groups(metric: str, summary: Summary, before: Summary | None) -> Iterator[Spent]:
    for name, estimates in list(summary.slices.items())[: MOST_SLICES * len(SLICES)]:
        if _QUALITY in estimates and estimates[_QUALITY].cases >= FEWEST_CASES:
            yield from _group(name, kind_of(name), metric, estimates)
    if before is not None:
        yield from _group("all conversations, former run", "before", metric, before.estimates)
    yield from _group("all conversations", "all", metric, summary.estimates)


def _group(name: str, kind: str, metric: str, estimates: Mapping[str, Estimate]) -> Iterator[Spent]:
    if metric in estimates and _QUALITY in estimates:
        yield Spent(name, kind, estimates[metric].value, estimates[_QUALITY].value)
