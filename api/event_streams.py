"""Server-sent events (the HTML standard, section 9.2): what all streams of ours have alike."""

from collections.abc import AsyncIterator

from fastapi.sse import EventSourceResponse

POLL_SECONDS = 2.0
"""News come at once by notification; a look this often finds what no notification told."""
HEARTBEAT_SECONDS = 15.0
"""A stream that has nothing to say shows this often that it is still there."""

_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Nobody on the way keeps an event, or holds it back until there are more."""


def event_stream(events: AsyncIterator[bytes]) -> EventSourceResponse:
    """Answer with events as they come."""
    return EventSourceResponse(events, headers=_HEADERS)
