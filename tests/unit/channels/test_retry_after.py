"""How long a server asks us to wait."""

from datetime import timedelta

import pytest

from frontdesk.channels.retry_after import retry_after

NOON = "Wed, 04 Mar 2026 12:00:00 GMT"
FIVE_PAST = "Wed, 04 Mar 2026 12:05:00 GMT"


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "30"}, timedelta(seconds=30)),
        ({"retry-after": " 0 "}, timedelta(0)),
        ({"retry-after": "9" * 400}, timedelta(days=1)),
        ({"retry-after": FIVE_PAST, "date": NOON}, timedelta(minutes=5)),
        ({"retry-after": NOON, "date": FIVE_PAST}, timedelta(0)),
        ({"retry-after": FIVE_PAST}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "soon", "date": NOON}, None),
        ({"retry-after": "٣"}, None),
        ({}, None),
    ],
)
def test_that_the_wait_is_seconds_or_relative_to_the_answers_date(
    headers: dict[str, str], wait: timedelta | None
) -> None:
    assert retry_after(headers) == wait
