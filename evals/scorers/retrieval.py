"""Retrieval: whether the passage that answers was found, and at which rank."""

from collections.abc import Iterable, Iterator, Sequence

from evals.measures import Kind, Measure
from evals.scorers.case import JudgedCase
from evals.scores import Outcome, Score

FOUND = Measure("retrieval.hit", Kind.SHARE, "questions for which an expected passage was found", decides=False)
FIRST = Measure("retrieval.hit@1", Kind.SHARE, "questions for which one was found first", decides=False)
RANKED = Measure("retrieval.mrr@5", Kind.SHARE, "mean reciprocal rank of the first one, to rank five", decides=False)
MEASURES = (FOUND, FIRST, RANKED)


def judge(case: JudgedCase) -> Iterator[Score]:
    """Judge the passages shown to the agent in each turn that has something to cite."""
    for judged in case.expectations:
        wanted = judged.expected.cites
        if not wanted:
            continue
        found = judged.turn.retrieved if judged.turn is not None else ()
        rank = rank_of(wanted, found)
        for measure, credit in (
            (FOUND, credit_at(rank, len(found))),
            (FIRST, credit_at(rank, 1)),
            (RANKED, reciprocal(rank, 5)),
        ):
            yield Score(
                measure.name,
                Outcome.HIT if credit else Outcome.MISS,
                credit or 1.0,
                message=judged.message,
                expected=list(wanted),
                actual=list(found),
                why="" if credit else "found none of the expected passages",
                counted=judged.counted,
            )


def rank_of(wanted: Iterable[str], found: Sequence[str]) -> int | None:
    """The rank, from one, of the first passage that is wanted; None if none is."""
    expected = tuple(wanted)
    return next((rank for rank, passage in enumerate(found, start=1) if any_names(expected, passage)), None)


def any_names(wanted: Iterable[str], passage: str) -> bool:
    """Whether a passage, `document#anchor`, is one of those named, by itself or by its document."""
    document = passage.partition("#")[0]
    return any(name in (passage, document) for name in wanted)


def credit_at(rank: int | None, limit: int) -> float:
    """One if the rank is within the limit."""
    return 1.0 if rank is not None and rank <= limit else 0.0


def reciprocal(rank: int | None, limit: int) -> float:
    """One over the rank, if it is within the limit."""
    return 1.0 / rank if rank is not None and rank <= limit else 0.0
