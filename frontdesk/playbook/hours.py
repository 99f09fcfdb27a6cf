"""The business's opening hours: pure functions of a playbook and a moment."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache

from holidays import country_holidays

from frontdesk.playbook.models import Business
from frontdesk.playbook.parts import DAYS

_HORIZON_DAYS = 60
"""How far ahead an opening is sought; a business that never opens has none."""


def is_open(business: Business, moment: datetime) -> bool:
    """Whether the business is open at this moment; always, if it gives no hours."""
    if not business.hours:
        return True
    return any(
        opens <= moment < closes for opens, closes in _spans(business, moment.astimezone(business.zone).date(), 1)
    )


def next_opening(business: Business, moment: datetime) -> datetime | None:
    """The moment itself if open, else the next time the business opens, in its own time zone."""
    if not business.hours:
        return moment
    today = moment.astimezone(business.zone).date()
    for opens, closes in _spans(business, today, _HORIZON_DAYS):
        if moment < closes:
            return max(opens, moment).astimezone(business.zone)
    return None


def add_working_time(business: Business, moment: datetime, duration: timedelta) -> datetime:
    """The moment when this much opening time has passed; plain time if no hours are given or none follow."""
    moment, left = moment.astimezone(UTC), duration
    if business.hours:
        for opens, closes in _spans(business, moment.astimezone(business.zone).date(), _HORIZON_DAYS):
            start = max(opens, moment)
            if start + left <= closes:
                return start + left
            left -= max(closes - start, timedelta())
    return moment + duration


def _spans(business: Business, first: date, days: int) -> Iterator[tuple[datetime, datetime]]:
    """Opening spans in order, from the first day on; in UTC, where an hour is an hour also when the clock changes."""
    for offset in range(days):
        day = first + timedelta(days=offset)
        if is_holiday(business, day):
            continue
        for hours in sorted(business.hours.get(DAYS[day.weekday()], []), key=lambda span: span.opens):
            yield (
                datetime.combine(day, hours.opens, business.zone).astimezone(UTC),
                datetime.combine(day, hours.closes, business.zone).astimezone(UTC),
            )


def is_holiday(business: Business, day: date) -> bool:
    """Whether the business is closed for all of this day, whatever weekday it is."""
    if day in business.holidays:
        return True
    if not business.public_holidays or business.country is None:
        return False
    return day in _public_holidays(business.country, day.year)


@cache
def _public_holidays(country: str, year: int) -> frozenset[date]:
    # Making the calendar costs more than everything else here.
    return frozenset(country_holidays(country, years=year))
