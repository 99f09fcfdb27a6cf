"""Comparisons, bounds and units that do not fit the field's type."""

from collections.abc import Callable, Iterator

from frontdesk.playbook.amounts import currencies, read_amount, read_day, read_number, states_currency
from frontdesk.playbook.checks.mistake import Mistake, warning
from frontdesk.playbook.checks.places import all_parts
from frontdesk.playbook.conditions import FieldIs, Scalar
from frontdesk.playbook.findings import suggestion
from frontdesk.playbook.models import Playbook, QualificationField
from frontdesk.playbook.source import KeyPath
from frontdesk.values.types import FieldType

ORDERS = ("at_least", "at_most", "above", "below")
_ORDERED = (FieldType.NUMBER, FieldType.MONEY, FieldType.TIMEFRAME)
_CHOSEN = (FieldType.CHOICE, FieldType.MULTI_CHOICE)
_WRITTEN = (FieldType.TEXT, FieldType.EMAIL, FieldType.PHONE, FieldType.PLACE, FieldType.COMPANY)


def comparison_mistakes(playbook: Playbook) -> Iterator[Mistake]:
    """Every comparison whose kind or value the field's type cannot have, and misfitting bounds and units."""
    for part in all_parts(playbook):
        if isinstance(part.condition, FieldIs):
            field = playbook.field(part.condition.field)
            if field is not None:
                yield from _comparison(part.condition, field, part.where, playbook)
    yield from _foreign_amounts(playbook)
    for index, field in enumerate(playbook.fields):
        yield from _unit(field, ("fields", index))
        yield from _bounds(field, ("fields", index))


def default_currency(field: QualificationField, playbook: Playbook) -> str:
    """The currency of the field's amounts said without one."""
    unit = (field.unit or "").upper()
    return unit if unit in currencies() else playbook.business.currency


def compared_values(condition: FieldIs) -> Iterator[tuple[str, KeyPath, Scalar]]:
    """Yield comparison name, path below the condition, and value."""
    for name in ("equals", *ORDERS):
        value = getattr(condition, name)
        if value is not None:
            yield name, (name,), value
    for index, value in enumerate(condition.one_of or ()):
        yield "one_of", ("one_of", index), value


def _comparison(condition: FieldIs, field: QualificationField, where: KeyPath, playbook: Playbook) -> Iterator[Mistake]:
    if condition.one_of == []:
        yield Mistake((*where, "one_of"), "`one_of` is empty, so it never holds", "list at least one value")
    for name, below, value in compared_values(condition):
        if name in ORDERS and field.type not in _ORDERED:
            what = f"`{name}` cannot compare `{field.name}`, which is {field.type}"
            yield Mistake((*where, name), what, "write `equals` or `one_of`", at_key=True)
        else:
            yield from _value(value, field, (*where, *below), playbook)


def _value(value: Scalar, field: QualificationField, where: KeyPath, playbook: Playbook) -> Iterator[Mistake]:
    if field.type in _CHOSEN:
        names = [option.name for option in field.options]
        if value not in names:
            yield Mistake(where, f"`{value}` is not an option of `{field.name}`", suggestion(str(value), names))
    elif field.type is FieldType.YES_NO:
        if not isinstance(value, bool):
            yield Mistake(where, f"`{value}` is not an answer to `{field.name}`", "write `true` or `false`")
    elif field.type in _ORDERED:
        yield from _unreadable(_reader(field, playbook), value, where)
        if field.type is FieldType.MONEY:
            yield from _missing_currency(value, field, where, playbook)
    elif not isinstance(value, str):
        written = str(value).lower()
        yield Mistake(where, f"`{written}` is not text, and `{field.name}` is", f"put it in quotes: '{written}'")


def _reader(field: QualificationField, playbook: Playbook) -> Callable[[Scalar], object]:
    if field.type is FieldType.NUMBER:
        return read_number
    if field.type is FieldType.TIMEFRAME:
        return read_day
    return lambda value: read_amount(value, default_currency(field, playbook))


def _unreadable(read: Callable[[Scalar], object], value: Scalar, where: KeyPath) -> Iterator[Mistake]:
    try:
        read(value)
    except ValueError as error:
        what, _, right = str(error).partition("; ")
        yield Mistake(where, what, right)


def _missing_currency(
    value: Scalar, field: QualificationField, where: KeyPath, playbook: Playbook
) -> Iterator[Mistake]:
    stated = field.unit is not None or "currency" in playbook.business.model_fields_set
    if not stated and not isinstance(value, bool) and not states_currency(value):
        what = f"the amount `{value}` has no currency, so {playbook.business.currency} is taken"
        yield warning(where, what, f"write for example {value} {playbook.business.currency}")


def _foreign_amounts(playbook: Playbook) -> Iterator[Mistake]:
    """Fields of money compared with another currency alone, so that an amount said without one never counts."""
    for field in playbook.fields:
        if field.type is not FieldType.MONEY:
            continue
        taken, placed = default_currency(field, playbook), list(_compared_amounts(field, playbook))
        if len({currency for _, currency in placed}) == 1 and placed[0][1] != taken:
            where, currency = placed[0]
            what = f"`{field.name}` is compared with {currency}, but an amount said without a currency is {taken}"
            yield warning(where, what, f"write `unit: {currency}` for `{field.name}`, or compare with {taken}")


def _compared_amounts(field: QualificationField, playbook: Playbook) -> Iterator[tuple[KeyPath, str]]:
    """Where the field is compared, and in which currency."""
    for part in all_parts(playbook):
        if isinstance(part.condition, FieldIs) and part.condition.field == field.name:
            for _, below, value in compared_values(part.condition):
                try:
                    yield (*part.where, *below), read_amount(value, default_currency(field, playbook)).currency
                except ValueError:
                    continue  # said elsewhere


def _unit(field: QualificationField, where: KeyPath) -> Iterator[Mistake]:
    if field.unit is None:
        return
    if field.type is FieldType.MONEY and field.unit not in currencies():
        yield Mistake((*where, "unit"), f"`{field.unit}` is not a currency", "write an ISO 4217 code such as EUR")
    elif field.type not in (FieldType.MONEY, FieldType.NUMBER):
        what = f"`unit` says nothing about `{field.name}`, which is {field.type}"
        yield warning((*where, "unit"), what, "remove it; units belong to number and money", at_key=True)


def _bounds(field: QualificationField, where: KeyPath) -> Iterator[Mistake]:
    bounds, place = field.validate_, (*where, "validate")
    if bounds is None:
        return
    for name in ("min", "max"):
        if getattr(bounds, name) is not None and field.type not in (FieldType.NUMBER, FieldType.MONEY):
            what = f"`{name}` cannot bound `{field.name}`, which is {field.type}"
            yield Mistake((*place, name), what, "remove it; bounds belong to number and money", at_key=True)
    if bounds.pattern is not None and field.type not in _WRITTEN:
        what = f"`pattern` cannot fit `{field.name}`, which is {field.type}"
        yield Mistake((*place, "pattern"), what, "remove it; patterns belong to written answers", at_key=True)
    if bounds.min is not None and bounds.max is not None and bounds.min > bounds.max:
        yield Mistake((*place, "min"), f"`min` {bounds.min} is above `max` {bounds.max}", "swap them")
