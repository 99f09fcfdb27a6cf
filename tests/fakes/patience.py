"""Waiting for what is to become so, in place of a sleep that is now too short and now too long."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable


async def until(
    holds: Callable[[], object | Awaitable[object]], seconds: float = 60.0, what: str = "what is waited for"
) -> None:
    """Wait until something holds; fails with `what` after so many seconds."""
    deadline = time.monotonic() + seconds
    while not await _value(holds()):
        assert time.monotonic() < deadline, f"after {seconds:g} s still not: {what}"
        await asyncio.sleep(0.02)


async def _value(found: object) -> object:
    return await found if inspect.isawaitable(found) else found
