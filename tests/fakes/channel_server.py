"""The other end of any HTTP protocol of ours, on loopback: it records each request and answers as it was told."""

import json
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from tests.fakes.loopback import listening


@dataclass(frozen=True, slots=True)
class Request:
    """One request, as it came in; header names in lower case."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        """The body, which must be a JSON object."""
        read = json.loads(self.body)
        assert isinstance(read, dict)
        return read


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `meanwhile` is awaited before it is given; `hang_up` closes the connection instead."""

    status: int = 200
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    meanwhile: Callable[[Request], Awaitable[None]] | None = None
    hang_up: bool = False


@dataclass(slots=True)
class ChannelServer:
    """Answers 200 unless told otherwise."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    _answers: deque[Answer] = field(default_factory=deque)

    def answer(self, *answers: Answer) -> None:
        """Treat the next requests so, in turn."""
        self._answers.extend(answers)

    @property
    def texts(self) -> list[object]:
        """The texts of the generic channel's messages, in order."""
        data = [request.json["data"] for request in self.requests]
        return [each["text"] for each in data if isinstance(each, dict)]

    async def handle(self, request: web.Request) -> web.Response:
        """Any path, any method."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        received = Request(request.path, headers, await request.read())
        self.requests.append(received)
        answer = self._answers.popleft() if self._answers else Answer()
        if answer.meanwhile is not None:
            await answer.meanwhile(received)
        if answer.hang_up:
            assert request.transport is not None
            request.transport.close()
        body = b"" if answer.body is None else json.dumps(answer.body).encode()
        return web.Response(status=answer.status, body=body, headers=dict(answer.headers))


@asynccontextmanager
async def channel_server() -> AsyncIterator[ChannelServer]:
    """A server that is listening."""
    server, app = ChannelServer(), web.Application()
    app.router.add_route("*", "/{path:.*}", server.handle)
    async with listening(app) as base_url:
        server.url = base_url
        yield server
