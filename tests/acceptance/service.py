"""The whole service as processes, with what a test needs around it: a database to look into and the REST API."""

import asyncio
import os
import re
import socket
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from ruamel.yaml import YAML
from sqlalchemy import make_url

from frontdesk.channels.contract import ChannelKind
from frontdesk.db.engine import psycopg_conninfo
from frontdesk.db.server import start_embedded, stop_embedded
from tests.acceptance.processes import ServiceProcess, Start

Json = dict[str, Any]

SECRET_KEY = "a-secret-key-that-only-these-tests-use"
READY_SECONDS = 60.0
COMMAND_SECONDS = 120.0
EXAMPLE = Path(__file__).parents[2] / "examples" / "travel"
_KEPT_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ")


def example_playbook(directory: Path, limits: Mapping[str, str]) -> Path:
    """A copy of the example business's playbook with other limits."""
    yaml = YAML()
    playbook = yaml.load(EXAMPLE / "playbook.yaml")
    playbook["limits"].update(limits)
    path = directory / "playbook.yaml"
    yaml.dump(playbook, path)
    return path


@dataclass(slots=True)
class Service:
    """A running service. Processes are named `api`, `worker-1`, `worker-2`, …"""

    directory: Path
    environment: Mapping[str, str]
    database_url: str
    base_url: str
    start_as: Start
    api: httpx.AsyncClient
    """Calls the REST API with a key that may do everything."""
    processes: dict[str, ServiceProcess] = field(default_factory=dict)

    def start(self, name: str, *arguments: str) -> ServiceProcess:
        """Start a process of the service under a name of the test's own."""
        log = self.directory / f"{name}.log"
        process = ServiceProcess(arguments, self.environment, self.directory, log, self.start_as)
        self.processes[name] = process
        process.start()
        return process

    async def ready(self) -> None:
        """Return once the API says that it can serve."""
        deadline = time.monotonic() + READY_SECONDS
        while not await self._is_ready():
            assert time.monotonic() < deadline, f"the service is not ready: {self.complaints()}"
            assert self.processes["api"].is_running, f"the API has ended: {self.complaints()}"
            await asyncio.sleep(0.05)

    async def _is_ready(self) -> bool:
        try:
            return (await self.api.get("/readyz")).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def complaints(self) -> str:
        """The last lines that each process wrote."""
        logs = ((name, process.log) for name, process in self.processes.items())
        return "\n".join(f"--- {name}\n{log.read_text(errors='replace')[-3000:]}" for name, log in logs if log.exists())

    async def command(self, *arguments: str) -> str:
        """Run a `frontdesk` command to its end; returns what it printed."""
        log = self.directory / f"command-{uuid4().hex}.log"
        process = ServiceProcess(arguments, self.environment, self.directory, log, Start.FORKED)
        process.start()
        code = await asyncio.to_thread(process.wait, COMMAND_SECONDS)
        printed = log.read_text(errors="replace")
        assert code == 0, f"frontdesk {' '.join(arguments)}: {printed}"
        return printed

    async def add_channel(self, kind: ChannelKind, settings: Mapping[str, str], secrets: Mapping[str, str]) -> str:
        """Connect a channel; returns its webhook's address."""
        given = [part for key, value in settings.items() for part in ("--set", f"{key}={value}")]
        hidden = [part for key, value in secrets.items() for part in ("--secret", f"{key}={value}")]
        printed = await self.command("channels", "add", kind, f"the {kind} of the tests", *given, *hidden)
        found = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", printed)
        assert found, printed
        return f"{self.base_url}/webhooks/{found[0]}"

    async def rows(self, query: str, *parameters: object) -> list[Json]:
        """Ask the database."""
        async with await psycopg.AsyncConnection.connect(
            psycopg_conninfo(self.database_url), row_factory=dict_row
        ) as connection:
            return await (await connection.execute(query.encode(), parameters)).fetchall()

    async def conversation(self, address: str) -> Json:
        """A contact's newest conversation, as the REST API shows it."""
        listed = await self.api.get("/v1/conversations", params={"contact": address})
        assert listed.status_code == httpx.codes.OK, listed.text
        items = listed.json()["items"]
        assert items, f"there is no conversation with {address}"
        shown = await self.api.get(f"/v1/conversations/{items[0]['id']}")
        assert shown.status_code == httpx.codes.OK, shown.text
        found: Json = shown.json()
        return found

    async def act(self, conversation_id: str, action: str, **body: str) -> Json:
        """Do something in a conversation as a person of the business."""
        done = await self.api.post(f"/v1/conversations/{conversation_id}/{action}", json=body)
        assert done.is_success, done.text
        answer: Json = done.json()
        return answer


@asynccontextmanager
async def running_service(
    directory: Path,
    playbook: Path,
    *,
    workers: int = 1,
    start_as: Start = Start.SPAWNED,
    documents: Path | None = None,
    **variables: str,
) -> AsyncIterator[Service]:
    """Start the API and its workers on a fresh database, and end them all at the end.

    `variables` are settings by their environment variables.
    """
    data_dir, port = directory / "data", _free_port()
    with _fresh_database(data_dir) as url:
        environment = {
            **{name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ},
            **({"DATABASE_URL": url} if os.environ.get("DATABASE_URL") else {}),
            "FRONTDESK_DATA_DIR": str(data_dir),
            "FRONTDESK_PLAYBOOK": str(playbook),
            "FRONTDESK_PORT": str(port),
            "FRONTDESK_SECRET_KEY": SECRET_KEY,
            "FRONTDESK_DATABASE_POOL": "8",
            **variables,
        }
        base_url = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(base_url=base_url, timeout=10) as api:
            service = Service(directory, environment, url, base_url, start_as, api)
            try:
                await _start(service, workers, documents)
                yield service
            finally:
                for process in service.processes.values():
                    process.kill()


async def _start(service: Service, workers: int, documents: Path | None) -> None:
    if documents is not None:
        await service.command("ingest", str(documents))
    service.start("api", "serve", "--no-worker")
    for number in range(1, workers + 1):
        service.start(f"worker-{number}", "worker")
    key = (await service.command("keys", "add", "Ola", "--scope", "admin")).split()[-1]
    service.api.headers["Authorization"] = f"Bearer {key}"
    await service.ready()


@contextmanager
def _fresh_database(data_dir: Path) -> Iterator[str]:
    """An embedded server on a directory of its own; with `DATABASE_URL`, a database of its own on that server."""
    configured = os.environ.get("DATABASE_URL")
    if not configured:
        server = start_embedded(data_dir)
        try:
            yield server.url
        finally:
            stop_embedded(server)
        return
    name = sql.Identifier(f"frontdesk_acceptance_{uuid4().hex}")
    with psycopg.connect(psycopg_conninfo(configured), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            url = make_url(configured).set(database=name.as_string().strip('"')).render_as_string(hide_password=False)
            yield url
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
