"""One log line and one measurement for each request, under an id that the answer carries too.

Neither bodies nor query strings are logged: both hold what people wrote, and their addresses.
"""

import re
import time

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import INTERNAL_DETAIL
from api.monitoring.metrics import ApiMetrics
from api.problems import problem_response
from frontdesk.ids import new_id

_log = structlog.get_logger("api.requests")
_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HEADER = "X-Request-ID"
_ROUTINE = frozenset({"/webhooks/{channel_id}", "/healthz", "/readyz", "/metrics"})
"""So frequent that their successes are logged at debug level only."""

_CLIENT_GONE = 499


class RequestLog:
    """Gives each request its id, logs and measures it, and turns an unexpected error into a problem answer."""

    def __init__(self, app: ASGIApp, metrics: ApiMetrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            status = await self._serve(scope, receive, send, request_id)
            self._record(scope, status, time.perf_counter() - began)

    async def _serve(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> int:
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[_HEADER] = request_id
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except ClientDisconnect:
            return _CLIENT_GONE
        except Exception:
            _log.exception("request failed", path=scope["path"])
            if status:
                raise  # half an answer is out; only the server can break the connection off
            response = problem_response("internal", INTERNAL_DETAIL, scope["path"], request_id=request_id)
            await response(scope, receive, watched)
        return status

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", None) or "unmatched"
        self._metrics.observe_request(scope["method"], route, status, seconds)
        log = _log.debug if route in _ROUTINE and status < 400 else _log.info
        log("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))


def _request_id(scope: Scope) -> str:
    """The caller's own id, if it is one that may stand in a log, else a new one."""
    given = Headers(scope=scope).get(_HEADER, "")
    return given if _GIVEN_ID.fullmatch(given) else new_id().hex
