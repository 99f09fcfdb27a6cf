"""When a model is left alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brains.breaker import BreakerPolicy, CircuitBreaker, CircuitState

POLICY = BreakerPolicy(failures=3, window=60.0, cool_down=30.0)


def opened(at: float = 2.0) -> CircuitBreaker:
    """A circuit that three failures have opened."""
    breaker = CircuitBreaker(POLICY)
    for moment in (at - 2, at - 1, at):
        breaker.failed(moment)
    return breaker


def test_that_enough_failures_in_a_row_open_the_circuit() -> None:
    assert not opened().admit(3.0)


def test_that_a_success_in_between_starts_the_count_anew() -> None:
    breaker = CircuitBreaker(POLICY)
    breaker.failed(0.0)
    breaker.failed(1.0)
    breaker.succeeded()
    breaker.failed(2.0)
    assert breaker.admit(3.0)


def test_that_failures_far_apart_do_not_add_up() -> None:
    breaker = CircuitBreaker(POLICY)
    for moment in (0.0, 59.0, 61.0):
        breaker.failed(moment)
    assert breaker.admit(62.0)


def test_that_one_trial_is_let_through_after_the_cool_down() -> None:
    breaker = opened(at=2.0)
    assert [breaker.admit(moment) for moment in (31.9, 32.0, 32.1)] == [False, True, False]


def test_that_a_good_trial_closes_and_a_bad_one_opens_again() -> None:
    good, bad = opened(at=2.0), opened(at=2.0)
    good.admit(32.0)
    bad.admit(32.0)
    good.succeeded()
    bad.failed(33.0)
    assert good.admit(33.0)
    assert (bad.admit(62.9), bad.admit(63.0)) == (False, True)


def test_that_a_trial_without_an_outcome_gives_way_to_the_next() -> None:
    breaker = opened(at=2.0)
    assert breaker.admit(32.0)
    assert (breaker.admit(61.9), breaker.admit(62.0)) == (False, True)


def test_that_late_failures_do_not_prolong_the_cool_down() -> None:
    breaker = opened(at=2.0)
    breaker.failed(20.0)
    assert breaker.admit(32.0)


EVENTS = st.lists(st.tuples(st.sampled_from(["admit", "succeeded", "failed"]), st.integers(0, 40)), max_size=60)


@given(EVENTS)
def test_that_no_two_calls_pass_an_open_circuit_within_one_cool_down(events: list[tuple[str, int]]) -> None:
    breaker, now, trials = CircuitBreaker(POLICY), 0.0, []
    for event, passed in events:
        now += passed
        was = breaker.state
        if event == "admit":
            if breaker.admit(now) and was is not CircuitState.CLOSED:
                trials.append(now)
        elif event == "succeeded":
            breaker.succeeded()
            trials.clear()
        else:
            breaker.failed(now)
    assert all(later - earlier >= POLICY.cool_down for earlier, later in pairwise(trials))


@given(EVENTS)
def test_that_no_circuit_stays_open_for_ever(events: list[tuple[str, int]]) -> None:
    breaker, now = CircuitBreaker(POLICY), 0.0
    for event, passed in events:
        now += passed
        if event == "failed":
            breaker.failed(now)
        elif event == "admit":
            breaker.admit(now)
        else:
            breaker.succeeded()
    assert breaker.admit(now + POLICY.cool_down)


@pytest.mark.parametrize("failures", [1, 5])
def test_that_the_policy_says_how_many_failures_it_takes(failures: int) -> None:
    breaker = CircuitBreaker(BreakerPolicy(failures=failures))
    for _ in range(failures):
        assert breaker.admit(0.0)
        breaker.failed(0.0)
    assert not breaker.admit(0.0)
