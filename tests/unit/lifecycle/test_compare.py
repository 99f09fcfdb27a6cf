"""Comparing what a contact said with what a playbook states."""

from datetime import date
from decimal import Decimal

import pytest

from frontdesk.lifecycle.compare import compare
from frontdesk.lifecycle.verdict import Truth
from frontdesk.playbook.conditions import FieldIs, Scalar
from frontdesk.values.types import Money, Quantity, Timeframe, Value

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
BOUNDS = ("at_least", "above", "at_most", "below")


def number(low: int | str, high: int | str | None = None) -> Quantity:
    return Quantity(Decimal(low), Decimal(low if high is None else high))


def euros(low: int, high: int | None = None) -> Money:
    return Money(low * 100, (low if high is None else high) * 100, "EUR")


def days(start: str, end: str | None = None) -> Timeframe:
    return Timeframe(date.fromisoformat(start), date.fromisoformat(end or start))


def truth(value: Value, **comparison: object) -> Truth:
    return compare(FieldIs.model_validate({"field": "it", **comparison}), value, "EUR")[0]


@pytest.mark.parametrize(
    ("value", "bound", "at_least", "above", "at_most", "below"),
    [
        (number(10), 10, TRUE, FALSE, TRUE, FALSE),
        (number("9.5"), 10, FALSE, FALSE, TRUE, TRUE),
        (number(11), 10, TRUE, TRUE, FALSE, FALSE),
        (number(8, 10), 10, UNKNOWN, FALSE, TRUE, UNKNOWN),
        (number(10, 12), 10, TRUE, UNKNOWN, UNKNOWN, FALSE),
        (number(8, 12), 10, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (number(-3), "-3.0", TRUE, FALSE, TRUE, FALSE),
        (euros(3000), "3000 EUR", TRUE, FALSE, TRUE, FALSE),
        (euros(3000), 2999.99, TRUE, TRUE, FALSE, FALSE),
        (euros(2000, 4000), 3000, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (euros(3000, 4000), "3,000", TRUE, UNKNOWN, UNKNOWN, FALSE),
        (Money(300_000, 300_000, "PLN"), "3000 EUR", UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (Money(300_000, 300_000, "PLN"), 3000, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (Money(5000, 5000, "JPY"), "JPY 5000", TRUE, FALSE, TRUE, FALSE),
        (days("2026-05-01"), "2026-05-01", TRUE, FALSE, TRUE, FALSE),
        (days("2026-05-01", "2026-05-31"), "2026-05-15", UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (days("2026-05-01", "2026-05-31"), "2026-06-01", FALSE, FALSE, TRUE, TRUE),
        (days("2026-05-01", "2026-05-31"), "2026-05-31", UNKNOWN, FALSE, TRUE, UNKNOWN),
        (number(10), "many", UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (days("2026-05-01"), 20260501, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        ("Rome", 10, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (True, 1, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_that_a_bound_is_judged_by_both_ends_of_a_value(
    value: Value, bound: Scalar, at_least: Truth, above: Truth, at_most: Truth, below: Truth
) -> None:
    judged = {name: truth(value, **{name: bound}) for name in BOUNDS}
    assert judged == {"at_least": at_least, "above": above, "at_most": at_most, "below": below}


@pytest.mark.parametrize(
    ("value", "wanted", "expected"),
    [
        ("family", "Family", TRUE),
        ("family", "group", FALSE),
        (True, True, TRUE),
        (False, True, FALSE),
        (True, "True", FALSE),
        ("true", True, FALSE),
        (("rome", "crete"), "Crete", TRUE),
        (("rome", "crete"), "lisbon", FALSE),
        (number(10), 10, TRUE),
        (number("10.0"), "10", TRUE),
        (number(8, 12), 10, UNKNOWN),
        (number(8, 9), 10, FALSE),
        (number(10), True, UNKNOWN),
        (number(10), "ten", UNKNOWN),
        (euros(3000), "3,000 EUR", TRUE),
        (euros(3000), "3000 USD", UNKNOWN),
        (days("2026-05-01"), "2026-05-01", TRUE),
        (days("2026-05-01", "2026-05-03"), "2026-05-02", UNKNOWN),
        (days("2026-05-01", "2026-05-03"), "2026-05-04", FALSE),
    ],
)
def test_that_equality_is_of_values_not_of_spelling(value: Value, wanted: Scalar, expected: Truth) -> None:
    assert truth(value, equals=wanted) is expected


@pytest.mark.parametrize(
    ("value", "options", "expected"),
    [
        ("rome", ["Crete", "Rome"], TRUE),
        ("rome", ["crete", "lisbon"], FALSE),
        (number(8, 12), [5, 10], UNKNOWN),
        (number(8, 12), [5, 20], FALSE),
        (euros(3000), ["3000 PLN", 3000], TRUE),
        (euros(3000), ["3000 PLN", 4000], UNKNOWN),
    ],
)
def test_that_one_of_is_any_equality(value: Value, options: list[Scalar], expected: Truth) -> None:
    assert truth(value, one_of=options) is expected


@pytest.mark.parametrize("value", ["", False, (), number(0), euros(0)])
def test_that_any_answer_at_all_satisfies_a_condition_without_comparison(value: Value) -> None:
    assert truth(value) is TRUE


@pytest.mark.parametrize(
    ("comparison", "words"),
    [
        ({"at_least": 10}, "is at least 10"),
        ({"equals": 10}, "equals 10"),
        ({"one_of": [10, 11]}, "is one of 10, 11"),
        ({}, "is answered"),
        ({"above": "many"}, "cannot be compared with many"),
    ],
)
def test_that_the_reason_is_in_words(comparison: dict[str, object], words: str) -> None:
    assert compare(FieldIs.model_validate({"field": "it", **comparison}), number(10), "EUR")[1] == words
