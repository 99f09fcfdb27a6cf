"""What the offline brain understands of the fields, in four languages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brains.offline.answers import understand
from frontdesk.lifecycle.facts import AnswerFact, Facts
from frontdesk.playbook.texts import StandingText, standing_text
from frontdesk.values.json_form import value_to_json
from frontdesk.values.types import Quantity
from tests.fakes.travel import travel_playbook, travel_view


def read(text: str, language: str, asked: str | None) -> dict[str, object]:
    view = travel_view(text, language=language, asked=asked)
    field = travel_playbook().field(asked) if asked else None
    return {found.field.name: value_to_json(found.value) for found in understand(view, field).answers}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "We'd like to go to Rome in May, we're 4", {"destination": "Rome", "travellers": 4}),
        ("en", "a family of five, budget around 3k EUR", {"travellers": 5}),
        ("es", "Queremos ir a Creta, somos 6", {"destination": "Creta", "travellers": 6}),
        ("pl", "jest nas 4, budżet 5 tys. zł", {"travellers": 4}),
        ("zh", "我们一共4个人", {"travellers": 4}),
    ],
)
def test_that_volunteered_values_fill_their_fields(language: str, text: str, expected: dict[str, object]) -> None:
    found = read(text, language, None)
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("language", "text", "asked", "expected"),
    [
        ("en", "4", "travellers", 4),
        ("pl", "czworo", "travellers", 4),
        ("es", "somos doce", "travellers", 12),
        ("zh", "三个人", "travellers", 3),
        ("en", "about 3000 euros", "budget", {"amount": "3000", "currency": "EUR"}),
        ("pl", "ok. 5 tys. zł", "budget", {"amount": "5000", "currency": "PLN"}),
        ("zh", "预算三万人民币左右", "budget", {"amount": "30000", "currency": "CNY"}),
        ("es", "ana@ejemplo.es", "email", "ana@ejemplo.es"),
        ("en", "2500", "budget", {"amount": "2500", "currency": "EUR"}),
    ],
)
def test_that_the_asked_field_is_read(language: str, text: str, asked: str, expected: object) -> None:
    assert read(text, language, asked)[asked] == expected


@pytest.mark.parametrize(
    ("language", "text", "asked"),
    [
        ("en", "I'd rather not say", "budget"),
        ("pl", "nie chcę podawać maila", "email"),
        ("es", "prefiero no decirlo", "budget"),
        ("zh", "不方便透露", "budget"),
    ],
)
def test_that_a_refusal_is_no_value_and_is_kept(language: str, text: str, asked: str) -> None:
    view = travel_view(text, language=language, asked=asked)
    understood = understand(view, travel_playbook().field(asked))
    assert understood.answers == ()
    assert [(field.name, quote) for field, quote in understood.declined] == [(asked, text)]


@pytest.mark.parametrize(
    ("language", "text", "asked", "refused"),
    [
        ("en", "I won't give you my phone number", "travellers", "phone"),
        ("en", "I'd rather not share my email", "dates", "email"),
        ("en", "I don't know our budget yet", "dates", "budget"),
        ("pl", "nie podam telefonu", "travellers", "phone"),
        ("es", "prefiero no dar mi correo", "dates", "email"),
        ("zh", "手机号码不方便透露", "travellers", "phone"),
        ("en", "I don't know yet", "dates", "dates"),
        ("en", "no idea, just call my phone", "budget", "budget"),
        ("en", "I'd rather not give you my phone", "phone", "phone"),
    ],
)
def test_that_a_refusal_counts_for_what_it_names(language: str, text: str, asked: str, refused: str) -> None:
    view = travel_view(text, language=language, asked=asked)
    understood = understand(view, travel_playbook().field(asked))
    assert [(field.name, quote) for field, quote in understood.declined] == [(refused, text)]


def test_that_a_bare_number_does_not_fill_a_field_that_nobody_asked_for() -> None:
    assert read("see you at 5", "en", None) == {}


def test_that_a_value_out_of_bounds_is_reported_and_not_answered() -> None:
    view = travel_view("900", asked="travellers")
    understood = understand(view, travel_playbook().field("travellers"))
    assert understood.answers == ()
    assert understood.invalid is not None
    assert understood.invalid.name == "travellers"


def test_that_a_correction_replaces_a_known_answer() -> None:
    four = AnswerFact(Quantity(Decimal(4), Decimal(4)))
    facts = Facts(answers={"travellers": four}, stage="New Lead")
    view = travel_view("sorry, actually we are 5 people", asked="budget", facts=facts)
    found = understand(view, travel_playbook().field("budget")).answers
    assert [(one.field.name, value_to_json(one.value)) for one in found] == [("travellers", 5)]


@given(st.text(max_size=300), st.sampled_from(["en", "pl", "es", "zh"]))
def test_that_every_quote_stands_in_the_message(text: str, language: str) -> None:
    view = travel_view(text, language=language, asked="budget")
    understood = understand(view, travel_playbook().field("budget"))
    assert all(found.quote in text for found in understood.answers)
    assert all(quote in text for _, quote in understood.declined)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "actually 5, not 4"),
        ("es", "perdón, somos 5"),
        ("pl", "jednak pięć osób"),
        ("zh", "不是四个人，是五个人"),
    ],
)
def test_that_a_correction_reaches_its_field_after_the_next_question(language: str, text: str) -> None:
    facts = Facts(answers={"travellers": AnswerFact(Quantity(Decimal(4), Decimal(4)))}, stage="New Lead")
    view = travel_view(text, language=language, asked="budget", facts=facts)
    found = {
        each.field.name: value_to_json(each.value)
        for each in understand(view, travel_playbook().field("budget")).answers
    }
    assert found == {"travellers": 5}


@pytest.mark.parametrize("text", ["4", "four", "cuatro", "四"])
def test_that_a_bare_small_number_is_no_budget_but_the_open_count(text: str) -> None:
    assert read(text, "en", "budget") == {"travellers": 4}


def test_that_a_message_of_other_values_names_no_place() -> None:
    assert read("15 000 zł", "pl", "destination") == {"budget": {"amount": "15000", "currency": "PLN"}}


def test_that_a_place_is_volunteered_in_a_question() -> None:
    found = read("how much is a trip to Rome for 4 people in May?", "en", None)
    assert found == {"destination": "Rome", "travellers": 4, "dates": {"from": "2027-05-01", "to": "2027-05-31"}}


def test_that_a_mistyped_address_is_doubted_before_it_is_recorded() -> None:
    understood = understand(travel_view("jane@gmial.com", asked="email"), travel_playbook().field("email"))
    assert understood.answers == ()
    assert understood.doubt is not None
    assert understood.doubt.suggested == "jane@gmail.com"


def test_that_a_refused_field_is_filled_when_its_value_comes_after_all() -> None:
    facts = Facts(answers={"email": AnswerFact(None)}, stage="New Lead")
    view = travel_view("ok then: ola@onet.pl", asked="budget", facts=facts)
    assert [found.field.name for found in understand(view, travel_playbook().field("budget")).answers] == ["email"]


def test_that_a_newer_value_alone_replaces_a_known_one() -> None:
    facts = Facts(answers={"travellers": AnswerFact(Quantity(Decimal(4), Decimal(4)))}, stage="New Lead")
    view = travel_view("six people", asked="destination", facts=facts)
    found = understand(view, travel_playbook().field("destination")).answers
    assert [(each.field.name, value_to_json(each.value)) for each in found] == [("travellers", 6)]


def test_that_a_no_with_another_number_corrects_the_count_though_a_budget_was_asked() -> None:
    facts = Facts(answers={"travellers": AnswerFact(Quantity(Decimal(4), Decimal(4)))})
    view = travel_view("no, 5", asked="budget", facts=facts)
    found = understand(view, travel_playbook().field("budget")).answers
    assert [(one.field.name, value_to_json(one.value)) for one in found] == [("travellers", 5)]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "400 euros each"), ("es", "400 euros por persona"), ("pl", "400 euro na osobę"), ("zh", "每人400欧元")],
)
def test_that_an_amount_for_one_is_not_that_for_the_whole_group(language: str, text: str) -> None:
    assert read(text, language, "budget") == {}


@pytest.mark.parametrize("text", ["hmm", "well...", "so", "and you're open on Saturday, aren't you?"])
def test_that_a_filler_or_a_remark_is_no_place(text: str) -> None:
    assert read(text, "en", "destination") == {}


def test_that_a_wish_for_a_person_counts_nobody() -> None:
    assert read("quiero hablar con una persona", "es", None) == {}


def test_that_what_is_said_beside_a_no_to_a_person_is_read() -> None:
    offer = standing_text(travel_playbook(), StandingText.UNKNOWN_ANSWER, "en")
    view = travel_view("no thanks. 4 people, to Rome", asked_text=offer)
    found = {one.field.name: value_to_json(one.value) for one in understand(view, None).answers}
    assert found == {"travellers": 4, "destination": "Rome"}


@pytest.mark.parametrize(("text", "known"), [("budget 20k", "budget"), ("up to 8 thousand", "budget")])
def test_that_a_round_amount_counts_no_people(text: str, known: str) -> None:
    assert list(read(text, "en", None)) == [known]
