from datetime import date
from decimal import Decimal

import pytest

from frontdesk.values.agree import agrees
from frontdesk.values.json_form import JsonValue, ValueUnreadableError
from frontdesk.values.reading import Option, ReadingContext
from frontdesk.values.stated import stated_value
from frontdesk.values.types import FieldType, Money, Quantity, Timeframe, Value

CONTEXT = ReadingContext(
    "en",
    date(2026, 3, 16),
    currency="EUR",
    region="PL",
    options=(Option("starter", ("Starter", "入门版")), Option("pro", ("Pro", "Professional"))),
)
MAY = Timeframe(date(2026, 5, 1), date(2026, 5, 31))
FOUR = Quantity(Decimal(4), Decimal(4))


@pytest.mark.parametrize(
    ("raw", "kind", "value"),
    [
        (4, FieldType.NUMBER, FOUR),
        ("four", FieldType.NUMBER, FOUR),
        ("2 adults and 2 kids", FieldType.NUMBER, FOUR),
        ("3000 EUR", FieldType.MONEY, Money(300000, 300000, "EUR")),
        (3000, FieldType.MONEY, Money(300000, 300000, "EUR")),
        ("3000", FieldType.MONEY, Money(300000, 300000, "EUR")),
        ({"amount": 3000, "currency": "usd"}, FieldType.MONEY, Money(300000, 300000, "USD")),
        ({"min": 2000, "max": 3000}, FieldType.MONEY, Money(200000, 300000, "EUR")),
        ("next May", FieldType.TIMEFRAME, MAY),
        ("2026-05", FieldType.TIMEFRAME, MAY),
        ("2026-05-01/2026-05-31", FieldType.TIMEFRAME, MAY),
        ({"from": "2026-05-01", "to": "2026-05-31"}, FieldType.TIMEFRAME, MAY),
        (True, FieldType.YES_NO, True),
        ("tak", FieldType.YES_NO, True),
        ("no", FieldType.YES_NO, False),
        ("Professional", FieldType.CHOICE, "pro"),
        ("入门版", FieldType.CHOICE, "starter"),
        (["Pro", "starter"], FieldType.MULTI_CHOICE, ("starter", "pro")),
        ("pro", FieldType.MULTI_CHOICE, ("pro",)),
        (" Jane@Example.ORG ", FieldType.EMAIL, "Jane@example.org"),
        ("601 234 567", FieldType.PHONE, "+48601234567"),
        (" Kraków ", FieldType.PLACE, "Kraków"),
    ],
)
def test_that_what_is_stated_is_read_leniently(raw: JsonValue, kind: FieldType, value: Value) -> None:
    assert stated_value(raw, kind, CONTEXT) == value


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("many", FieldType.NUMBER),
        ("3 or maybe later 7", FieldType.NUMBER),
        (None, FieldType.MONEY),
        ("enterprise", FieldType.CHOICE),
        ("starter or pro", FieldType.CHOICE),
        (["pro", "gold"], FieldType.MULTI_CHOICE),
        ("jane", FieldType.EMAIL),
        ("12", FieldType.PHONE),
        ("soonish", FieldType.TIMEFRAME),
        ("2026-13", FieldType.TIMEFRAME),
        ("maybe", FieldType.YES_NO),
        ("", FieldType.PLACE),
        ({"a": 1}, FieldType.TEXT),
    ],
)
def test_that_what_states_no_single_value_is_refused_with_what_would_be_right(raw: JsonValue, kind: FieldType) -> None:
    with pytest.raises(ValueUnreadableError, match="write"):
        stated_value(raw, kind, CONTEXT)


@pytest.mark.parametrize(
    ("stated", "reading", "kind", "agree"),
    [
        (FOUR, Quantity(Decimal("4.0"), Decimal("4.0")), FieldType.NUMBER, True),
        (FOUR, Quantity(Decimal(4), Decimal(5)), FieldType.NUMBER, False),
        (Money(300000, 300000, "EUR"), Money(300000, 300000, "USD"), FieldType.MONEY, False),
        (MAY, MAY, FieldType.TIMEFRAME, True),
        (True, False, FieldType.YES_NO, False),
        ("Ana@example.org", "ana@example.org", FieldType.EMAIL, True),
        (("a", "b"), ("b", "a"), FieldType.MULTI_CHOICE, True),
        ("pro", "starter", FieldType.CHOICE, False),
        ("Lisbon", "lisbon, Portugal", FieldType.PLACE, True),
        ("Lisbon, Portugal", "Lisbon", FieldType.PLACE, False),
        ("Warszawa", "Warszawy", FieldType.PLACE, True),
        ("Kraków", "Krakowie", FieldType.PLACE, True),
        ("Austria", "Australia", FieldType.PLACE, False),
        ("Rome", "Romania", FieldType.PLACE, False),
        ("日本", "日本东京", FieldType.PLACE, True),
        ("Globex", "Globex Corporation", FieldType.COMPANY, True),
        ("Glob", "Globex", FieldType.COMPANY, False),
        (FOUR, "4", FieldType.NUMBER, False),
    ],
)
def test_that_a_stated_value_agrees_only_with_what_was_said(
    stated: Value, reading: Value, kind: FieldType, agree: bool
) -> None:
    assert agrees(stated, reading, kind) is agree
