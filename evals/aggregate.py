"""A run's figures from the numbers of its conversations, in memory that does not grow with them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from evals.epochs import Epochs, by_case
from evals.measures import Counts, Kind, Metric, metrics_of
from evals.numbers import CaseNumbers, Confusion
from evals.scorers import MEASURES
from evals.statistics.bootstrap import FULL, QUICK, Interval
from evals.statistics.pass_k import pass_at_k, pass_hat_k
from evals.statistics.quantiles import Histogram
from evals.statistics.ratio import Moments, clustered_error, ratio_gradient, ratio_interval
from evals.statistics.rows import Rows, rows_of


@dataclass(frozen=True, slots=True)
class Estimate:
    """A metric over the conversations that it was judged in."""

    metric: str
    value: float
    cases: int
    judged: float
    """The ratio's denominator: judgements, or for F1 about twice as many."""
    error: float
    """Standard error, clustered by conversation."""
    interval: Interval | None = None
    """None for the amounts of one conversation."""


@dataclass(frozen=True, slots=True)
class PassRate:
    """Over `cases` conversations with at least k judged replays: the chance that one passes at least once in k, or
    each time."""

    k: int
    at_least_once: float
    every_time: float
    cases: int


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """One stage or intent: how many should be it, are taken for it, and both."""

    name: str
    expected: int
    actual: int
    both: int

    @property
    def precision(self) -> float | None:
        """The share of those taken for it that are it."""
        return self.both / self.actual if self.actual else None

    @property
    def recall(self) -> float | None:
        """The share of those that are it that were taken for it."""
        return self.both / self.expected if self.expected else None


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of thinking in a turn, right to 1 %."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole run."""

    cases: int
    replays: int
    failed: int
    """Replays with something wrong in them."""
    unjudged: int
    """Replays of which nothing was expected."""
    estimates: Mapping[str, Estimate]
    """By metric; what was never judged is absent."""
    slices: Mapping[str, Mapping[str, Estimate]]
    apart: Mapping[str, Estimate]
    """What came after divergences; counts in nothing else."""
    confusions: Mapping[Confusion, int]
    passes: tuple[PassRate, ...]
    latency: Latency | None

    def classes(self, measure: str) -> tuple[ClassFigures, ...]:
        """Precision and recall of each stage or intent."""
        pairs = {each: count for each, count in self.confusions.items() if each.measure == measure}
        names = sorted({name for each in pairs for name in (each.expected, each.actual) if name is not None})
        return tuple(_class_figures(name, pairs) for name in names)


def _class_figures(name: str, pairs: Mapping[Confusion, int]) -> ClassFigures:
    return ClassFigures(
        name,
        sum(count for each, count in pairs.items() if each.expected == name),
        sum(count for each, count in pairs.items() if each.actual == name),
        sum(count for each, count in pairs.items() if each.expected == name and each.actual == name),
    )


@dataclass(slots=True)
class Table:
    """The counts of one slice: by measure, how many conversations have which."""

    outcomes: dict[str, Counter[Counts]] = field(default_factory=dict)
    amounts: dict[str, Moments] = field(default_factory=dict)

    def add(self, counts: Mapping[str, Counts]) -> None:
        """One conversation more."""
        for measure, count in counts.items():
            if MEASURES[measure].kind is Kind.AMOUNT:
                self.amounts.setdefault(measure, Moments.of(2)).add((count.total, count.numbers))
            else:
                self.outcomes.setdefault(measure, Counter())[count] += 1

    def estimates(self, effort: int) -> dict[str, Estimate]:
        """The metrics, in the order of reports."""
        found = (each for measure in MEASURES for each in self._estimates(measure, effort))
        return {each.metric: each for each in found}

    def _estimates(self, measure: str, effort: int) -> Iterator[Estimate]:
        if measure in self.amounts:
            yield _mean(measure, self.amounts[measure])
        for metric in known_metrics(measure) if measure in self.outcomes else ():
            estimate = estimate_of(metric, self.outcomes[measure], effort)
            if estimate is not None:
                yield estimate


@cache
def known_metrics(measure: str) -> tuple[Metric, ...]:
    """The metrics of a measure."""
    return metrics_of(MEASURES[measure])


