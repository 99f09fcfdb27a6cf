"""What every fake of an outside service stands on: a server on loopback, and calls back to our webhooks."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus

import aiohttp
from aiohttp import web

PATIENCE = 300.0
"""Seconds for which a webhook is called again; the real channels do so for hours or days."""

PAUSE = 0.1
"""Seconds between two calls."""

ANSWER_TIMEOUT = aiohttp.ClientTimeout(total=10)


class WebhookNotTakenError(AssertionError):
    """Our service has not answered 200 for as long as a fake channel is patient."""


@asynccontextmanager
async def listening(app: web.Application, port: int = 0) -> AsyncIterator[str]:
    """Serve on loopback; yields the address without a slash at its end. A port of 0 picks a free one."""
    runner = web.AppRunner(app, handler_cancellation=False, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def call_webhook(
    session: aiohttp.ClientSession, url: str, body: bytes, headers: Mapping[str, str], patience: float = PATIENCE
) -> int:
    """POST to a webhook until it is stored, as channels do; returns how many calls that took."""
    deadline = time.monotonic() + patience
    outcome, calls = "no call", 0
    while time.monotonic() < deadline:
        calls += 1
        outcome = await _call_once(session, url, body, headers)
        if outcome == str(HTTPStatus.OK.value):
            return calls
        await asyncio.sleep(PAUSE)
    raise WebhookNotTakenError(f"{url} was called {calls} times and answered last: {outcome}")


async def _call_once(session: aiohttp.ClientSession, url: str, body: bytes, headers: Mapping[str, str]) -> str:
    try:
        async with session.post(url, data=body, headers=headers, timeout=ANSWER_TIMEOUT) as response:
            await response.read()
            return str(response.status)
    except (aiohttp.ClientError, TimeoutError) as error:
        return type(error).__name__
