"""When a failed model call is tried again: rules for tenacity, inside a deadline."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_random, wait_random_exponential

from agent.brains.failure import TRANSIENT, FailureKind, ModelFailedError

LEAST_CALL = 0.3
"""Seconds under which a call is not worth starting."""

UNREADABLE_ATTEMPTS = 2
"""A server that answers something else than completions rarely changes its mind."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often, and how patiently."""

    attempts: int = 3
    base: float = 0.25
    """Seconds: the first wait lies between 0 and this, and the bound doubles with every attempt (full jitter)."""
    longest: float = 4.0
    """Seconds: the bound of a wait that the server did not ask for."""


def retrying(policy: RetryPolicy, deadline: float, clock: Callable[[], float]) -> AsyncRetrying:
    """Return the retries of one model, all of them done by `deadline` on `clock` (seconds)."""
    backoff = wait_random_exponential(multiplier=policy.base, max=policy.longest)
    spread = wait_random(0, policy.base)

    def wait(state: RetryCallState) -> float:
        asked = _failure(state).retry_after
        return backoff(state) if asked is None else asked + spread(state)

    def stop(state: RetryCallState) -> bool:
        attempts = UNREADABLE_ATTEMPTS if _failure(state).kind is FailureKind.UNREADABLE else policy.attempts
        out_of_time = clock() + state.upcoming_sleep + LEAST_CALL > deadline
        return out_of_time or state.attempt_number >= min(attempts, policy.attempts)

    return AsyncRetrying(
        sleep=asyncio.sleep, retry=retry_if_exception(is_transient), wait=wait, stop=stop, reraise=True
    )


def is_transient(error: BaseException) -> bool:
    """Whether the same call may succeed if it is made again."""
    return isinstance(error, ModelFailedError) and error.kind in TRANSIENT


def _failure(state: RetryCallState) -> ModelFailedError:
    error = state.outcome.exception() if state.outcome else None
    assert isinstance(error, ModelFailedError), "only transient model failures are retried"
    return error
