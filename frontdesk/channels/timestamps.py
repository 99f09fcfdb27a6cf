"""Times as channels write them; all results are UTC."""

from datetime import UTC, datetime

from pydantic import JsonValue

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_MILLISECONDS_FROM = 100_000_000_000
"""A Unix time from here on is in milliseconds; as seconds it would lie after the year 5000."""


def from_unix(value: JsonValue) -> datetime | None:
    """A Unix time in seconds or milliseconds, as number or string; None if it is none or outside 2000 to 2100."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
        seconds = number / 1000 if number >= _MILLISECONDS_FROM else number
        return _plausible(datetime.fromtimestamp(seconds, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def from_iso(value: JsonValue) -> datetime | None:
    """An ISO 8601 time (UTC where it names no zone) or a Unix time; None as in `from_unix`."""
    if not isinstance(value, str):
        return from_unix(value)
    try:
        moment = datetime.fromisoformat(value.strip())
        return _plausible(moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC))
    except (ValueError, OverflowError):
        return from_unix(value)


def _plausible(moment: datetime) -> datetime | None:
    return moment if _EARLIEST <= moment < _LATEST else None
