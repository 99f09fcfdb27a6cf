"""Amounts, numbers and days as a playbook's author writes them."""

from datetime import date
from decimal import Decimal

import pytest

from frontdesk.playbook.amounts import read_amount, read_day, read_number
from frontdesk.playbook.conditions import Scalar
from frontdesk.values.types import Money


@pytest.mark.parametrize(
    ("raw", "low", "currency"),
    [
        (3000, 300000, "EUR"),
        (99.5, 9950, "EUR"),
        ("3000 PLN", 300000, "PLN"),
        ("PLN 3,000.50", 300050, "PLN"),
        ("3 000 eur", 300000, "EUR"),
        ("10_000JPY", 10000, "JPY"),
        ("1.5 BHD", 1500, "BHD"),
        ("0", 0, "EUR"),
    ],
)
def test_that_an_amount_is_read_in_minor_units(raw: Scalar, low: int, currency: str) -> None:
    assert read_amount(raw, "EUR") == Money(low, low, currency)


@pytest.mark.parametrize(
    "raw", [True, "", "EUR", "3.000,50 EUR", "3,00 EUR", "PLN 3 EUR", "-5 EUR", "1.5 JPY", 1e300, "5 ZZZ"]
)
def test_that_anything_else_is_refused_with_what_would_be_right(raw: Scalar) -> None:
    with pytest.raises(ValueError, match=r"; write .*for example 3000 "):
        read_amount(raw, "EUR")


@pytest.mark.parametrize(("raw", "number"), [(10, "10"), (1.5, "1.5"), ("7", "7"), ("-2", "-2")])
def test_that_a_number_is_read(raw: Scalar, number: str) -> None:
    assert read_number(raw) == Decimal(number)


@pytest.mark.parametrize("raw", [False, "ten", "nan", float("inf"), ""])
def test_that_what_is_not_a_finite_number_is_refused(raw: Scalar) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        read_number(raw)


def test_that_a_day_is_read() -> None:
    assert read_day("2026-05-01") == date(2026, 5, 1)


@pytest.mark.parametrize("raw", ["May", "2026-02-30", 2026, True, ""])
def test_that_what_is_not_a_day_is_refused(raw: Scalar) -> None:
    with pytest.raises(ValueError, match="is not a day"):
        read_day(raw)
