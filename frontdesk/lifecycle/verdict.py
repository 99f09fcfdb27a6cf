"""The three-valued outcome of a condition, with its reason and the words that prove it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from frontdesk.evidence.types import Evidence


class Truth(StrEnum):
    """Unknown is not false: it may become true without anything being taken back."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a condition came to, and why."""

    truth: Truth
    because: str
    evidence: tuple[Evidence, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the condition is known to be true."""
        return self.truth is Truth.TRUE

    @property
    def fails(self) -> bool:
        """Whether the condition is known to be false."""
        return self.truth is Truth.FALSE


def negation(verdict: Verdict) -> Verdict:
    """Swap true and false; unknown stays unknown."""
    swapped = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}
    return Verdict(swapped[verdict.truth], f"not ({verdict.because})", verdict.evidence)


def conjunction(verdicts: Iterable[Verdict]) -> Verdict:
    """False if any part is false, else unknown if any part is unknown, else true."""
    return _join(tuple(verdicts), decisive=Truth.FALSE, otherwise=Truth.TRUE, word="and")


def disjunction(verdicts: Iterable[Verdict]) -> Verdict:
    """True if any part is true, else unknown if any part is unknown, else false."""
    return _join(tuple(verdicts), decisive=Truth.TRUE, otherwise=Truth.FALSE, word="or")


def _join(parts: tuple[Verdict, ...], *, decisive: Truth, otherwise: Truth, word: str) -> Verdict:
    for truth in (decisive, Truth.UNKNOWN):
        found = [part for part in parts if part.truth is truth]
        if found:
            return _merged(truth, found[:1] if truth is decisive else found, word)
    return _merged(otherwise, list(parts), word)


def _merged(truth: Truth, parts: list[Verdict], word: str) -> Verdict:
    evidence = tuple(dict.fromkeys(item for part in parts for item in part.evidence))
    return Verdict(truth, f" {word} ".join(part.because for part in parts), evidence)
