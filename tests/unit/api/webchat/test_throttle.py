"""A visitor may do so much at once, and then so much in time."""

from hypothesis import given
from hypothesis import strategies as st

from api.webchat.throttle import Throttle


def test_that_a_burst_is_granted_and_the_next_is_told_when() -> None:
    throttle = Throttle(burst=3, per_second=0.5)
    assert [throttle.take("a", 100.0) for _ in range(4)] == [0, 0, 0, 2.0]
    assert throttle.take("b", 100.0) == 0
    assert throttle.take("a", 101.9) > 0
    assert throttle.take("a", 102.0) == 0


@given(st.lists(st.floats(0, 5), max_size=60))
def test_that_no_more_is_granted_than_the_burst_and_the_rate_allow(pauses: list[float]) -> None:
    throttle, now, granted = Throttle(burst=4, per_second=2), 0.0, 0
    for pause in pauses:
        now += pause
        granted += throttle.take("a", now) == 0
        assert granted <= 4 + 2 * now + 1e-6


@given(st.integers(4, 9), st.floats(0, 10))
def test_that_waiting_as_told_is_enough(tries: int, start: float) -> None:
    throttle = Throttle(burst=4, per_second=2)
    for _ in range(tries):
        throttle.take("a", start)
    wait = throttle.take("a", start)
    assert wait > 0
    assert throttle.take("a", start + wait) == 0
