"""Times as channels write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from frontdesk.channels.timestamps import from_iso, from_unix

MOMENT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
SECONDS = int(MOMENT.timestamp())


@pytest.mark.parametrize("value", [SECONDS, str(SECONDS), float(SECONDS), SECONDS * 1000, f" {SECONDS} "])
def test_that_unix_times_are_read_in_every_spelling(value: JsonValue) -> None:
    assert from_unix(value) == MOMENT


@pytest.mark.parametrize("value", [None, True, "", "soon", 0, -1, 10**40, 1e300, float("inf"), float("nan"), [], {}])
def test_that_no_time_is_made_of_what_is_none(value: JsonValue) -> None:
    assert from_unix(value) is None
    assert from_iso(value) is None


@pytest.mark.parametrize(
    "value",
    ["2026-03-04T05:06:07Z", "2026-03-04T06:06:07+01:00", "2026-03-04 05:06:07", "20260304T050607Z", str(SECONDS)],
)
def test_that_iso_times_are_read_in_every_spelling(value: str) -> None:
    assert from_iso(value) == MOMENT


@pytest.mark.parametrize(
    "value", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-13-01", "1999-12-31"]
)
def test_that_impossible_and_implausible_iso_times_are_none(value: str) -> None:
    assert from_iso(value) is None


@given(st.text() | st.integers() | st.floats())
def test_that_any_value_is_a_plausible_utc_time_or_none(value: JsonValue) -> None:
    moment = from_iso(value)
    assert moment is None or (moment.tzinfo is UTC and 2000 <= moment.year < 2100)
