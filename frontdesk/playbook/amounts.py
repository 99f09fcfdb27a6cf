"""Values as a playbook's author writes them in comparisons, read by the type of the field they are compared with."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel.numbers import get_currency_precision, list_currencies

from frontdesk.playbook.conditions import Scalar
from frontdesk.values.types import Money

_AMOUNT = re.compile(r"(?:([A-Za-z]{3})\s*)?([\d., _]*\d)(?:\s*([A-Za-z]{3}))?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:[, _]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", re.ASCII)
_LARGEST = 10**15
"""In minor units: any amount above is a slip, and would not fit the database."""


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """Return the ISO 4217 codes."""
    return frozenset(list_currencies())


# The same few bounds are compared with in every turn.
@lru_cache(maxsize=256, typed=True)
def read_amount(raw: Scalar, default_currency: str) -> Money:
    """Read `3000 EUR`, `EUR 3,000.50` or a bare `3000`; raises ValueError with what would be right."""
    if isinstance(raw, bool):
        raise ValueError(f"`{str(raw).lower()}` is not an amount; write for example 3000 {default_currency}")
    match = _AMOUNT.fullmatch(str(raw).strip())
    if match is None or not _GROUPED.fullmatch(match[2]) or (match[1] and match[3]):
        raise ValueError(f"`{raw}` is not an amount; write for example 3000 {default_currency}")
    currency = (match[1] or match[3] or default_currency).upper()
    if currency not in currencies():
        raise ValueError(f"`{currency}` is not a currency; write an ISO 4217 code, for example 3000 {default_currency}")
    minor = Decimal(re.sub(r"[, _]", "", match[2])).scaleb(get_currency_precision(currency))
    if minor != minor.to_integral_value() or minor > _LARGEST:
        raise ValueError(f"`{raw}` is not an amount of {currency}; write for example 3000 {currency}")
    return Money(int(minor), int(minor), currency)


def states_currency(raw: Scalar) -> bool:
    """Whether an amount names its currency."""
    return isinstance(raw, str) and any(character.isalpha() for character in raw)


def read_number(raw: Scalar) -> Decimal:
    """Read a number; raises ValueError with what would be right."""
    try:
        number = Decimal("NaN") if isinstance(raw, bool) else Decimal(str(raw))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError(f"`{raw}` is not a number; write for example 10")
    return number


def read_day(raw: Scalar) -> date:
    """Read a day such as `2026-05-01`; raises ValueError with what would be right."""
    try:
        return date.fromisoformat(raw if isinstance(raw, str) else "")
    except ValueError:
        raise ValueError(f"`{raw}` is not a day; write for example 2026-05-01") from None
