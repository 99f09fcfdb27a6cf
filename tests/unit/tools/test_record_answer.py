from datetime import date
from decimal import Decimal

import pytest

from frontdesk.conversations.model import Author
from frontdesk.lifecycle.facts import AnswerFact, Facts
from frontdesk.values.types import Money, Quantity, Timeframe, Value
from tests.fakes.tool_scope import called, said, words


@pytest.mark.parametrize(
    ("field", "value", "text", "quote", "recorded"),
    [
        ("party", "4", "there are four of us", "four of us", Quantity(Decimal(4), Decimal(4))),
        ("budget", "300 EUR", "at most 300 euros", "300 euros", Money(30000, 30000, "EUR")),
        ("budget", '{"amount": "300", "currency": "EUR"}', "300€ in all", "300€", Money(30000, 30000, "EUR")),
        ("budget", "1200 PLN", "około 1200 zł", "1200 zł", Money(120000, 120000, "PLN")),
        ("day", "2026-06-12", "on 12 June", "12 June", Timeframe(date(2026, 6, 12), date(2026, 6, 12))),
        ("day", "2026-06", "in June", "June", Timeframe(date(2026, 6, 1), date(2026, 6, 30))),
        ("email", "ana@reed.example", "Write to Ana@Reed.example!", "Ana@Reed.example", "Ana@reed.example"),
        ("phone", "+48600123456", "600 123 456", "600 123 456", "+48600123456"),
        ("boat", "kayak", "a Kayak, please", "Kayak", "kayak"),
        ("extras", '["tent", "guide"]', "a guide and a tent", "a guide and a tent", ("tent", "guide")),
        ("swims", "true", "yes, all of us", "yes, all of us", True),
        ("start", "Mikołajki", "we start in Mikołajki", "in Mikołajki", "Mikołajki"),
        ("code", "AB12", "AB12", "AB12", "AB12"),
        ("party", "3", "我们三个人", "三个人", Quantity(Decimal(3), Decimal(3))),
        ("party", "12", "somos doce", "somos doce", Quantity(Decimal(12), Decimal(12))),
    ],
)
async def test_that_what_the_quote_says_is_recorded(
    field: str, value: str, text: str, quote: str, recorded: Value
) -> None:
    context = said(text)
    result = await called(context, "record_answer", field=field, value=value, quote=quote)
    assert result.accepted, result.message
    assert context.draft.answers == {field: AnswerFact(recorded, (words(text, quote),))}


@pytest.mark.parametrize(
    ("field", "value", "quote", "why"),
    [
        ("party", "4", "five of us", "never wrote"),
        ("party", "4", "How many are you?", "never wrote"),
        ("party", "4", "", "never wrote"),
        ("party", "300", "300 EUR", "do not say"),
        ("party", "5", "4 people", "do not say"),
        ("party", "many", "4 people", "not a value"),
        ("party", "NaN", "4 people", "not a value"),
        ("budget", "300 PLN", "300 EUR", "do not say"),
        ("budget", "3000 EUR", "300 EUR", "do not say"),
        ("budget", "4 EUR", "4 people", "do not say"),
        ("boat", "yacht", "4 people", "not a value"),
        ("boat", "canoe", "4 people", "do not say"),
        ("email", "ana@reed.example", "4 people", "do not say"),
        ("start", "Warsaw", "in June", "do not say"),
        ("colour", "red", "4 people", "no field"),
    ],
)
async def test_that_what_the_quote_does_not_say_is_refused(field: str, value: str, quote: str, why: str) -> None:
    context = said("We are 4 people, 300 EUR, in June", history=((Author.AGENT, "How many are you? five of us"),))
    result = await called(context, "record_answer", field=field, value=value, quote=quote)
    assert not result.accepted
    assert why in result.message
    assert context.draft.answers == {}


@pytest.mark.parametrize(
    ("field", "value", "text", "why"),
    [
        ("party", "13", "13 people", "above the most possible, 12"),
        ("party", "0", "0 people", "below the least possible, 1"),
        ("code", "AB123", "AB123", "not of the expected form"),
    ],
)
async def test_that_a_value_out_of_bounds_is_refused_with_the_bound(
    field: str, value: str, text: str, why: str
) -> None:
    context = said(text)
    result = await called(context, "record_answer", field=field, value=value, quote=text)
    assert not result.accepted
    assert why in result.message
    assert context.draft.answers == {}


async def test_that_a_correction_replaces_the_answer() -> None:
    old = AnswerFact(Quantity(Decimal(4), Decimal(4)))
    context = said("Sorry, 5 of us", facts=Facts(answers={"party": old}))
    assert (await called(context, "record_answer", field="party", value="5", quote="5 of us")).accepted
    assert context.draft.answers["party"].value == Quantity(Decimal(5), Decimal(5))


async def test_that_a_repeated_answer_changes_nothing() -> None:
    known = AnswerFact(Quantity(Decimal(4), Decimal(4)))
    context = said("4 of us, as I said", facts=Facts(answers={"party": known}))
    assert (await called(context, "record_answer", field="party", value="4", quote="4 of us")).accepted
    assert context.draft.answers == {}
