"""Routes that read a short body at most, long before the service's own limit."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

LIMIT_BYTES = 64 * 1024
"""Room for the longest text with every character escaped."""


class _SmallRequest(Request):
    async def body(self) -> bytes:
        """Read all of the body; raises HTTPException with 413 as soon as it is too long."""
        if not hasattr(self, "_body"):
            read = bytearray()
            async for chunk in self.stream():
                read += chunk
                if len(read) > LIMIT_BYTES:
                    raise HTTPException(413)
            self._body = bytes(read)
        return self._body


class SmallBodyRoute(APIRoute):
    """A route whose body has at most `LIMIT_BYTES`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the framework's handler, which reads the body first of all."""
        handle = super().get_route_handler()

        async def limited(request: Request) -> Response:
            return await handle(_SmallRequest(request.scope, request.receive))

        return limited
