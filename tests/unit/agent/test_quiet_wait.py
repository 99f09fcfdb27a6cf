from dataclasses import replace
from datetime import timedelta

import pytest

from agent.turn import quiet_wait
from frontdesk.playbook.models import Limits
from tests.fakes.views import NOW, Conversation

LIMITS = Limits(quiet_window=timedelta(seconds=2), quiet_window_cap=timedelta(seconds=8))
AT = Conversation().snapshot()


@pytest.mark.parametrize(
    ("since_first", "since_last", "wait"),
    [(0, 0, 2), (1, 1, 1), (1, 0, 2), (2, 2, 0), (7, 0, 1), (8, 0, 0), (30, 0, -22), (5, 3, -1)],
)
def test_that_the_window_restarts_with_each_message_up_to_the_cap(since_first: int, since_last: int, wait: int) -> None:
    snapshot = replace(
        AT, waiting_since=NOW - timedelta(seconds=since_first), inbound_at=NOW - timedelta(seconds=since_last)
    )
    assert quiet_wait(snapshot, LIMITS, NOW) == timedelta(seconds=wait)


def test_that_nothing_is_waited_for_without_a_message() -> None:
    assert quiet_wait(replace(AT, inbound_at=None), LIMITS, NOW) <= timedelta()
    assert quiet_wait(replace(AT, waiting_since=None), LIMITS, NOW) == timedelta(seconds=2)
