"""The one JSON form of a value, as types.py documents it."""

from datetime import date
from decimal import Decimal, InvalidOperation

from frontdesk.errors import FrontdeskError
from frontdesk.values.currencies import is_currency, minor_units
from frontdesk.values.types import FieldType, Money, Quantity, Timeframe, Value

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]

_MOST_DIGITS = 15
_FORMS = {
    FieldType.YES_NO: "true or false",
    FieldType.NUMBER: 'a number such as 12 or "2.5", or {"min": 10, "max": 15}',
    FieldType.MONEY: '{"amount": "3000", "currency": "EUR"} or {"min": "3000", "max": "5000", "currency": "EUR"}',
    FieldType.TIMEFRAME: '{"from": "2026-05-01", "to": "2026-05-31"}',
    FieldType.MULTI_CHOICE: "a list of option names",
}


class ValueUnreadableError(FrontdeskError):
    """A value is not of its field's type; the message says what would be right."""

    code = "value_unreadable"


def unreadable(raw: object, kind: FieldType) -> ValueUnreadableError:
    """Return the error for a value that is not of `kind`."""
    shown = repr(raw)
    shown = shown if len(shown) <= 80 else f"{shown[:77]}..."
    return ValueUnreadableError(f"{shown} is not a {kind} value; write {_FORMS.get(kind, 'a text that is not empty')}")


def value_to_json(value: Value) -> JsonValue:
    """Return the JSON form of a value."""
    match value:
        case Quantity(low, high):
            return _number(low) if low == high else {"min": _number(low), "max": _number(high)}
        case Money(low, high, currency):
            if low == high:
                return {"amount": _major_text(low, currency), "currency": currency}
            return {"min": _major_text(low, currency), "max": _major_text(high, currency), "currency": currency}
        case Timeframe(start, end):
            return {"from": start.isoformat(), "to": end.isoformat()}
        case tuple():
            return list(value)
        case _:
            return value


def _number(number: Decimal) -> JsonValue:
    """A whole number as such; any other as text, so that no binary fraction changes it."""
    return int(number) if number == number.to_integral_value() else _decimal_text(number)


def value_from_json(data: JsonValue, kind: FieldType) -> Value:
    """Return the value that `data` is the JSON form of; raises ValueUnreadableError if it is none of `kind`."""
    match kind:
        case FieldType.YES_NO:
            value: Value | None = data if isinstance(data, bool) else None
        case FieldType.NUMBER:
            value = _quantity(data)
        case FieldType.MONEY:
            value = _money(data)
        case FieldType.TIMEFRAME:
            value = _timeframe(data)
        case FieldType.MULTI_CHOICE:
            value = _names(data)
        case _:
            value = data if isinstance(data, str) and data.strip() else None
    if value is None:
        raise unreadable(data, kind)
    return value


def decimal_of(raw: JsonValue) -> Decimal | None:
    """Return the finite decimal that a JSON number or string writes, or None."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    try:
        number = Decimal(str(raw).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= _MOST_DIGITS else None


def money_of(low: Decimal, high: Decimal, currency: JsonValue) -> Money | None:
    """Return money from amounts in major units, or None for an unknown currency or too many decimals."""
    if not (isinstance(currency, str) and is_currency(currency)) or low > high:
        return None
    minor = [amount.scaleb(minor_units(currency)) for amount in (low, high)]
    if any(amount != amount.to_integral_value() for amount in minor):
        return None
    return Money(int(minor[0]), int(minor[1]), currency)


def _quantity(data: JsonValue) -> Quantity | None:
    low, high = (data.get("min"), data.get("max")) if isinstance(data, dict) else (data, data)
    first, last = decimal_of(low), decimal_of(high)
    return Quantity(first, last) if first is not None and last is not None and first <= last else None


def _money(data: JsonValue) -> Money | None:
    if not isinstance(data, dict):
        return None
    low, high = (data["amount"], data["amount"]) if "amount" in data else (data.get("min"), data.get("max"))
    first, last = decimal_of(low), decimal_of(high)
    return money_of(first, last, data.get("currency")) if first is not None and last is not None else None


def _timeframe(data: JsonValue) -> Timeframe | None:
    if not isinstance(data, dict):
        return None
    start, end = _day(data.get("from")), _day(data.get("to"))
    return Timeframe(start, end) if start and end and start <= end else None


def _day(raw: JsonValue) -> date | None:
    try:
        return date.fromisoformat(raw) if isinstance(raw, str) else None
    except ValueError:
        return None


def _names(data: JsonValue) -> tuple[str, ...] | None:
    if not isinstance(data, list) or not data:
        return None
    names = tuple(name for name in data if isinstance(name, str) and name.strip())
    return names if len(names) == len(data) else None


def _decimal_text(number: Decimal) -> str:
    plain = format(number.normalize(), "f")
    return "0" if plain == "-0" else plain


def _major_text(minor: int, currency: str) -> str:
    return _decimal_text(Decimal(minor).scaleb(-minor_units(currency)))
