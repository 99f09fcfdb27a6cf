import json
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.types import Message, Scope

from api.body_limit import BodyLimit
from api.monitoring.metrics import ApiMetrics
from api.request_log import RequestLog
from api.security_headers import SecurityHeaders


async def fails(request: Request) -> PlainTextResponse:
    raise RuntimeError("the password is hunter2")


async def fails_midway(request: Request) -> StreamingResponse:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"half"
        raise RuntimeError("the rest is missing")

    return StreamingResponse(chunks())


async def reads(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


async def page(request: Request) -> HTMLResponse:
    return HTMLResponse("<p>Hello", headers={"Content-Security-Policy": "sandbox"} if request.query_params else None)


ROUTES = [
    Route("/fails", fails),
    Route("/midway", fails_midway),
    Route("/reads", reads, methods=["POST"]),
    Route("/page", page),
]


async def ask(path: str, *received: Message, method: str = "GET", query: str = "") -> list[Message]:
    """The messages that the server would send."""
    sent: list[Message] = []
    incoming = list(received)

    async def receive() -> Message:
        return incoming.pop(0) if incoming else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "headers": [], "http_version": "1.1", "scheme": "http", "server": ("x", 80), "client": None, "root_path": "",
    }  # fmt: skip
    app = Starlette(routes=ROUTES)
    await RequestLog(SecurityHeaders(BodyLimit(app.router, 10)), ApiMetrics())(scope, receive, send)
    return sent


def headers_of(start: Message) -> dict[str, str]:
    return {name.decode().lower(): value.decode() for name, value in start["headers"]}


async def test_that_an_unexpected_error_is_a_problem_that_tells_nothing_internal() -> None:
    start, body = await ask("/fails")
    problem = json.loads(body["body"])
    assert (start["status"], problem["code"]) == (500, "internal")
    assert problem["request_id"] == headers_of(start)["x-request-id"]
    assert "hunter2" not in body["body"].decode()


async def test_that_an_error_after_the_first_byte_breaks_the_answer_off() -> None:
    with pytest.raises(RuntimeError):
        await ask("/midway")


async def test_that_a_sender_who_hangs_up_gets_no_answer_and_is_no_error() -> None:
    assert await ask("/reads", {"type": "http.request", "body": b"a", "more_body": True}, method="POST") == []


async def test_that_a_page_gets_a_strict_policy_unless_it_brings_its_own() -> None:
    strict = headers_of((await ask("/page"))[0])
    assert "frame-ancestors 'none'" in strict["content-security-policy"]
    own = headers_of((await ask("/page", query="own=1"))[0])
    assert own["content-security-policy"] == "sandbox"
