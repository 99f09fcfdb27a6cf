"""Values as people read them, in the language they read."""

from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from frontdesk.language.locales import locale_of
from frontdesk.values.currencies import minor_units
from frontdesk.values.types import Money, Quantity, Timeframe, Value

_YES_NO = {"en": ("yes", "no"), "es": ("sí", "no"), "pl": ("tak", "nie"), "zh": ("是", "否")}


# What a conversation knows is shown, and looked for in what is said, again with every turn.
@lru_cache(maxsize=1024, typed=True)
def display(value: Value, language: str) -> str:
    """Return a value for people who read `language` (ISO 639-1); English where the language is not known."""
    locale = locale_of(language)
    match value:
        case bool():
            return _YES_NO.get(locale.language, _YES_NO["en"])[0 if value else 1]
        case Quantity(low, high):
            return _range(*(format_decimal(number, locale=locale) for number in (low, high)))
        case Money(low, high, currency):
            return _range(*(_money(amount, currency, locale) for amount in (low, high)))
        case Timeframe(start, end):
            return _days(start, end, locale)
        case tuple():
            return format_list(list(value), locale=locale) if value else ""
        case _:
            return value


def _range(low: str, high: str) -> str:
    return low if low == high else f"{low} – {high}"


def _money(minor: int, currency: str, locale: Locale) -> str:
    amount = Decimal(minor).scaleb(-minor_units(currency))
    whole = amount == amount.to_integral_value()
    return format_currency(amount, currency, locale=locale, currency_digits=not whole, format=_pattern(locale, whole))


def _pattern(locale: Locale, whole: bool) -> str | None:
    """Return the locale's currency pattern without decimals for whole amounts, else its own."""
    return locale.currency_formats["standard"].pattern.replace(".00", "") if whole else None


def _days(start: date, end: date, locale: Locale) -> str:
    if start == end:
        return format_date(start, "long", locale=locale)
    if start.day == 1 and end == (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1):
        return format_skeleton("yMMMM", start, locale=locale)
    return format_interval(start, end, "yMMMd", locale=locale)
