"""How long a server asks us to wait."""

from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.retry_after import retry_after

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
NOON = "Wed, 04 Mar 2026 12:00:00 GMT"
FIVE_PAST = "Wed, 04 Mar 2026 12:05:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"retry-after": " 0.25 "}, 0.25),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "9" * 400}, None),
        ({"retry-after": "9" * 40}, 86_400.0),
        ({"Retry-After-Ms": "1500", "Retry-After": "2"}, 1.5),
        ({"Retry-After-Ms": "soon", "Retry-After": "2"}, 2.0),
        ({"retry-after": FIVE_PAST}, 300.0),
        ({"retry-after": FIVE_PAST, "date": FIVE_PAST}, 0.0),
        ({"retry-after": NOON, "date": FIVE_PAST}, 0.0),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "later"}, None),
        ({"retry-after": "٣"}, None),
        ({}, None),
    ],
)
def test_that_the_wait_is_read_from_the_most_exact_legible_header(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert retry_after(headers, NOW) == (None if seconds is None else timedelta(seconds=seconds))


def test_that_a_date_means_nothing_without_a_clock_to_compare_it_with() -> None:
    assert retry_after({"retry-after": FIVE_PAST}) is None
    assert retry_after({"retry-after": FIVE_PAST, "date": NOON}) == timedelta(minutes=5)
