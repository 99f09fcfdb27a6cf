"""Run an HTTP application on a free port of loopback, and say where."""

import socket
import sys

import uvicorn


def listening_socket() -> socket.socket:
    """A socket on a free port."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    return listener


async def serve(app: object) -> None:
    """Serve until terminated; the first line of output is the address."""
    config = uvicorn.Config(app, log_level="warning", access_log=False, backlog=512)  # type: ignore[arg-type]
    listener = listening_socket()
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    sys.stdout.flush()
    await uvicorn.Server(config).serve(sockets=[listener])
