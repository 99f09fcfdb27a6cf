"""Whether two facts about a contact exclude each other. Silent on everything that is not certain."""

from datetime import date
from decimal import Decimal

from frontdesk.playbook.amounts import read_amount, read_day, read_number
from frontdesk.playbook.checks.comparisons import ORDERS, default_currency
from frontdesk.playbook.conditions import Condition, FieldIs, QualifiedIs, Scalar, StageIs
from frontdesk.playbook.models import Playbook, QualificationField
from frontdesk.values.types import FieldType

_Ordered = Decimal | date


def exclusion(one: Condition, one_holds: bool, other: Condition, other_holds: bool, playbook: Playbook) -> str | None:
    """Say why the two cannot be at once; None if they may."""
    if one == other:
        return None if one_holds == other_holds else f"{_named(one)} must be and must not be"
    if one_holds and other_holds:
        return _both(one, other, playbook)
    if one_holds != other_holds:
        wanted, refused = (one, other) if one_holds else (other, one)
        return _known_and_unknown(wanted, refused)
    return None


def _named(condition: Condition) -> str:
    stated = condition.model_dump(mode="json", by_alias=True, exclude_none=True)
    said = (f"{key}: {str(value).lower() if isinstance(value, bool) else value}" for key, value in stated.items())
    return f"`{', '.join(said)}`"


def _both(one: Condition, other: Condition, playbook: Playbook) -> str | None:
    if isinstance(one, StageIs) and isinstance(other, StageIs):
        return f"a contact is not in stage `{one.stage}` and stage `{other.stage}` at once"
    if isinstance(one, QualifiedIs) and isinstance(other, QualifiedIs):
        return "a lead is not qualified and disqualified at once"
    if isinstance(one, FieldIs) and isinstance(other, FieldIs) and one.field == other.field:
        field = playbook.field(one.field)
        if field is not None and _apart(one, other, field, playbook):
            return f"{_named(one)} excludes {_named(other)}"
    return None


def _known_and_unknown(wanted: Condition, refused: Condition) -> str | None:
    """An answer that compares as wanted is an answer, so it cannot be missing."""
    if not isinstance(wanted, FieldIs) or not isinstance(refused, FieldIs) or wanted.field != refused.field:
        return None
    only_known = refused.model_dump(exclude_none=True).keys() == {"field"}
    if only_known and not wanted.declined:
        return f"{_named(wanted)} needs an answer that must not be there"
    return None


def _apart(one: FieldIs, other: FieldIs, field: QualificationField, playbook: Playbook) -> bool:
    if bool(one.declined) != bool(other.declined):
        return True
    low_high = _interval(one, field, playbook), _interval(other, field, playbook)
    if low_high[0] is not None and low_high[1] is not None:
        return _disjoint(low_high[0], low_high[1])
    named = _named_values(one, field), _named_values(other, field)
    return bool(named[0] and named[1]) and not named[0] & named[1]


def _named_values(condition: FieldIs, field: QualificationField) -> frozenset[Scalar]:
    """The values that an answer may have, where it has exactly one; empty if open."""
    if field.type not in (FieldType.CHOICE, FieldType.YES_NO):
        return frozenset()
    return frozenset(condition.one_of or ()) | ({condition.equals} if condition.equals is not None else frozenset())


_Interval = tuple[_Ordered | None, bool, _Ordered | None, bool]
"""Low bound, whether it is excluded, high bound, whether it is excluded."""


def _interval(condition: FieldIs, field: QualificationField, playbook: Playbook) -> _Interval | None:
    for name in ("equals", *ORDERS):
        raw = getattr(condition, name)
        bound = _bound(raw, field, playbook) if raw is not None else None
        if bound is not None:
            low = bound if name in ("equals", "at_least", "above") else None
            high = bound if name in ("equals", "at_most", "below") else None
            return low, name == "above", high, name == "below"
    return None


def _bound(raw: Scalar, field: QualificationField, playbook: Playbook) -> _Ordered | None:
    """The value as one that can be ordered; None if unreadable (said elsewhere) or in another currency."""
    try:
        if field.type is FieldType.NUMBER:
            return read_number(raw)
        if field.type is FieldType.TIMEFRAME:
            return read_day(raw)
        currency = default_currency(field, playbook)
        amount = read_amount(raw, currency) if field.type is FieldType.MONEY else None
    except ValueError:
        return None
    return Decimal(amount.low) if amount is not None and amount.currency == currency else None


def _disjoint(one: _Interval, other: _Interval) -> bool:
    return _beyond(one, other) or _beyond(other, one)


def _beyond(lower: _Interval, upper: _Interval) -> bool:
    """Whether the first ends before the second begins."""
    high, open_high = lower[2], lower[3]
    low, open_low = upper[0], upper[1]
    if isinstance(high, Decimal) and isinstance(low, Decimal):
        return high < low or (high == low and (open_high or open_low))
    if isinstance(high, date) and isinstance(low, date):
        return high < low or (high == low and (open_high or open_low))
    return False
