from decimal import Decimal

import pytest

from agent.prices import Price, misquoted, prices_in

TABLE = "| Trip | Price (EUR) |\n| Rome | 690 |"


@pytest.mark.parametrize(
    ("text", "language", "prices"),
    [
        ("€300", "en", {Price(Decimal(300), "EUR")}),
        ("1 290 zł", "pl", {Price(Decimal(1290), "PLN")}),
        ("tres mil euros", "es", {Price(Decimal(3000), "EUR")}),
        ("三百欧元", "zh", {Price(Decimal(300), "EUR")}),
        ("from 1200 to 1500 EUR", "en", {Price(Decimal(1200), "EUR"), Price(Decimal(1500), "EUR")}),
        ("4 people, 10 ft, 10 real people", "en", set()),
    ],
)
def test_that_amounts_with_a_currency_are_read(text: str, language: str, prices: set[Price]) -> None:
    assert prices_in(text, language, "EUR") == prices


@pytest.mark.parametrize(
    ("reply", "source", "language"),
    [
        ("It costs €300.", "It costs 300 EUR.", "en"),
        ("It costs €300.", "It costs 300 euros.", "en"),
        ("Kosztuje 300,00 zł", "300 PLN", "pl"),
        ("Cuesta 1.290 €", "1 290 EUR", "es"),
        ("价格300欧元", "300 EUR", "zh"),
        ("EUR 1,200 to 1,500", "1200–1500 EUR", "en"),
        ("Rome costs 690 EUR.", TABLE, "en"),
        ("690 EUR", "690 for adults", "en"),
        ("three hundred euros", "| Canoe (EUR) | 300 |", "en"),
        ("690 zł", f"{TABLE}\nYou may also pay in złoty.", "en"),
    ],
)
def test_that_the_same_price_in_another_notation_is_no_misquote(reply: str, source: str, language: str) -> None:
    assert misquoted(reply, (source,), language, "EUR") == frozenset()


@pytest.mark.parametrize(
    ("reply", "source", "wrong"),
    [
        ("It costs 300 PLN.", "It costs 300 EUR.", {"300 PLN"}),
        ("It costs 300 EUR.", "It costs 300 PLN.", {"300 EUR"}),
        ("It costs $300.", "It costs €300.", {"300 USD"}),
        ("690 zł", TABLE, {"690 PLN"}),
        ("300元", "300 EUR", {"300 CNY"}),
        ("three hundred euros", "It costs 30 EUR.", {"300 EUR"}),
    ],
)
def test_that_another_currency_is_a_misquote(reply: str, source: str, wrong: set[str]) -> None:
    assert misquoted(reply, (source,), "en", "EUR") == wrong


def test_that_a_shared_sign_is_the_businesss_own_currency() -> None:
    assert misquoted("It costs $300.", ("It costs 300 CAD.",), "en", "CAD") == frozenset()
    assert misquoted("It costs $300.", ("It costs 300 CAD.",), "en", "USD") == {"300 USD"}
