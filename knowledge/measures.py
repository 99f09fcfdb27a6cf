"""How good a search is on questions whose right passages are known: read from JSON lines, judged, summed up. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.explain import Explanation
from knowledge.retrieve import RetrievedPassage

_EXAMPLE = '{"id": 1, "query": "Is breakfast included?", "gold": ["prices.md#family"]}'
DEEPEST = 10
"""Passages looked at for the right one."""


class JudgedQuery(BaseModel):
    """A question, and what answers it: ids of passages or documents, citations such as `prices.md#family`, or names of
    documents; nothing when no passage does. `language` is that of who asks."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str | int
    query: str
    gold: list[str]
    language: str | None = None


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no judged query, counted from 1, and what is wrong with it."""

    number: int
    problem: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one query. `rank` is that of the first right passage, None if there is none among the first."""

    id: str | int
    answerable: bool
    rank: int | None
    answered: bool
    confidence: float
    first: str | None
    """The citation of the first passage."""


@dataclass(frozen=True, slots=True)
class Measures:
    """All outcomes in a few figures; a rate of nothing is None.

    `right_answers` are the answerable queries that got an answer, and the right one; `wrong_answers` the unanswerable
    ones that got any.
    """

    answerable: int
    unanswerable: int
    recall_at_1: float | None
    recall_at_3: float | None
    mrr: float | None
    right_answers: float | None
    wrong_answers: float | None


def read_queries(lines: Iterable[str]) -> tuple[list[JudgedQuery], list[BadLine]]:
    """Read one query a line; empty lines are passed over."""
    queries, bad = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            queries.append(JudgedQuery.model_validate_json(line))
        except ValidationError as error:
            bad.append(BadLine(number, _problem(error)))
    return queries, bad


def judge_query(query: JudgedQuery, found: Explanation) -> Outcome:
    """Compare what a search found with what is right."""
    gold = set(query.gold)
    ranks = (each.rank for each in found.passages[:DEEPEST] if not gold.isdisjoint(_names(each.passage)))
    return Outcome(
        id=query.id,
        answerable=bool(gold),
        rank=next(ranks, None),
        answered=found.answers,
        confidence=found.confidence,
        first=found.passages[0].passage.citation if found.passages else None,
    )


def measure(outcomes: Sequence[Outcome]) -> Measures:
    """Sum up."""
    answerable = [outcome for outcome in outcomes if outcome.answerable]
    unanswerable = [outcome for outcome in outcomes if not outcome.answerable]
    return Measures(
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        recall_at_1=_mean(outcome.rank == 1 for outcome in answerable),
        recall_at_3=_mean(outcome.rank is not None and outcome.rank <= 3 for outcome in answerable),
        mrr=_mean(1 / outcome.rank if outcome.rank else 0.0 for outcome in answerable),
        right_answers=_mean(outcome.answered and outcome.rank == 1 for outcome in answerable),
        wrong_answers=_mean(outcome.answered for outcome in unanswerable),
    )


def _names(passage: RetrievedPassage) -> tuple[str, ...]:
    return str(passage.passage_id), str(passage.document_id), passage.citation, passage.document


def _mean(values: Iterable[float]) -> float | None:
    known = list(values)
    return sum(known) / len(known) if known else None


def _problem(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    if first["type"] == "json_invalid":
        return "this is not JSON"
    key = str(first["loc"][0]) if first["loc"] else None
    if key is None:
        return f"this is not an object such as {_EXAMPLE}"
    return f"`{key}` is missing" if first["type"] == "missing" else f"`{key}` is not right; write it as in {_EXAMPLE}"
