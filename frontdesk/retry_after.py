"""How long a server asks to wait: `Retry-After` (RFC 9110 section 10.2.3), and `retry-after-ms` of model servers."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from math import isfinite

LONGEST = timedelta(days=1)
"""Longer wishes are cut to this, so that a broken header cannot park a message for ever."""


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> timedelta | None:
    """How long to wait, at most a day and never less than nothing; None where no header says so legibly.

    Seconds may have decimals. A date is taken relative to the answer's own `Date` header where there is one, so that
    both come from the same clock, else to `now`.
    """
    lowered = {name.lower(): value.strip() for name, value in headers.items()}
    milliseconds = _seconds(lowered.get("retry-after-ms", ""))
    if milliseconds is not None:
        return bounded(milliseconds / 1000)
    wish = lowered.get("retry-after", "")
    seconds = _seconds(wish)
    if seconds is not None:
        return bounded(seconds)
    until, reference = _date(wish), _date(lowered.get("date", "")) or now
    if until is None or reference is None:
        return None
    return bounded((until - reference).total_seconds())


def bounded(seconds: float) -> timedelta:
    """The wait, between nothing and a day."""
    return timedelta(seconds=min(max(seconds, 0.0), LONGEST.total_seconds()))


def _seconds(text: str) -> float | None:
    try:
        number = float(text) if text.isascii() else float("nan")
    except ValueError:
        return None
    return number if isfinite(number) else None


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else None
