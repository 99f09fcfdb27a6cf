"""Run an HTTP application on a free port of loopback, and say where."""

import socket

import uvicorn
from fastapi import FastAPI

_BACKLOG = 512


async def serve(app: FastAPI) -> None:
    """Serve until terminated; the first line of output is the address."""
    with socket.create_server(("127.0.0.1", 0), backlog=_BACKLOG) as listener:
        # Whoever connects before the application has started waits in the backlog.
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        config = uvicorn.Config(app, log_level="warning", access_log=False, backlog=_BACKLOG)
        await uvicorn.Server(config).serve(sockets=[listener])
