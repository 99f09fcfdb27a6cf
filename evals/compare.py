"""Two runs over the same conversations, compared case by case."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import zip_longest

import numpy as np

from evals.aggregate import Estimate, estimate_of, known_metrics
from evals.epochs import Epochs, by_case
from evals.measures import NOTHING, Counts, Kind, Metric
from evals.numbers import CaseNumbers
from evals.scorers import MEASURES
from evals.statistics.bootstrap import FULL, LEVEL, QUICK, Interval
from evals.statistics.paired import (
    FEW_SWAPS,
    SWAPS,
    Discordant,
    discordant,
    mcnemar_p,
    paired_error,
    paired_interval,
    randomisation_p,
)
from evals.statistics.power import detectable_effect
from evals.statistics.ratio import Moments, ratio_gradient
from evals.statistics.rows import Floats, Rows, rows_of


class PairedTest(StrEnum):
    """How chance was ruled out, or not."""

    MCNEMAR = "McNemar, exact"
    """Each conversation was judged once, right or wrong."""
    RANDOMISATION = "paired randomisation"
    """Results of whole conversations are swapped between the runs."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric of the second run less that of the first, over the conversations that both have."""

    metric: str
    before: Estimate
    after: Estimate
    cases: int
    error: float
    """Standard error of the difference, clustered by conversation and paired."""
    interval: Interval | None
    detectable: float
    """The smallest true difference that so many conversations show four times in five."""
    p: float | None = None
    """None for amounts: their interval says it all."""
    test: PairedTest | None = None
    changed: Discordant | None = None
    """Where each conversation was judged once: how many went from wrong to right, and back."""

    @property
    def value(self) -> float:
        """The difference."""
        return self.after.value - self.before.value


@dataclass(frozen=True, slots=True)
class Comparison:
    """The second run against the first."""

    cases: int
    """That both have."""
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    regressed: tuple[str, ...]
    """Conversations that passed in all judged replays before, and do not any more."""
    improved: tuple[str, ...]
    differences: Mapping[str, Difference]
    """By metric; what one of the runs has no figure for is absent."""
    slices: Mapping[str, Mapping[str, Difference]]


def compare(
    before: Iterable[CaseNumbers], after: Iterable[CaseNumbers], epochs_before: int = 1, epochs_after: int = 1
) -> Comparison:
    """Compare two runs; conversations are paired by their ids.

    Of runs in the same order no more than the counts is kept, whatever their length.
    """
    pairs = _Pairs()
    join = _Join()
    for one, other in zip_longest(by_case(before, epochs_before), by_case(after, epochs_after)):
        for pair in join.take(one, other):
            pairs.add(*pair)
    return pairs.comparison(tuple(sorted(join.before)), tuple(sorted(join.after)))


@dataclass(slots=True)
class _Join:
    """Conversations that wait for their pair."""

    before: dict[str, Epochs] = field(default_factory=dict)
    after: dict[str, Epochs] = field(default_factory=dict)

    def take(self, one: Epochs | None, other: Epochs | None) -> Iterator[tuple[Epochs, Epochs]]:
        if one is not None:
            self.before[one.case_id] = one
        if other is not None:
            self.after[other.case_id] = other
        for case_id in dict.fromkeys(each.case_id for each in (one, other) if each is not None):
            if case_id in self.before and case_id in self.after:
                yield self.before.pop(case_id), self.after.pop(case_id)


_PairCounts = tuple[Counts, Counts]


@dataclass(slots=True)
class _PairTable:
    """The counts of one slice, of both runs together."""

    outcomes: dict[str, Counter[_PairCounts]] = field(default_factory=dict)
    amounts: dict[str, Moments] = field(default_factory=dict)

    def add(self, pairs: Mapping[str, _PairCounts]) -> None:
        for measure, pair in pairs.items():
            if MEASURES[measure].kind is Kind.AMOUNT:
                before, after = pair
                row = before.total, before.numbers, after.total, after.numbers
                self.amounts.setdefault(measure, Moments.of(4)).add(row)
            else:
                self.outcomes.setdefault(measure, Counter())[pair] += 1

    def differences(self, effort: int) -> dict[str, Difference]:
        found = (each for measure in MEASURES for each in self._differences(measure, effort))
        return {each.metric: each for each in found if each is not None}

    def _differences(self, measure: str, effort: int) -> Iterator[Difference | None]:
        if measure in self.amounts:
            yield _amount_difference(measure, self.amounts[measure])
        for metric in known_metrics(measure) if measure in self.outcomes else ():
            yield difference_of(metric, self.outcomes[measure], effort)


