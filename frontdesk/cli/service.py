"""The running service: the API, the worker or both, in one process, until it is told to stop."""

import asyncio
import signal
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import uvicorn
import uvloop
from fastapi import FastAPI

from frontdesk.cli.compose import Core, core, http_app, worker_services
from frontdesk.cli.database import database_url, readable_errors
from frontdesk.cli.listener import Listener, bind
from frontdesk.cli.logs import set_up_logs
from frontdesk.cli.telemetry import tracing
from frontdesk.config import Settings
from frontdesk.playbook.loading import LoadedPlaybook, load_playbook
from worker.app import register_tasks, run_worker

_CLOSING_SECONDS = 5
"""How long requests in progress may still take when the service is told to stop."""


class Part(StrEnum):
    """What one process can run."""

    API = "api"
    WORKER = "worker"


def run_service(settings: Settings, parts: set[Part]) -> None:
    """Run until SIGTERM or SIGINT: then accept nothing more, finish what runs, and let the database go."""
    set_up_logs(settings.log_format)
    playbook = load_playbook(settings.playbook)
    listener = bind(settings.host, settings.port) if Part.API in parts else None
    with tracing(settings), database_url(settings) as url, readable_errors():
        uvloop.run(_serve(settings, playbook, url, listener, works=Part.WORKER in parts))


async def _serve(
    settings: Settings, playbook: LoadedPlaybook, url: str, listener: Listener | None, *, works: bool
) -> None:
    with _stop_on_signals() as stop:
        async with core(settings, playbook, url) as built:
            running: list[Coroutine[Any, Any, None]] = []
            if works:
                running.append(_work(built, stop))
            if listener is not None:
                running.append(_listen(http_app(built), listener, stop))
            await _all_or_none(running)