def estimate_of(metric: Metric, counted: Mapping[Counts, int], effort: int = FULL) -> Estimate | None:
    """A metric over conversations by their counts; None if they never bear on it."""
    rows = metric_rows(metric, counted)
    if not len(rows.weights) or not rows.totals[1]:
        return None
    above, below = rows.totals
    interval = ratio_interval(rows, is_proportion=metric.is_proportion, effort=effort)
    error = clustered_error(rows)
    return Estimate(
        metric=metric.name,
        value=float(above / below),
        cases=rows.cases,
        judged=float(below),
        error=error,
        interval=interval,
    )


def metric_rows(metric: Metric, counted: Mapping[Counts, int]) -> Rows:
    """The numerators and denominators of a metric."""
    pairs: Counter[tuple[float, ...]] = Counter()
    for counts, cases in counted.items():
        pairs[metric.parts_of(counts)] += cases
    return rows_of(pairs, 2)


def _mean(measure: str, moments: Moments) -> Estimate:
    total, numbers = moments.sums
    error = moments.error_of(np.array(ratio_gradient(total, numbers)))
    mean = float(total / numbers)
    return Estimate(
        metric=measure,
        value=mean,
        cases=moments.cases,
        judged=float(numbers),
        error=error,
        interval=moments.interval_of(mean, error),
    )


def summarise(numbers: Iterable[CaseNumbers], epochs: int = 1) -> Summary:
    """A run's figures; `epochs` is how often each conversation was replayed.

    The order of the conversations makes no difference.
    """
    totals = _Totals()
    for case in by_case(numbers, epochs):
        totals.add(case)
    return totals.summary()


@dataclass(slots=True)
class _Totals:
    """What is kept of the conversations so far."""

    cases: int = 0
    replays: int = 0
    failed: int = 0
    unjudged: int = 0
    every: Table = field(default_factory=Table)
    slices: dict[str, Table] = field(default_factory=dict)
    apart: Table = field(default_factory=Table)
    confusions: Counter[Confusion] = field(default_factory=Counter)
    trials: Counter[tuple[int, int]] = field(default_factory=Counter)
    """By how many judged replays a conversation has, and how many of them passed."""
    milliseconds: Histogram = field(default_factory=Histogram)

    def add(self, case: Epochs) -> None:
        self.cases += 1
        self.replays += len(case.replays)
        self.failed += case.trials - case.passes
        self.unjudged += len(case.replays) - case.trials
        counts = case.counts
        self.every.add(counts)
        for name in case.slices:
            self.slices.setdefault(name, Table()).add(counts)
        self.apart.add(case.apart)
        self.trials[case.trials, case.passes] += 1
        for replay in case.replays:
            self.confusions.update(replay.confusions)
            for number in replay.milliseconds:
                self.milliseconds.add(number)

    def summary(self) -> Summary:
        return Summary(
            cases=self.cases,
            replays=self.replays,
            failed=self.failed,
            unjudged=self.unjudged,
            estimates=self.every.estimates(FULL),
            slices={name: self.slices[name].estimates(QUICK) for name in sorted(self.slices)},
            apart=self.apart.estimates(QUICK),
            confusions=dict(sorted(self.confusions.items(), key=lambda item: _order(item[0]))),
            passes=pass_rates(self.trials),
            latency=_latency(self.milliseconds),
        )


def _order(confusion: Confusion) -> tuple[str, str, str]:
    return confusion.measure, confusion.expected or "", confusion.actual or ""


def pass_rates(trials: Mapping[tuple[int, int], int]) -> tuple[PassRate, ...]:
    """pass@k and pass^k for every k that some conversation has replays for; `trials` counts (replays, passes)."""
    most = max((replays for replays, _ in trials), default=0)
    return tuple(_pass_rate(k, trials) for k in range(1, most + 1))


def _pass_rate(k: int, trials: Mapping[tuple[int, int], int]) -> PassRate:
    enough = [(each, cases) for each, cases in sorted(trials.items()) if each[0] >= k]
    known = sum(cases for _, cases in enough)
    once = sum(cases * pass_at_k(*each, k) for each, cases in enough) / known
    always = sum(cases * pass_hat_k(*each, k) for each, cases in enough) / known
    return PassRate(k, once, always, known)


def _latency(milliseconds: Histogram) -> Latency | None:
    p50, p95 = milliseconds.quantile(0.5), milliseconds.quantile(0.95)
    return Latency(p50, p95) if p50 is not None and p95 is not None else None
