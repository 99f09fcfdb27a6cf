from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.values.json_form import JsonValue, ValueUnreadableError, value_from_json, value_to_json
from frontdesk.values.types import FieldType, Money, Quantity, Timeframe, Value

_NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False)
_DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
_NAMES = st.text(min_size=1, max_size=20).filter(str.strip)
_VALUES = st.one_of(
    st.tuples(st.just(FieldType.NUMBER), st.builds(lambda a, b: Quantity(min(a, b), max(a, b)), _NUMBERS, _NUMBERS)),
    st.tuples(
        st.just(FieldType.MONEY),
        st.builds(
            lambda a, b, c: Money(min(a, b), max(a, b), c),
            st.integers(0, 10**14),
            st.integers(0, 10**14),
            st.sampled_from(["EUR", "JPY", "KWD", "PLN"]),
        ),
    ),
    st.tuples(st.just(FieldType.TIMEFRAME), st.builds(lambda a, b: Timeframe(min(a, b), max(a, b)), _DAYS, _DAYS)),
    st.tuples(st.just(FieldType.YES_NO), st.booleans()),
    st.tuples(st.sampled_from([FieldType.TEXT, FieldType.EMAIL, FieldType.CHOICE, FieldType.PLACE]), _NAMES),
    st.tuples(st.just(FieldType.MULTI_CHOICE), st.lists(_NAMES, min_size=1, max_size=4).map(tuple)),
)


@given(_VALUES)
def test_that_every_value_survives_its_json_form(typed: tuple[FieldType, Value]) -> None:
    kind, value = typed
    assert value_from_json(value_to_json(value), kind) == value


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (Quantity(Decimal("4.0"), Decimal(4)), 4),
        (Quantity(Decimal(10), Decimal(15)), {"min": 10, "max": 15}),
        (Money(300000, 300000, "EUR"), {"amount": "3000", "currency": "EUR"}),
        (Money(300050, 500000, "EUR"), {"min": "3000.5", "max": "5000", "currency": "EUR"}),
        (Money(3000, 3000, "JPY"), {"amount": "3000", "currency": "JPY"}),
        (Timeframe(date(2026, 5, 1), date(2026, 5, 31)), {"from": "2026-05-01", "to": "2026-05-31"}),
        (("a", "b"), ["a", "b"]),
        (True, True),
    ],
)
def test_that_the_json_form_is_the_documented_one(value: Value, data: JsonValue) -> None:
    assert value_to_json(value) == data


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("yes", FieldType.YES_NO),
        (True, FieldType.NUMBER),
        ("NaN", FieldType.NUMBER),
        ("1e999999999", FieldType.NUMBER),
        ({"min": "5", "max": "3"}, FieldType.NUMBER),
        ({"amount": "3", "currency": "XYZ"}, FieldType.MONEY),
        ({"amount": "3.001", "currency": "EUR"}, FieldType.MONEY),
        ({"amount": "3"}, FieldType.MONEY),
        ({"from": "2026-05-31", "to": "2026-05-01"}, FieldType.TIMEFRAME),
        ({"from": "May", "to": "June"}, FieldType.TIMEFRAME),
        ([], FieldType.MULTI_CHOICE),
        (["a", 1], FieldType.MULTI_CHOICE),
        ("  ", FieldType.TEXT),
        (None, FieldType.EMAIL),
    ],
)
def test_that_what_is_no_value_says_what_would_be_right(data: JsonValue, kind: FieldType) -> None:
    with pytest.raises(ValueUnreadableError, match="write"):
        value_from_json(data, kind)
