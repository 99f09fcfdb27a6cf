from datetime import date

import pytest

from frontdesk.values.read import read_values
from frontdesk.values.reading import ReadingContext
from frontdesk.values.types import FieldType, Money


def read(text: str, currency: str | None = "EUR", language: str = "en", region: str = "ES") -> list[tuple[Money, str]]:
    context = ReadingContext(language, date(2026, 3, 16), currency=currency, region=region)
    readings = read_values(text, FieldType.MONEY, context)
    return [(r.value, text[r.start : r.end]) for r in readings if isinstance(r.value, Money)]


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "words"),
    [
        ("$5,000", 5000, 5000, "USD", "$5,000"),
        ("£12.5k", 12500, 12500, "GBP", "£12.5k"),
        ("1.2 million dollars", 1200000, 1200000, "USD", "1.2 million dollars"),
        ("10–15k", 10000, 15000, "EUR", "10–15k"),
        ("between 2 and 3 thousand euros", 2000, 3000, "EUR", "between 2 and 3 thousand euros"),
        ("€10k to €15k", 10000, 15000, "EUR", "€10k to €15k"),
        ("from 500 to 1k", 500, 1000, "EUR", "from 500 to 1k"),
        ("two and a half thousand", 2500, 2500, "EUR", "two and a half thousand"),
        ("half a million", 500000, 500000, "EUR", "half a million"),
        ("$1.5M", 1500000, 1500000, "USD", "$1.5M"),
        ("about 25 grand I think", 25000, 25000, "EUR", "25 grand"),
        ("500 bucks a month", 500, 500, "USD", "500 bucks"),
        ("5.000 €", 5000, 5000, "EUR", "5.000 €"),
        ("2.500,50 euros", 2500.5, 2500.5, "EUR", "2.500,50 euros"),
        ("de mil a dos mil euros", 1000, 2000, "EUR", "de mil a dos mil euros"),
        ("30.000 dólares", 30000, 30000, "USD", "30.000 dólares"),
        ("50 mil pesos", 50000, 50000, "MXN", "50 mil pesos"),
        ("5 000 zł", 5000, 5000, "PLN", "5 000 zł"),
        ("od 2 do 3 tys. zł", 2000, 3000, "PLN", "od 2 do 3 tys. zł"),
        ("2,5 tys", 2500, 2500, "EUR", "2,5 tys"),
        ("trzy i pół tysiąca złotych", 3500, 3500, "PLN", "trzy i pół tysiąca złotych"),
        ("三万五", 35000, 35000, "EUR", "三万五"),
        ("两千块", 2000, 2000, "CNY", "两千块"),
        ("5-6千元", 5000, 6000, "CNY", "5-6千元"),
        ("20w", 200000, 200000, "EUR", "20w"),
        ("5000美金", 5000, 5000, "USD", "5000美金"),
        ("PLN 3000", 3000, 3000, "PLN", "PLN 3000"),
        ("a 5 star hotel for 3000", 3000, 3000, "EUR", "3000"),
        ("4 people, 2k", 2000, 2000, "EUR", "2k"),
        ("not 3000 but 5000", 5000, 5000, "EUR", "5000"),
        ("8000", 8000, 8000, "EUR", "8000"),
    ],
)
def test_that_amounts_are_read(text: str, low: float, high: float, currency: str, words: str) -> None:
    assert read(text) == [(Money(round(low * 100), round(high * 100), currency), words)]


@pytest.mark.parametrize(
    ("text", "context_currency", "language", "currency"),
    [
        ("$100", "EUR", "en", "USD"),
        ("$100", "CAD", "en", "CAD"),
        ("$100", "MXN", "es", "MXN"),
        ("100 dólares", "MXN", "es", "USD"),
        ("100 pesos", "COP", "es", "COP"),
        ("500 koron", "NOK", "pl", "NOK"),
        ("¥100", "EUR", "zh", "CNY"),
        ("¥100", "EUR", "en", "JPY"),
        ("100 rmb", "EUR", "zh", "CNY"),
    ],
)
def test_that_shared_signs_mean_the_business_s_currency_if_they_can(
    text: str, context_currency: str, language: str, currency: str
) -> None:
    ((money, _),) = read(text, context_currency, language)
    assert money.currency == currency


def test_that_minor_units_follow_the_currency() -> None:
    assert read("3000 yen")[0][0] == Money(3000, 3000, "JPY")


def test_that_an_amount_without_any_currency_is_not_invented() -> None:
    assert read("3000", currency=None) == []


@pytest.mark.parametrize(
    "text",
    [
        "5 stars",
        "we are 4 people",
        "300 guests",
        "call me 612 345 678",
        "in 2026",
        "3 months",
        "on May 5",
        "10:30",
        "jane99@example.org",
        "4个人",
        "三个月后",
        "2 kids aged 5 and 7",
        "how much is it?",
    ],
)
def test_that_other_numbers_are_no_budget(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("max 3000", 3000),
        ("up to 20k", 20000),
        ("至少5000元", 5000),
        ("nie więcej niż 500 euro", 500),
        ("máximo 3000", 3000),
        ("不超过两万元", 20000),
        ("3000 or less", 3000),
        ("roughly 3000", 3000),
    ],
)
def test_that_one_bound_is_read_as_its_amount_and_hedged(text: str, amount: int) -> None:
    context = ReadingContext("en", date(2026, 3, 16), currency="EUR")
    (reading,) = read_values(text, FieldType.MONEY, context)
    assert isinstance(reading.value, Money)
    assert (reading.value.low, reading.value.high, reading.hedged) == (amount * 100, amount * 100, True)
