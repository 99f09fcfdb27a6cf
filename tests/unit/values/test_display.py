from datetime import date
from decimal import Decimal

import pytest

from frontdesk.values.display import display
from frontdesk.values.types import Money, Quantity, Timeframe, Value


@pytest.mark.parametrize(
    ("value", "language", "shown"),
    [
        (Money(300000, 300000, "EUR"), "en", "€3,000"),
        (Money(300050, 300050, "EUR"), "en", "€3,000.50"),
        (Money(300000, 500000, "EUR"), "es", "3.000\xa0€ – 5.000\xa0€"),
        (Money(300000, 300000, "PLN"), "pl", "3\xa0000\xa0zł"),
        (Money(3000, 3000, "JPY"), "en", "¥3,000"),
        (Timeframe(date(2026, 5, 1), date(2026, 5, 31)), "en", "May 2026"),
        (Timeframe(date(2026, 2, 1), date(2026, 2, 28)), "es", "febrero de 2026"),
        (Timeframe(date(2026, 12, 1), date(2026, 12, 31)), "zh", "2026年12月"),
        (Timeframe(date(2026, 5, 4), date(2026, 5, 4)), "pl", "4 maja 2026"),
        (Quantity(Decimal(2500), Decimal(2500)), "en", "2,500"),
        (Quantity(Decimal(3), Decimal(5)), "en", "3 – 5"),
        (True, "pl", "tak"),
        (False, "zh", "否"),
        (("a", "b"), "es", "a y b"),
        ("Kraków", "pl", "Kraków"),
        (True, "tlh", "yes"),
    ],
)
def test_that_values_are_shown_as_people_write_them(value: Value, language: str, shown: str) -> None:
    assert display(value, language) == shown
