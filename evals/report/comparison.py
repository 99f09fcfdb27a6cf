"""What changed from a former run, and whether it may."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evals.compare import Comparison, Difference
from evals.gate import Decision
from evals.measures import Kind
from evals.report.figures import HEADLINES
from evals.report.plots import IntervalPlot, Scale, around_zero, difference_plot
from evals.report.words import change, change_span, is_proportion, number
from evals.scorers import MEASURES, METRICS

_LEAST_P = 0.001

MOST_NAMED = 200
"""Conversations of a list that are named one by one."""


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A figure of both runs."""

    metric: str
    before: str
    after: str
    difference: str
    interval: str
    p: str
    detectable: str
    changed: str
    finding: str
    """`better`, `worse`, `changed` (neither way is good), `same`, or `unclear`."""
    plot: IntervalPlot


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause of the gate and what became of it."""

    clause: str
    finding: str
    words: str


@dataclass(frozen=True, slots=True)
class Named:
    """Conversations of which the same can be said."""

    words: str
    names: tuple[str, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class ComparisonPart:
    """All of it."""

    cases: int
    gate: str | None
    """The finding on the gate as a whole; None without one."""
    clauses: tuple[ClauseRow, ...]
    headlines: tuple[DifferenceRow, ...]
    others: tuple[DifferenceRow, ...]
    slices: tuple[tuple[str, DifferenceRow], ...]
    """Headline figures of slices that surely changed."""
    named: tuple[Named, ...]


def comparison_part(comparison: Comparison, decision: Decision | None) -> ComparisonPart:
    """Lay out a comparison."""
    differences = comparison.differences.values()
    first = [comparison.differences[name] for name in HEADLINES if name in comparison.differences]
    rest = [each for each in differences if each.metric not in HEADLINES]
    return ComparisonPart(
        cases=comparison.cases,
        gate=decision.finding if decision is not None else None,
        clauses=tuple(
            ClauseRow(str(verdict.clause), verdict.finding, verdict.words)
            for verdict in (decision.verdicts if decision is not None else ())
        ),
        headlines=tuple(_rows(first)),
        others=tuple(_rows(rest)),
        slices=tuple(_changed_slices(comparison)),
        named=tuple(_named(comparison)),
    )


def _rows(differences: Iterable[Difference]) -> Iterator[DifferenceRow]:
    every = tuple(differences)
    shared = around_zero(_ends(each for each in every if is_proportion(each.metric)))
    for each in every:
        yield _row(each, shared if is_proportion(each.metric) else around_zero(_ends((each,))))


def _ends(differences: Iterable[Difference]) -> Iterator[float]:
    for each in differences:
        yield each.value
        if each.interval is not None:
            yield from (each.interval.low, each.interval.high)


def _row(difference: Difference, scale: Scale) -> DifferenceRow:
    metric = difference.metric
    return DifferenceRow(
        metric=metric,
        before=number(metric, difference.before.value),
        after=number(metric, difference.after.value),
        difference=change(metric, difference.value),
        interval=change_span(metric, difference.interval),
        p=_p(difference.p),
        detectable=change(metric, difference.detectable).lstrip("+"),
        changed=_sides(difference),
        finding=finding_of(difference),
        plot=difference_plot(scale, difference.value, difference.interval),
    )


def _p(p: float | None) -> str:
    if p is None:
        return ""
    return f"{p:.3f}" if p >= _LEAST_P else f"< {_LEAST_P}"


def _sides(difference: Difference) -> str:
    """How many conversations changed sides, where each was judged once."""
    if difference.changed is None:
        return ""
    gained, lost = difference.changed.gained, difference.changed.lost
    righted, wronged = (gained, lost) if METRICS[difference.metric].higher_is_better else (lost, gained)
    return f"{righted} to right, {wronged} to wrong"


def finding_of(difference: Difference) -> str:
    """Whether a figure surely changed, and which way."""
    interval = difference.interval
    if not difference.value and (interval is None or interval.low == interval.high):
        return "same"
    if interval is None or interval.low <= 0.0 <= interval.high:
        return "unclear"
    metric = METRICS[difference.metric]
    if MEASURES[metric.measure].kind is Kind.AMOUNT:
        return "changed"
    return "better" if (difference.value > 0) is metric.higher_is_better else "worse"


def _changed_slices(comparison: Comparison) -> Iterator[tuple[str, DifferenceRow]]:
    for name, differences in comparison.slices.items():
        sure = [each for each in differences.values() if each.metric in HEADLINES and finding_of(each) in _SURE]
        for row in _rows(sure):
            yield name, row


_SURE = ("better", "worse")


def _named(comparison: Comparison) -> Iterator[Named]:
    for words, names in (
        ("fail now and passed before", comparison.regressed),
        ("pass now and failed before", comparison.improved),
        ("are in the former run alone", comparison.only_before),
        ("are in this run alone", comparison.only_after),
    ):
        if names:
            yield Named(words, names[:MOST_NAMED], max(0, len(names) - MOST_NAMED))
