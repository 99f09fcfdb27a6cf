"""The `Retry-After` header (RFC 9110 section 10.2.3)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=1)
"""Longer wishes are cut to this, so that a broken header cannot park a message for ever."""


def retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """How long to wait, at most a day; None where the header is absent or unreadable.

    A date is taken relative to the answer's own `Date` header, so both come from the same clock.
    """
    lowered = {name.lower(): value.strip() for name, value in headers.items()}
    wish = lowered.get("retry-after", "")
    if wish.isascii() and wish.isdecimal():
        return bounded(wish)
    until, now = _date(wish), _date(lowered.get("date", ""))
    if until is None or now is None:
        return None
    return min(max(until - now, timedelta(0)), LONGEST)


def bounded(digits: str) -> timedelta:
    """Seconds written in decimal digits, at most a day."""
    return LONGEST if len(digits) > len("86400") else min(timedelta(seconds=int(digits)), LONGEST)


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else None
