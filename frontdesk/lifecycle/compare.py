"""Compare a recorded value with what a playbook's condition states."""

from collections.abc import Callable
from decimal import Decimal

from frontdesk.lifecycle.verdict import Truth
from frontdesk.playbook.amounts import read_amount, read_day, read_number
from frontdesk.playbook.conditions import FieldIs, Scalar
from frontdesk.values.types import Money, Quantity, Timeframe, Value


def compare(condition: FieldIs, value: Value, currency: str) -> tuple[Truth, str]:
    """Judge the condition's comparison on a known value; `currency` applies to bare amounts.

    A range that only partly satisfies a bound is unknown, as are amounts in different currencies.
    """
    if condition.equals is not None:
        return _equals(value, condition.equals, currency)
    if condition.one_of is not None:
        return _one_of(value, condition.one_of, currency)
    for name, judge in _BOUNDS.items():
        bound = getattr(condition, name)
        if bound is not None:
            return _bound(value, bound, currency, name.replace("_", " "), judge)
    return Truth.TRUE, "is answered"


def _one_of(value: Value, options: list[Scalar], currency: str) -> tuple[Truth, str]:
    truths = [_equals(value, option, currency)[0] for option in options]
    because = f"is one of {', '.join(str(option) for option in options)}"
    if Truth.TRUE in truths:
        return Truth.TRUE, because
    return (Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.FALSE), because


def _equals(value: Value, wanted: Scalar, currency: str) -> tuple[Truth, str]:
    because = f"equals {wanted}"
    ends = _ends(value)
    if ends is None:
        return _truth(_same(value, wanted)), because
    threshold = _threshold(value, wanted, currency)
    if threshold is None:
        return Truth.UNKNOWN, f"cannot be compared with {wanted}"
    low, high = ends
    if low == high:
        return _truth(low == threshold), because
    return (Truth.UNKNOWN if low <= threshold <= high else Truth.FALSE), because


def _same(value: Value, wanted: Scalar) -> bool:
    if isinstance(value, bool) or isinstance(wanted, bool):
        return value is wanted
    if isinstance(value, tuple):
        return str(wanted).casefold() in (item.casefold() for item in value)
    return isinstance(value, str) and value.casefold() == str(wanted).casefold()


def _bound(
    value: Value, bound: Scalar, currency: str, words: str, judge: Callable[[Decimal, Decimal, Decimal], Truth]
) -> tuple[Truth, str]:
    ends = _ends(value)
    threshold = _threshold(value, bound, currency)
    if ends is None or threshold is None:
        return Truth.UNKNOWN, f"cannot be compared with {bound}"
    return judge(*ends, threshold), f"is {words} {bound}"


def _at_least(low: Decimal, high: Decimal, bound: Decimal) -> Truth:
    return _split(low >= bound, high < bound)


def _above(low: Decimal, high: Decimal, bound: Decimal) -> Truth:
    return _split(low > bound, high <= bound)


def _at_most(low: Decimal, high: Decimal, bound: Decimal) -> Truth:
    return _split(high <= bound, low > bound)


def _below(low: Decimal, high: Decimal, bound: Decimal) -> Truth:
    return _split(high < bound, low >= bound)


_BOUNDS: dict[str, Callable[[Decimal, Decimal, Decimal], Truth]] = {
    "at_least": _at_least,
    "at_most": _at_most,
    "above": _above,
    "below": _below,
}


def _split(surely: bool, surely_not: bool) -> Truth:
    if surely:
        return Truth.TRUE
    return Truth.FALSE if surely_not else Truth.UNKNOWN


def _truth(holds: bool) -> Truth:
    return Truth.TRUE if holds else Truth.FALSE


def _ends(value: Value) -> tuple[Decimal, Decimal] | None:
    # On one scale: numbers, minor units of money, ordinals of days.
    match value:
        case Quantity(low, high):
            return low, high
        case Money(low_minor, high_minor):
            return Decimal(low_minor), Decimal(high_minor)
        case Timeframe(start, end):
            return Decimal(start.toordinal()), Decimal(end.toordinal())
    return None


def _threshold(value: Value, stated: Scalar, currency: str) -> Decimal | None:
    """The stated bound on the value's own scale; None if it is no such value or in another currency."""
    try:
        if isinstance(value, Money):
            amount = read_amount(stated, currency)
            return Decimal(amount.low) if amount.currency == value.currency else None
        if isinstance(value, Timeframe):
            return Decimal(read_day(stated).toordinal())
        return read_number(stated)
    except ValueError:
        return None
