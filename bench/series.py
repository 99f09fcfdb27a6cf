"""Figures of several rounds, and how to sum them up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bench.stage import System


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the others does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@dataclass(frozen=True, slots=True)
class Series:
    """One figure of each system, round by round."""

    rounds: Mapping[System, Sequence[float]]

    def median(self, system: System) -> float:
        """The middle one of the rounds."""
        return median(self.rounds[system])

    def ratio(self, system: System, to: System = System.FLOOR) -> float:
        """The middle one of the rounds' quotients: both sides of each were measured right after one another."""
        return median(a / b for a, b in zip(self.rounds[system], self.rounds[to], strict=True))
