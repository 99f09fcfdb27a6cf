"""Conditions on recorded facts: what holds, what is unknown, by which words; and what is still to be asked."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from pydantic import TypeAdapter

from frontdesk.evidence.types import Evidence
from frontdesk.lifecycle.evaluate import disqualified, evaluate, missing_fields, qualified
from frontdesk.lifecycle.facts import AnswerFact, Facts
from frontdesk.lifecycle.verdict import Truth, Verdict
from frontdesk.playbook.conditions import Condition
from frontdesk.playbook.models import Playbook
from frontdesk.values.types import Money, Quantity, Value

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)

SHOP = Playbook.model_validate(
    {
        "business": {"name": "Reed Boats", "currency": "PLN"},
        "intents": [{"name": "rent"}],
        "fields": [
            {"name": "party", "ask": "How many?", "type": "number", "disqualify_when": {"field": "party", "above": 40}},
            {"name": "budget", "ask": "How much?", "type": "money", "unit": "EUR"},
            {"name": "deposit", "ask": "How much now?", "type": "money", "required": False},
            {"name": "children", "ask": "Children?", "type": "yes_no", "required": False},
            {"name": "ages", "ask": "How old?", "ask_when": {"field": "children", "equals": True}},
        ],
    }
)


def said(words: str) -> Evidence:
    return Evidence(UUID(int=7), 0, len(words), words)


def answer(value: Value | None, words: str = "so") -> AnswerFact:
    return AnswerFact(value, (said(words),))


def people(count: int) -> AnswerFact:
    return answer(Quantity(Decimal(count), Decimal(count)), f"{count} of us")


def judge(raw: object, facts: Facts) -> Verdict:
    return evaluate(CONDITION.validate_python(raw), facts, SHOP)


FACTS = Facts(
    answers={"party": people(10), "budget": answer(Money(300_000, 300_000, "EUR"), "3000"), "ages": answer(None)},
    intents={"rent": (said("rent a boat"),)},
    events=frozenset({"purchase"}),
    stage="New Lead",
    silent_for=timedelta(days=2),
)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"intent": "rent"}, TRUE),
        ({"intent": "refund"}, FALSE),
        ({"event": "purchase"}, TRUE),
        ({"event": "refund"}, FALSE),
        ({"stage": "New Lead"}, TRUE),
        ({"stage": "Hot Lead"}, FALSE),
        ({"silent_for": "2d"}, TRUE),
        ({"silent_for": "49h"}, FALSE),
        ({"field": "party"}, TRUE),
        ({"field": "party", "at_least": 11}, FALSE),
        ({"field": "budget", "at_least": 3000}, TRUE),
        ({"field": "budget", "at_least": "3000 PLN"}, UNKNOWN),
        ({"field": "children"}, UNKNOWN),
        ({"field": "children", "declined": True}, FALSE),
        ({"field": "ages"}, UNKNOWN),
        ({"field": "ages", "declined": True}, TRUE),
        ({"field": "party", "declined": True}, FALSE),
        ({"not": {"field": "children"}}, UNKNOWN),
        ({"not": {"intent": "refund"}}, TRUE),
        ({"all": [{"intent": "rent"}, {"field": "children"}]}, UNKNOWN),
        ({"all": [{"intent": "refund"}, {"field": "children"}]}, FALSE),
        ({"any": [{"intent": "rent"}, {"field": "children"}]}, TRUE),
        ({"any": [{"intent": "refund"}, {"field": "children"}]}, UNKNOWN),
        ({"qualified": False}, FALSE),
        ({"qualified": True}, UNKNOWN),
    ],
)
def test_that_a_condition_is_true_false_or_unknown(condition: object, expected: Truth) -> None:
    assert judge(condition, FACTS).truth is expected


def test_that_nobody_is_silent_while_we_owe_the_answer() -> None:
    assert judge({"silent_for": "1s"}, Facts(silent_for=None)).truth is FALSE


def test_that_bare_amounts_are_in_the_field_s_unit_else_in_the_business_s_currency() -> None:
    zloty = Facts(answers={"budget": answer(Money(1, 1, "PLN")), "deposit": answer(Money(1, 1, "PLN"))})
    assert judge({"field": "budget", "at_least": 0}, zloty).truth is UNKNOWN
    assert judge({"field": "deposit", "at_least": 0}, zloty).truth is TRUE


def test_that_evidence_of_every_part_is_kept() -> None:
    found = judge({"all": [{"intent": "rent"}, {"field": "party", "at_least": 2}, {"event": "purchase"}]}, FACTS)
    assert [item.quote for item in found.evidence] == ["rent a boat", "10 of us"]
    assert found.because == "intent rent seen and party is at least 2 and event purchase received"


def test_that_a_verdict_names_what_it_does_not_know() -> None:
    assert judge({"all": [{"intent": "rent"}, {"field": "children"}]}, FACTS).because == "children is not known"


def complete(party: int = 10, **more: AnswerFact) -> Facts:
    known = {"party": people(party), "budget": answer(Money(1, 1, "EUR")), "ages": answer("7 and 9")}
    return Facts(answers={**known, **more})


def test_that_a_lead_is_qualified_once_every_required_field_is_answered() -> None:
    verdict = qualified(complete(), SHOP)
    assert verdict.truth is TRUE
    assert [item.quote for item in verdict.evidence] == ["10 of us", "so"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(), UNKNOWN),
        (complete(party=41), FALSE),
        (Facts(answers={"party": people(41)}), FALSE),
        (complete(ages=answer(None)), UNKNOWN),
        (complete(children=answer(None)), TRUE),
        (Facts(answers={name: fact for name, fact in complete().answers.items() if name != "ages"}), UNKNOWN),
    ],
)
def test_that_qualification_waits_for_required_fields_and_ends_with_a_disqualifying_answer(
    facts: Facts, expected: Truth
) -> None:
    assert qualified(facts, SHOP).truth is expected


def test_that_a_required_field_that_became_irrelevant_holds_nobody_up() -> None:
    answers = {**complete().answers, "children": answer(False)}
    del answers["ages"]
    assert qualified(Facts(answers=answers), SHOP).truth is TRUE


def test_that_a_disqualifying_answer_is_the_proof() -> None:
    verdict = disqualified(Facts(answers={"party": people(41)}), SHOP)
    assert verdict == Verdict(TRUE, "party is above 40", (said("41 of us"),))


def test_that_disqualification_is_unknown_while_an_answer_still_could_and_false_where_none_can() -> None:
    plain = Playbook.model_validate({"business": {"name": "x"}, "fields": [{"name": "a", "ask": "a?"}]})
    assert disqualified(Facts(), SHOP).truth is UNKNOWN
    assert disqualified(Facts(), plain).truth is FALSE


def test_that_the_playbook_s_own_rule_decides_but_never_over_a_disqualifying_answer() -> None:
    ruled = SHOP.model_copy(update={"qualified_when": CONDITION.validate_python({"intent": "rent"})})
    assert qualified(Facts(intents={"rent": ()}), ruled).truth is TRUE
    assert qualified(complete(), ruled).truth is FALSE
    assert qualified(Facts(intents={"rent": ()}, answers={"party": people(41)}), ruled).truth is FALSE


def test_that_a_playbook_that_requires_nothing_qualifies_nobody() -> None:
    assert qualified(Facts(), Playbook.model_validate({"business": {"name": "x"}})).truth is UNKNOWN


def test_that_an_optional_question_may_wait_for_qualification() -> None:
    later = Playbook.model_validate(
        {
            "business": {"name": "x"},
            "fields": [
                {"name": "first", "ask": "first?"},
                {"name": "later", "ask": "later?", "required": False, "ask_when": {"qualified": True}},
            ],
        }
    )
    assert qualified(Facts(answers={"first": answer("yes")}), later).truth is TRUE
    assert [field.name for field in missing_fields(Facts(answers={"first": answer("yes")}), later)] == ["later"]


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, ["party", "budget", "deposit", "children"]),
        ({"party": people(3), "budget": answer(None)}, ["deposit", "children"]),
        ({"children": answer(False)}, ["party", "budget", "deposit"]),
        ({"children": answer(True)}, ["party", "budget", "deposit", "ages"]),
        ({"party": people(41)}, []),
    ],
)
def test_that_nothing_known_declined_irrelevant_or_not_yet_relevant_is_asked(
    answers: dict[str, AnswerFact], asked: list[str]
) -> None:
    assert [field.name for field in missing_fields(Facts(answers=answers), SHOP)] == asked
