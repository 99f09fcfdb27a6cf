"""Durations, clock ranges and texts per language, as a playbook writes them."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.playbook.scalars import (
    ClockRange,
    LocalizedText,
    format_clock_range,
    format_duration,
    parse_clock_range,
    parse_duration,
    text_in,
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("90s", timedelta(seconds=90)),
        ("0.5s", timedelta(milliseconds=500)),
        ("15m", timedelta(minutes=15)),
        ("48h", timedelta(days=2)),
        ("3d", timedelta(days=3)),
        ("1d 12h", timedelta(hours=36)),
        (" 1d2h3m4s ", timedelta(days=1, hours=2, minutes=3, seconds=4)),
        (timedelta(hours=1), timedelta(hours=1)),
    ],
)
def test_that_a_duration_is_read(written: object, meant: timedelta) -> None:
    assert parse_duration(written) == meant


@pytest.mark.parametrize(
    "written", ["", " ", "15", 15, None, "m", "-5m", "1.5h", "5 minutes", "12h 1d", "٣d", "9" * 400 + "d"]
)
def test_that_what_is_no_duration_is_refused_with_examples(written: object) -> None:
    with pytest.raises(ValueError, match="write for example 90s, 15m, 48h or 3d"):
        parse_duration(written)


@given(st.timedeltas(timedelta(0), timedelta(days=36_500)))
def test_that_a_duration_survives_being_written(duration: timedelta) -> None:
    assert parse_duration(format_duration(duration)) == duration


@pytest.mark.parametrize(
    ("written", "opens", "closes"),
    [
        ("09:00-17:30", time(9), time(17, 30)),
        ("9:00 – 17:30", time(9), time(17, 30)),
        ("00:00-24:00", time(0), time.max),
        ("23:58-23:59", time(23, 58), time(23, 59)),
    ],
)
def test_that_a_clock_range_is_read(written: str, opens: time, closes: time) -> None:
    assert parse_clock_range(written) == ClockRange(opens, closes)


@pytest.mark.parametrize(
    "written", ["9-17", "09:00", "09:00-25:00", "09:60-10:00", "22:00-02:00", "09:00-09:00", None, 9]
)
def test_that_what_is_no_clock_range_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"not a range of hours|not a time of day|closes before it opens"):
        parse_clock_range(written)


opening_minutes = st.integers(0, 1439)


@given(opening_minutes, opening_minutes, st.booleans())
def test_that_a_clock_range_survives_being_written(first: int, second: int, until_midnight: bool) -> None:
    opens, closes = sorted((first, second))
    ends = time.max if until_midnight or opens == closes else time(*divmod(closes, 60))
    written = ClockRange(time(*divmod(opens, 60)), ends)
    assert parse_clock_range(format_clock_range(written)) == written


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Hello", "pl", "Hello"),
        ({"en": "Hello", "pl": "Cześć"}, "pl", "Cześć"),
        ({"en": "Hello", "pl": "Cześć"}, "es", "Hello"),
        ({"en": "Hello", "pl": "Cześć"}, None, "Hello"),
        ({"pl": "Cześć"}, "es", "Cześć"),
        ({"en": "Hello", "pl": ""}, "pl", "Hello"),
        ({}, "en", ""),
    ],
)
def test_that_a_text_falls_back_to_the_default_language(
    text: LocalizedText, language: str | None, expected: str
) -> None:
    assert text_in(text, language, "en") == expected
