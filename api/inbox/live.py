"""News for open pages as server-sent events: a page that hears of a change reads its live parts again.

A conversation's page also hears which colleague is typing in it.
"""

import time
from collections.abc import AsyncIterator, Iterator
from uuid import UUID

from fastapi import APIRouter
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event

from api.deps import ApiServices, Services
from api.event_streams import HEARTBEAT_SECONDS, POLL_SECONDS, event_stream
from api.inbox.access import Answering
from api.inbox.errors import InboxRoute
from api.inbox.presence import Typing, topic_of
from api.inbox.repository import pulse
from api.news import EVERYTHING, Feed, Subscription

_feed = Feed()

router = APIRouter(prefix="/inbox", include_in_schema=False, route_class=InboxRoute)


@router.get("/live")
async def follow(person: Answering, services: Services, conversation: UUID | None = None) -> EventSourceResponse:
    """An event `news` whenever anything in the inbox has changed, and `typing` for one conversation."""
    return event_stream(_events(services, conversation, person.email))


async def _events(services: ApiServices, conversation: UUID | None, me: str) -> AsyncIterator[bytes]:
    known = await _pulse(services)
    yield KEEPALIVE_COMMENT
    quiet_since = time.monotonic()
    async with _feed.subscribe(services.database.url, EVERYTHING) as subscription:
        if conversation is not None:
            subscription.follow(topic_of(conversation))
        while True:
            heard = await subscription.wait(POLL_SECONDS)
            for typing in _colleagues_typing(subscription, me):
                yield format_sse_event(event="typing", data_str=typing.name)
            current = await _pulse(services)
            if heard or current != known:
                known, quiet_since = current, time.monotonic()
                yield format_sse_event(event="news", data_str=current)
            elif time.monotonic() - quiet_since >= HEARTBEAT_SECONDS:
                quiet_since = time.monotonic()
                yield KEEPALIVE_COMMENT


def _colleagues_typing(subscription: Subscription, me: str) -> Iterator[Typing]:
    said = map(Typing.model_validate_json, subscription.words())
    return (typing for typing in said if typing.email != me)


async def _pulse(services: ApiServices) -> str:
    async with services.database.reading() as connection:
        return await pulse(connection)
