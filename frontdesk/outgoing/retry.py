"""When to try again: the schedule that the Standard Webhooks specification recommends."""

from datetime import timedelta

SCHEDULE = tuple(timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400))


def retry_delay(attempts: int, jitter: float) -> timedelta | None:
    """The wait after this many attempts, stretched by up to a fifth (`jitter` in [0, 1]); None: give up."""
    if attempts > len(SCHEDULE):
        return None
    return SCHEDULE[attempts - 1] * (1 + 0.2 * jitter)
