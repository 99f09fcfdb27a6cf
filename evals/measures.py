"""From counts to figures: what is measured, and the metrics that each measure gives.

Every metric is a ratio of two weighted sums of counts, so that counts of conversations may be added up in any order,
and resampled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from evals.scores import Outcome, Score


class Counts(NamedTuple):
    """The outcomes of one measure in one conversation, or in many."""

    hit: float = 0.0
    false_alarm: float = 0.0
    miss: float = 0.0
    wrong: float = 0.0
    rest: float = 0.0
    total: float = 0.0
    """Sum of the numbers measured."""
    numbers: float = 0.0
    """How many numbers were measured."""

    def plus(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts._make(map(float.__add__, self, other))

    @property
    def judged(self) -> float:
        """How many judgements these are."""
        return self.hit + self.false_alarm + self.miss + self.wrong + self.rest + self.numbers


NOTHING = Counts()
_ONE = {outcome: NOTHING._replace(**{outcome.value: 1.0}) for outcome in Outcome}


def counts_of(score: Score) -> Counts:
    """The counts of one score; what a hit lacks to full credit is wrong."""
    match score.outcome:
        case None:
            return Counts(total=float(score.value), numbers=1.0)
        case Outcome.HIT:
            return Counts(hit=float(score.value), wrong=1.0 - score.value)
        case outcome:
            return _ONE[outcome]


class Kind(StrEnum):
    """What a measure's counts are read as."""

    DETECTION = "detection"
    """Precision, recall, F1 and accuracy, over all judgements (micro)."""
    SHARE = "share"
    """The share that is right."""
    RATE = "rate"
    """The share that is wrong."""
    AMOUNT = "amount"
    """The mean of numbers."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that scorers judge or measure."""

    name: str
    kind: Kind
    about: str
    """One line for a report."""
    decides: bool = True
    """Whether a conversation passes only if all its judgements of this are right."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure: sum(counts * numerator) / sum(counts * denominator)."""

    name: str
    measure: str
    numerator: Counts
    denominator: Counts
    higher_is_better: bool
    is_proportion: bool = True

    def parts_of(self, counts: Sequence[float]) -> tuple[float, float]:
        """The numerator and the denominator for these counts."""
        return _weighted(self.numerator, counts), _weighted(self.denominator, counts)


def _weighted(weights: Sequence[float], counts: Sequence[float]) -> float:
    return sum(map(float.__mul__, weights, counts))


_JUDGED = Counts(1.0, 1.0, 1.0, 1.0, 1.0)
_RIGHT = Counts(hit=1.0, rest=1.0)
_DETECTION = {
    "precision": (Counts(hit=1.0), Counts(hit=1.0, false_alarm=1.0, wrong=1.0)),
    "recall": (Counts(hit=1.0), Counts(hit=1.0, miss=1.0, wrong=1.0)),
    "f1": (Counts(hit=2.0), Counts(hit=2.0, false_alarm=1.0, miss=1.0, wrong=2.0)),
    "accuracy": (_RIGHT, _JUDGED),
}


def metrics_of(measure: Measure) -> tuple[Metric, ...]:
    """The metrics that a measure gives."""
    name = measure.name
    match measure.kind:
        case Kind.DETECTION:
            return tuple(Metric(f"{name}.{part}", name, *ratio, True) for part, ratio in _DETECTION.items())
        case Kind.SHARE:
            return (Metric(name, name, _RIGHT, _JUDGED, higher_is_better=True),)
        case Kind.RATE:
            wrong = Counts(false_alarm=1.0, miss=1.0, wrong=1.0)
            return (Metric(name, name, wrong, _JUDGED, higher_is_better=False),)
        case Kind.AMOUNT:
            mean = Counts(total=1.0), Counts(numbers=1.0)
            return (Metric(name, name, *mean, higher_is_better=False, is_proportion=False),)
