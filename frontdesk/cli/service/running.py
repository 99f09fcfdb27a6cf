"""The running service: the API, the worker or both, in one process, until it is told to stop."""

import asyncio
import gc
import signal
from collections.abc import Callable, Generator, Iterator
from contextlib import AsyncExitStack, contextmanager
from enum import StrEnum
from socket import socket
from typing import Any

import structlog
import uvicorn
import uvloop
from procrastinate.exceptions import ConnectorException
from sqlalchemy.exc import DBAPIError
from starlette.types import ASGIApp

from frontdesk.cli.compose import Core, core, http_app, worker_services
from frontdesk.cli.database import database_url, readable_errors
from frontdesk.cli.logs import set_up_logs
from frontdesk.cli.service.closing import ClosingStreams
from frontdesk.cli.service.listener import Listener, bind
from frontdesk.cli.service.republished import republished
from frontdesk.cli.service.telemetry import tracing
from frontdesk.config import Settings
from frontdesk.garbage import collect_rarely
from frontdesk.playbook.loading import LoadedPlaybook, load_playbook
from worker.app import WorkerServices, register_tasks, run_worker

_CLOSING_SECONDS = 5
"""How long requests in progress may still take when the service is told to stop."""

_RESTART_SECONDS = 1.0
_CANCEL_AGAIN_SECONDS = 12.0
"""Longer than a worker takes to finish its jobs."""

_log = structlog.get_logger(__name__)


class Part(StrEnum):
    """What one process can run."""

    API = "api"
    WORKER = "worker"


Announce = Callable[[str | None], None]
"""Told once that the service runs, with the API's address if it has one."""


def print_address(address: str | None) -> None:
    """Say where the service is."""
    print(f"Frontdesk listens on {address}" if address else "Frontdesk runs jobs", flush=True)


def run_service(settings: Settings, parts: set[Part], announce: Announce = print_address) -> None:
    """Run until SIGTERM or SIGINT: then accept nothing more, finish what runs, and let the database go.

    When another playbook is published, what runs is finished too, and everything starts anew with it; who connects
    meanwhile waits a moment.
    """
    set_up_logs(settings.log_format)
    playbook: LoadedPlaybook | None = load_playbook(settings.playbook)
    listener = bind(settings.host, settings.port) if Part.API in parts else None
    with tracing(settings), database_url(settings) as url, readable_errors():
        while playbook is not None:
            works = Part.WORKER in parts
            playbook = uvloop.run(_serve(settings, playbook, url, listener, works=works, announce=announce))
            announce = _say_nothing


def _say_nothing(_address: str | None) -> None:
    """It was announced before."""


async def _serve(
    settings: Settings,
    playbook: LoadedPlaybook,
    url: str,
    listener: Listener | None,
    *,
    works: bool,
    announce: Announce,
) -> LoadedPlaybook | None:
    """Run with a playbook; returns the one to go on with, if that is why it ends."""
    async with AsyncExitStack() as stack:
        stop = stack.enter_context(_stop_on_signals())
        built = await stack.enter_async_context(core(settings, playbook, url))
        services = await stack.enter_async_context(worker_services(built)) if works else None
        async with asyncio.TaskGroup() as running:
            if services is not None:
                running.create_task(_work(built, services, stop), name="worker")
            if listener is not None:
                server = _Server(ClosingStreams(http_app(built), stop))
                running.create_task(_listen(server, listener, stop), name="api")
                await server.listening.wait()
            _settle_memory()
            announce(listener.url if listener else None)
            following = await _next_playbook(built, stop)
            if following is None and listener is not None:
                listener.socket.close()
            return following


async def _next_playbook(built: Core, stop: asyncio.Event) -> LoadedPlaybook | None:
    """Wait for the end; the playbook that was published, if it is the end because of that."""
    published = asyncio.create_task(republished(built.database, built.playbook))
    await _first_of(published, stop)
    if not published.done():
        published.cancel()
        return None
    stop.set()
    _log.info("playbook published; starting anew", version=published.result().version)
    return published.result()


def _settle_memory() -> None:
    """Let the collector pass over what start-up made and keeps: it is most of what there is, and takes long."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    collect_rarely()


@contextmanager
def _stop_on_signals() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and SIGINT set."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


async def _work(built: Core, services: WorkerServices, stop: asyncio.Event) -> None:
    """Run jobs; a database that goes away is waited for."""
    register_tasks(built.app, services)
    while not stop.is_set():
        working = asyncio.create_task(run_worker(built.app, services, built.settings))
        await _first_of(working, stop)
        await _cancel(working)
        try:
            await working
        except asyncio.CancelledError:
            return
        except (ConnectorException, DBAPIError) as error:
            _log.warning("worker interrupted", error=type(error).__name__)
        await _first_of(asyncio.create_task(asyncio.sleep(_RESTART_SECONDS)), stop)


async def _cancel(task: "asyncio.Task[None]") -> None:
    """Cancel a task until it ends.

    A worker that is just connecting may miss the first time: `asyncio.wait_for` of Python 3.11, with which a pool waits
    for a connection, swallows a cancellation that comes at the same moment as the connection. A worker that runs
    finishes its jobs before the second time.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=_CANCEL_AGAIN_SECONDS)


async def _listen(server: "_Server", listener: Listener, stop: asyncio.Event) -> None:
    # The server closes its socket in the end; the listener's own stays for the next one.
    serving = asyncio.create_task(server.serve(sockets=[listener.socket.dup()]))
    await _first_of(serving, stop)
    server.should_exit = True
    await serving


class _Server(uvicorn.Server):
    """Leaves signals to us: the worker beside it must stop too, and the database be let go after both."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                server_header=False,
                timeout_graceful_shutdown=_CLOSING_SECONDS,
            )
        )
        self.listening = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()


async def _first_of(task: asyncio.Task[Any], stop: asyncio.Event) -> None:
    """Return when the task ends or the service is told to stop."""
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
