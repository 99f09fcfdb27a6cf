"""How long a model server asks to wait: `retry-after-ms` and `Retry-After` (RFC 9110 section 10.2.3)."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from math import isfinite


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds to wait, never negative; None where no header says so legibly.

    Seconds may have decimals, as model servers send them. A date is taken relative to the answer's own `Date`
    header where there is one, so that both come from the same clock, else to `now`.
    """
    lowered = {name.lower(): value.strip() for name, value in headers.items()}
    milliseconds = _number(lowered.get("retry-after-ms", ""))
    if milliseconds is not None:
        return milliseconds / 1000
    wish = lowered.get("retry-after", "")
    seconds = _number(wish)
    if seconds is not None:
        return seconds
    until = _date(wish)
    if until is None:
        return None
    return max((until - (_date(lowered.get("date", "")) or now)).total_seconds(), 0.0)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return max(number, 0.0) if isfinite(number) else None


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else None
