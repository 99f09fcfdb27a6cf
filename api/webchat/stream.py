"""A visitor's news as server-sent events, per the HTML standard's section 9.2."""

import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import structlog
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError

from api.event_streams import HEARTBEAT_SECONDS, POLL_SECONDS
from api.news import Feed, Subscription
from api.webchat.positions import Position
from api.webchat.repository import Excerpt, read_excerpt
from api.webchat.transcript import ShownState, page_of, state_of
from api.webchat.visitors import Visitor
from frontdesk.db.engine import Database

PAGE = 200
"""Messages read at a time."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Progress:
    """How far one stream has come."""

    cursor: Position
    _shown: set[UUID] = field(default_factory=set)
    """Messages beyond the cursor that went out already."""
    _state: ShownState | None = None

    def advance(self, excerpt: Excerpt, now: datetime) -> tuple[list[bytes], bool]:
        """The events that are due, and whether more messages can be read at once."""
        page = page_of(excerpt.rows, self.cursor)
        new = [shown for shown in page.messages if shown.message.id not in self._shown]
        events = [_event("message", shown.message, str(shown.cursor)) for shown in new]
        more = len(excerpt.rows) == PAGE and page.cursor != self.cursor
        self._remember(page.cursor, {shown.message.id for shown in page.messages if shown.cursor == page.cursor})
        if not more:
            events += self._news_of_state(state_of(excerpt, now))
        return events, more

    def _remember(self, cursor: Position, beyond: set[UUID]) -> None:
        self._shown = beyond
        self.cursor = cursor

    def _news_of_state(self, state: ShownState) -> list[bytes]:
        if state == self._state:
            return []
        self._state = state
        return [_event("state", state, None)]


@dataclass(frozen=True, slots=True)
class VisitorStream:
    """One open stream."""

    database: Database
    feed: Feed
    clock: Callable[[], datetime]
    poll_seconds: float = POLL_SECONDS
    heartbeat_seconds: float = HEARTBEAT_SECONDS

    async def events(self, visitor: Visitor, after: Position) -> AsyncIterator[bytes]:
        """Yield events until the visitor leaves; ends when the database fails, and the visitor connects again."""
        async with self.feed.subscribe(self.database.url, visitor.topic) as subscription:
            try:
                async for event in self._news(subscription, visitor, Progress(after)):
                    yield event
            except DBAPIError as error:
                _log.warning("a visitor's stream ended", error=type(error.orig).__name__)

    async def _news(self, subscription: Subscription, visitor: Visitor, progress: Progress) -> AsyncIterator[bytes]:
        quiet_since = time.monotonic()
        while True:
            excerpt = await self._read(visitor, progress.cursor)
            if excerpt.standing is not None and subscription.follow(str(excerpt.standing.conversation_id)):
                continue
            events, more = progress.advance(excerpt, self.clock())
            if not events and time.monotonic() - quiet_since >= self.heartbeat_seconds:
                events = [KEEPALIVE_COMMENT]
            if events:
                yield b"".join(events)
                quiet_since = time.monotonic()
            if not more:
                await subscription.wait(self.poll_seconds)

    async def _read(self, visitor: Visitor, after: Position) -> Excerpt:
        async with self.database.reading() as connection:
            return await read_excerpt(connection, visitor, after, PAGE)


def _event(name: str, data: BaseModel, event_id: str | None) -> bytes:
    return format_sse_event(event=name, data_str=data.model_dump_json(), id=event_id)