@dataclass(slots=True)
class _Pairs:
    """What is kept of the pairs so far."""

    cases: int = 0
    every: _PairTable = field(default_factory=_PairTable)
    slices: dict[str, _PairTable] = field(default_factory=dict)
    regressed: list[str] = field(default_factory=list)
    improved: list[str] = field(default_factory=list)

    def add(self, before: Epochs, after: Epochs) -> None:
        self.cases += 1
        one, other = before.counts, after.counts
        pairs = {measure: (one.get(measure, NOTHING), other.get(measure, NOTHING)) for measure in one.keys() | other}
        self.every.add(pairs)
        for name in dict.fromkeys((*before.slices, *after.slices)):
            self.slices.setdefault(name, _PairTable()).add(pairs)
        if before.trials and after.trials and before.always_passes != after.always_passes:
            (self.improved if after.always_passes else self.regressed).append(before.case_id)

    def comparison(self, only_before: tuple[str, ...], only_after: tuple[str, ...]) -> Comparison:
        return Comparison(
            cases=self.cases,
            only_before=only_before,
            only_after=only_after,
            regressed=tuple(sorted(self.regressed)),
            improved=tuple(sorted(self.improved)),
            differences=self.every.differences(FULL),
            slices={name: self.slices[name].differences(QUICK) for name in sorted(self.slices)},
        )


def difference_of(metric: Metric, counted: Mapping[_PairCounts, int], effort: int = FULL) -> Difference | None:
    """The difference of a metric; None if either run has no figure."""
    before, after = (_estimate(metric, counted, side, effort) for side in (0, 1))
    if before is None or after is None:
        return None
    rows = pair_rows(metric, counted)
    changed = discordant(rows)
    p = randomisation_p(rows, SWAPS if effort >= FULL else FEW_SWAPS) if changed is None else mcnemar_p(changed)
    error = paired_error(rows)
    return Difference(
        metric=metric.name,
        before=before,
        after=after,
        cases=rows.cases,
        error=error,
        interval=_as_sure_as(p, paired_interval(rows, effort)),
        detectable=detectable_effect(error, rows.cases, is_proportion=metric.is_proportion),
        p=p,
        test=PairedTest.RANDOMISATION if changed is None else PairedTest.MCNEMAR,
        changed=changed,
    )


def _as_sure_as(p: float, interval: Interval | None) -> Interval | None:
    """The interval, stretched to no difference if the exact test cannot rule that out.

    A bootstrap of a few changed conversations is surer than it may be: three of them that all went the same way are
    as likely as a coin that falls three times alike.
    """
    if interval is None or p <= 1 - LEVEL:
        return interval
    return Interval(min(interval.low, 0.0), max(interval.high, 0.0))


def _estimate(metric: Metric, counted: Mapping[_PairCounts, int], side: int, effort: int) -> Estimate | None:
    one: Counter[Counts] = Counter()
    for pair, cases in counted.items():
        one[pair[side]] += cases
    return estimate_of(metric, one, effort)


def pair_rows(metric: Metric, counted: Mapping[_PairCounts, int]) -> Rows:
    """What a conversation adds to both runs' numerators and denominators."""
    pairs: Counter[tuple[float, ...]] = Counter()
    for (before, after), cases in counted.items():
        pairs[*metric.parts_of(before), *metric.parts_of(after)] += cases
    return rows_of(pairs, 4)


def _amount_difference(measure: str, moments: Moments) -> Difference | None:
    sums = [float(each) for each in moments.sums]
    if not (sums[1] and sums[3]):
        return None
    gradients = [np.array(ratio_gradient(*sums[each : each + 2])) for each in (0, 2)]
    nothing = np.zeros(2)
    before = _mean(measure, moments, sums[:2], np.concatenate((gradients[0], nothing)))
    after = _mean(measure, moments, sums[2:], np.concatenate((nothing, gradients[1])))
    error = moments.error_of(np.concatenate((-gradients[0], gradients[1])))
    interval = moments.interval_of(after.value - before.value, error)
    detectable = detectable_effect(error, moments.cases, is_proportion=False)
    return Difference(
        metric=measure,
        before=before,
        after=after,
        cases=moments.cases,
        error=error,
        interval=interval,
        detectable=detectable,
    )


def _mean(measure: str, moments: Moments, sums: Sequence[float], gradient: Floats) -> Estimate:
    total, number = sums
    error = moments.error_of(gradient)
    return Estimate(
        metric=measure,
        value=total / number,
        cases=moments.cases,
        judged=number,
        error=error,
        interval=moments.interval_of(total / number, error),
    )
