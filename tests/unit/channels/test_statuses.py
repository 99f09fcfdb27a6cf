"""A status report moves a delivery forward only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.channels.statuses import is_progress
from frontdesk.conversations.model import DeliveryState

ORDER = [DeliveryState(name) for name in ("pending", "sending", "sent", "delivered", "read")]
ENDED = [DeliveryState.FAILED, DeliveryState.CANCELLED]
REPORTED = ORDER[2:]


@pytest.mark.parametrize("state", ORDER)
@pytest.mark.parametrize("reported", REPORTED)
def test_that_only_what_says_more_is_progress(state: DeliveryState, reported: DeliveryState) -> None:
    assert is_progress(state, reported) is (ORDER.index(reported) > ORDER.index(state))


@pytest.mark.parametrize("state", ENDED)
@pytest.mark.parametrize("reported", REPORTED)
def test_that_a_message_given_up_may_have_arrived_after_all(state: DeliveryState, reported: DeliveryState) -> None:
    assert is_progress(state, reported)


@given(st.sampled_from(list(DeliveryState)), st.lists(st.sampled_from(REPORTED), min_size=1))
def test_that_reports_in_any_order_end_at_the_furthest(state: DeliveryState, reports: list[DeliveryState]) -> None:
    furthest = max([*reports, *(known for known in ORDER if known is state)], key=ORDER.index)
    for reported in reports:
        if is_progress(state, reported):
            state = reported
    assert state is furthest
