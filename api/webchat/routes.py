"""The visitor's API: a session, writing, reading, and news as they come.

Everything but the session takes the visitor's token, and reaches that visitor's own conversations only. A visitor
may be on any site: the sites that may embed a chat are those in its `allowed_origins`, or any while it lists none.
"""

import math
import secrets
import time
from dataclasses import dataclass, field
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query
from fastapi.sse import EventSourceResponse
from pydantic import BaseModel, ConfigDict, Field, field_validator
from starlette.requests import Request
from starlette.responses import Response

from api.deps import Reading, Services
from api.errors import request_id_of
from api.event_streams import event_stream
from api.news import Feed
from api.problems import openapi_responses, problem_response
from api.webchat.accounts import ReturningVisitor, ThisChat, ThisVisitor, client_address
from api.webchat.page import page_router
from api.webchat.positions import read_position
from api.webchat.repository import announce_visitor, read_excerpt
from api.webchat.small_bodies import SmallBodyRoute
from api.webchat.stream import PAGE, VisitorStream
from api.webchat.throttle import Throttle
from api.webchat.transcript import ShownMessage, ShownState, page_of, state_of
from api.webchat.visitors import Visitor, issue_token
from api.webchat.welcome import Welcome, welcome
from frontdesk.channels.contract import MessageKind, MessageReceived, Person
from frontdesk.channels.webchat import ADAPTER
from frontdesk.text import storable

STREAMS_PER_VISITOR = 10
"""Open tabs; each holds a stream."""

_EVENTS: dict[int | str, dict[str, object]] = {200: {"content": {EventSourceResponse.media_type: {}}}}

LanguageTag = Annotated[str, Field(max_length=35)]


class SessionRequest(BaseModel):
    """The languages that the visitor's browser prefers, best first."""

    model_config = ConfigDict(extra="forbid")

    languages: Annotated[list[LanguageTag], Field(max_length=20)] = []


class Session(BaseModel):
    """The token that proves who the visitor is from now on, and what to tell them first."""

    model_config = ConfigDict(frozen=True)

    token: str
    text_limit: int
    """Longest message, in UTF-16 code units."""
    welcome: Welcome


class NewMessage(BaseModel):
    """What a visitor writes; the same `id` again is the same message, and is stored once."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    text: str

    @field_validator("text")
    @classmethod
    def _is_sendable(cls, text: str) -> str:
        text = storable(text).strip()
        if not text:
            raise ValueError("must not be empty")
        if len(text.encode("utf-16-le")) // 2 > ADAPTER.text_limit:
            raise ValueError(f"must have at most {ADAPTER.text_limit} characters")
        return text


class Accepted(BaseModel):
    """The message is stored."""

    model_config = ConfigDict(frozen=True)

    id: UUID


class History(BaseModel):
    """Messages, oldest first; `cursor` asks for what follows, and `more` says that there is some already."""

    model_config = ConfigDict(frozen=True)

    messages: tuple[ShownMessage, ...]
    cursor: str
    more: bool
    state: ShownState


@dataclass(frozen=True, slots=True)
class VisitorApi:
    """The routes' shared state: who listens, and how often each visitor has asked."""

    feed: Feed = field(default_factory=Feed)
    sessions: Throttle = field(default_factory=lambda: Throttle(burst=60, per_second=1))
    """By network address, which an office may share."""
    writing: Throttle = field(default_factory=lambda: Throttle(burst=10, per_second=0.5))
    """By visitor."""

    async def start_session(
        self, body: SessionRequest, request: Request, chat: ThisChat, visitor: ReturningVisitor, services: Services
    ) -> Session | Response:
        """Recognise a visitor by their token and renew it, or make a new visitor."""
        wait = self.sessions.take(client_address(request), time.monotonic())
        if wait:
            return _too_often(request, wait)
        known = visitor or Visitor(chat.account.id, secrets.token_hex(16))
        return Session(
            token=issue_token(known, chat.secrets.visitor_key, services.clock()),
            text_limit=ADAPTER.text_limit,
            welcome=welcome(services.playbook.playbook, chat.settings, body.languages),
        )

    async def write(
        self, body: NewMessage, request: Request, chat: ThisChat, visitor: ThisVisitor, services: Services
    ) -> Accepted | Response:
        """Store a message; 202 means that it is stored, and the answer comes as an event."""
        wait = self.writing.take(visitor.topic, time.monotonic())
        if wait:
            return _too_often(request, wait)
        now = services.clock()
        received = MessageReceived(
            external_id=f"{visitor.id}:{body.id}",
            person=Person(addresses=(visitor.id,)),
            kind=MessageKind.TEXT,
            text=body.text,
            sent_at=now,
        )
        await services.intake.take_in_events(chat.account, [received], now)
        async with services.database.transaction() as connection:
            await announce_visitor(connection, visitor)
        return Accepted(id=body.id)

    async def read(
        self,
        visitor: ThisVisitor,
        services: Services,
        connection: Reading,
        after: Annotated[str | None, Query(description="The `cursor` of the page before")] = None,
    ) -> History:
        """The visitor's own messages and those written to them."""
        start = read_position(after)
        excerpt = await read_excerpt(connection, visitor, start, PAGE)
        page = page_of(excerpt.rows, start)
        return History(
            messages=tuple(shown.message for shown in page.messages),
            cursor=str(page.cursor),
            more=len(excerpt.rows) == PAGE and page.cursor != start,
            state=state_of(excerpt, services.clock()),
        )

    async def listen(
        self,
        request: Request,
        visitor: ThisVisitor,
        services: Services,
        after: Annotated[str | None, Query(description="The `id` of the last event that arrived")] = None,
        last_event_id: Annotated[str | None, Header()] = None,
    ) -> Response:
        """Events `message` (with an `id` to continue from) and `state`, as they happen."""
        start = read_position(last_event_id or after)
        if self.feed.subscribers(visitor.topic) >= STREAMS_PER_VISITOR:
            return _too_often(request, 10)
        stream = VisitorStream(services.database, self.feed, services.clock)
        return event_stream(stream.events(visitor, start))


def webchat_router() -> APIRouter:
    """All routes of the web chat."""
    api = VisitorApi()
    visitor = APIRouter(prefix="/webchat/{channel_id}", tags=["web chat"], route_class=SmallBodyRoute)
    add = visitor.add_api_route
    add("/session", api.start_session, methods=["POST"], name="start_visitor_session", response_model=Session)
    add("/messages", api.write, methods=["POST"], name="write_as_visitor", status_code=202, response_model=Accepted)
    add("/messages", api.read, methods=["GET"], name="read_as_visitor")
    add("/events", api.listen, methods=["GET"], name="listen_as_visitor", response_class=Response, responses=_EVENTS)
    router = APIRouter(responses=openapi_responses())
    router.include_router(page_router())
    router.include_router(visitor)
    return router


def _too_often(request: Request, wait: float) -> Response:
    seconds = math.ceil(wait)
    return problem_response(
        "too_many_requests",
        f"too many requests; try again in {seconds} s",
        request.scope["path"],
        request_id=request_id_of(request),
        headers={"Retry-After": str(seconds)},
        status=429,
    )
