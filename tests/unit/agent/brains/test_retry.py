"""When a model call is tried again."""

import asyncio

import pytest

from agent.brains.failure import FailureKind, ModelFailedError
from agent.brains.retry import RetryPolicy, retrying

QUICK = RetryPolicy(attempts=3, base=0.001, longest=0.002)


class Call:
    """A call that fails as scripted, then succeeds."""

    def __init__(self, *errors: BaseException) -> None:
        self.errors = list(errors)
        self.made = 0

    async def __call__(self) -> str:
        self.made += 1
        if self.errors:
            raise self.errors.pop(0)
        return "answer"


def failed(kind: FailureKind, retry_after: float | None = None) -> ModelFailedError:
    return ModelFailedError(kind, retry_after=retry_after)


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        (FailureKind.UNREACHABLE, 3),
        (FailureKind.TIMED_OUT, 3),
        (FailureKind.BUSY, 3),
        (FailureKind.UNREADABLE, 2),
        (FailureKind.REJECTED, 1),
        (FailureKind.REFUSED, 1),
        (FailureKind.TRUNCATED, 1),
        (FailureKind.SKIPPED, 1),
    ],
)
async def test_that_only_what_may_pass_is_tried_again(kind: FailureKind, made: int) -> None:
    call = Call(*(failed(kind) for _ in range(5)))
    with pytest.raises(ModelFailedError):
        await retrying(QUICK, 10.0, lambda: 0.0)(call)
    assert call.made == made


async def test_that_a_later_attempt_may_succeed() -> None:
    call = Call(failed(FailureKind.BUSY), failed(FailureKind.UNREACHABLE))
    assert await retrying(QUICK, 10.0, lambda: 0.0)(call) == "answer"


async def test_that_the_wait_asked_for_is_kept() -> None:
    clock = asyncio.get_running_loop().time
    call, began = Call(failed(FailureKind.BUSY, retry_after=0.05)), clock()
    await retrying(QUICK, began + 10, clock)(call)
    assert clock() - began >= 0.05


async def test_that_a_wait_beyond_the_deadline_is_not_begun() -> None:
    call = Call(failed(FailureKind.BUSY, retry_after=60.0))
    with pytest.raises(ModelFailedError):
        await retrying(QUICK, 30.0, lambda: 0.0)(call)
    assert call.made == 1


async def test_that_a_cancelled_call_stays_cancelled() -> None:
    call = Call(asyncio.CancelledError())
    with pytest.raises(asyncio.CancelledError):
        await retrying(QUICK, 10.0, lambda: 0.0)(call)
    assert call.made == 1
