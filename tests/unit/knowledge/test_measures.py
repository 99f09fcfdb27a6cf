"""Judged queries: read, compared with what was found, summed up."""

import json
from dataclasses import replace
from uuid import UUID

import pytest

from knowledge.explain import Explanation, FoundPassage, LegPlace
from knowledge.measures import JudgedQuery, Measures, Outcome, judge_query, measure, read_queries
from tests.fakes.views import passage


def line(**values: object) -> str:
    return json.dumps({"id": 1, "query": "q", "gold": [], **values})


def found(*numbers: int, confidence: float = 0.95) -> Explanation:
    passages = tuple(
        FoundPassage(rank, replace(passage("text", number), anchor=f"a{number}"), LegPlace(rank, 0.5), None, None)
        for rank, number in enumerate(numbers, 1)
    )
    return Explanation("q", "m", passages, confidence, None)


def test_that_a_query_a_line_is_read() -> None:
    lines = [line(), "", line(id="b", gold=["a.md"], language="pl", note="ignored")]
    queries, bad = read_queries(lines)
    assert queries == [
        JudgedQuery(id=1, query="q", gold=[]),
        JudgedQuery(id="b", query="q", gold=["a.md"], language="pl"),
    ]
    assert bad == []


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("{", "not JSON"),
        ("[]", "object"),
        ('"q"', "object"),
        (line(gold="a.md"), "gold"),
        (line(gold=None), "gold"),
        (line(query=None), "query"),
        (json.dumps({"id": 1, "query": "q"}), "`gold` is missing"),
    ],
)
def test_that_a_bad_line_is_named_and_the_rest_is_read(written: str, problem: str) -> None:
    queries, [bad] = read_queries([line(), "", written, line()])
    assert len(queries) == 2
    assert bad.number == 3
    assert problem in bad.problem


@pytest.mark.parametrize(
    ("gold", "rank"),
    [
        ([str(UUID(int=2))], 2),
        ([str(UUID(int=900))], 1),
        (["prices.md#a3"], 3),
        (["prices.md"], 1),
        (["prices.md#a9", "prices.md#a2"], 2),
        (["else.md"], None),
    ],
)
def test_that_the_right_passage_may_be_named_in_any_way(gold: list[str], rank: int | None) -> None:
    outcome = judge_query(JudgedQuery(id=1, query="q", gold=gold), found(1, 2, 3))
    assert (outcome.rank, outcome.answerable, outcome.answered, outcome.first) == (rank, True, True, "prices.md#a1")


def test_that_nothing_found_is_no_answer() -> None:
    outcome = judge_query(JudgedQuery(id=1, query="q", gold=[]), found(confidence=0.0))
    assert outcome == Outcome(1, False, None, False, 0.0, None)


def outcome(rank: int | None, *, answered: bool, answerable: bool = True) -> Outcome:
    return Outcome("x", answerable, rank, answered, 0.5, None)


def test_that_outcomes_are_summed_up() -> None:
    outcomes = [
        outcome(1, answered=True),
        outcome(1, answered=False),
        outcome(2, answered=True),
        outcome(None, answered=True),
        outcome(None, answered=True, answerable=False),
        outcome(None, answered=False, answerable=False),
    ]
    assert measure(outcomes) == Measures(
        answerable=4,
        unanswerable=2,
        recall_at_1=0.5,
        recall_at_3=0.75,
        mrr=0.625,
        right_answers=0.25,
        wrong_answers=0.5,
    )


def test_that_a_rate_of_nothing_is_none() -> None:
    assert measure([]) == Measures(0, 0, None, None, None, None, None)
