"""The waits between attempts at an outgoing event."""

from datetime import timedelta
from itertools import pairwise

import pytest

from frontdesk.outgoing.retry import SCHEDULE, retry_delay


@pytest.mark.parametrize(
    ("attempts", "jitter", "expected"),
    [
        (1, 0.0, timedelta(seconds=5)),
        (1, 1.0, timedelta(seconds=6)),
        (2, 0.5, timedelta(minutes=5, seconds=30)),
        (len(SCHEDULE), 0.0, timedelta(days=1)),
        (len(SCHEDULE) + 1, 0.0, None),
        (1000, 1.0, None),
    ],
)
def test_that_each_attempt_waits_longer_until_none_follows(
    attempts: int, jitter: float, expected: timedelta | None
) -> None:
    assert retry_delay(attempts, jitter) == expected


def test_that_the_schedule_rises_over_days() -> None:
    assert all(earlier < later for earlier, later in pairwise(SCHEDULE))
    assert sum(SCHEDULE, timedelta()) > timedelta(days=3)
