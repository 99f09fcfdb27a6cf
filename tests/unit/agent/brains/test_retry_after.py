"""How long a model server asks to wait."""

from datetime import UTC, datetime

import pytest

from agent.brains.retry_after import retry_after

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
NOON = "Wed, 04 Mar 2026 12:00:00 GMT"
HALF_PAST = "Wed, 04 Mar 2026 12:00:30 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"retry-after": " 0.25 "}, 0.25),
        ({"retry-after": "-3"}, 0.0),
        ({"Retry-After-Ms": "1500", "Retry-After": "2"}, 1.5),
        ({"Retry-After-Ms": "soon", "Retry-After": "2"}, 2.0),
        ({"retry-after": HALF_PAST}, 30.0),
        ({"retry-after": HALF_PAST, "date": HALF_PAST}, 0.0),
        ({"retry-after": NOON, "date": HALF_PAST}, 0.0),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "later"}, None),
        ({}, None),
    ],
)
def test_that_the_wait_is_read_from_the_most_exact_legible_header(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert retry_after(headers, NOW) == seconds
