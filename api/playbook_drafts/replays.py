"""Replay a draft over what contacts wrote lately, beside the service: in a process of its own, one at a time.

The process is `frontdesk eval diff`, so that the inbox and the command line say the same. What it tells is stored as it
comes, so that any page can show how far it is. A replay whose process, or ours, was ended is shown as broken off.
"""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import orjson
import psutil
import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.deps import ApiServices
from api.playbook_drafts import repository
from api.playbook_drafts.repository import ReplayState
from api.playbook_drafts.usable import usable_version
from frontdesk.conversations.repository import announce
from frontdesk.errors import FrontdeskError
from frontdesk.lifecycle.playbook_versions import source_of
from frontdesk.playbook.loading import LoadedPlaybook

MOST_CONVERSATIONS = 500
"""The newest of the time asked for."""
LONGEST = timedelta(minutes=30)
_TELL_EVERY = 1.0
"""Seconds between two notes of how far it is."""
_STILL_HERE = 15.0
"""Seconds after which a silent replay says that it goes on."""
_FRONTDESK = (sys.executable, "-m", "frontdesk")
_NICENESS = 10
_TIDIES_UP = 10.0
"""Seconds that a process has to end after it was asked to."""
_GOOD_CODES = (0, 1)
"""Nothing changes, or something does."""

_log = structlog.get_logger(__name__)


class ReplayBusyError(FrontdeskError):
    """Another replay is going on."""

    code = "replay_busy"


class _ProcessFailedError(Exception):
    """The process ended badly; the message is for the log."""


@dataclass(slots=True)
class DraftReplays:
    """The replays that this process has started."""

    command: Sequence[str] = _FRONTDESK
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def start(self, services: ApiServices, draft: str, days: int, author: str) -> UUID:
        """Begin to replay, and return at once. Raises DraftUnusableError and ReplayBusyError."""
        usable_version(draft)
        async with services.database.transaction() as connection:
            if await repository.is_running(connection, services.clock()):
                raise ReplayBusyError("another draft is being replayed; wait until that is done")
            replay_id = await repository.insert_replay(connection, draft, author, days, services.clock())
        task = asyncio.create_task(self._carry_out(services, replay_id, draft, days))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return replay_id

    async def close(self) -> None:
        """Break off what goes on."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _carry_out(self, services: ApiServices, replay_id: UUID, draft: str, days: int) -> None:
        progress = _Progress(services, replay_id)
        try:
            async with asyncio.timeout(LONGEST.total_seconds()):
                await self._replay(progress, draft, days)
            await progress.end(ReplayState.DONE)
        except TimeoutError:
            await progress.end(ReplayState.FAILED, f"it took longer than {LONGEST.total_seconds() / 60:.0f} minutes")
        except (_ProcessFailedError, SQLAlchemyError, OSError, ValueError) as error:
            _log.error("replay of a draft failed", replay=str(replay_id), reason=str(error))
            with suppress(SQLAlchemyError, OSError):
                await progress.end(ReplayState.FAILED, "the service's log says why")

    async def _replay(self, progress: "_Progress", draft: str, days: int) -> None:
        services = progress.services
        with TemporaryDirectory(prefix="frontdesk-draft-") as folder:
            arguments = await asyncio.to_thread(_arguments, Path(folder), services.playbook, draft, days)
            environment = {
                **os.environ,
                "DATABASE_URL": services.database.url,
                "FRONTDESK_DATA_DIR": str(services.settings.absolute_data_dir),
            }
            async with aclosing(_said([*self.command, *arguments], environment)) as process:
                async for said in process:
                    await progress.hear(said)


replays = DraftReplays()
"""Of this process."""


def _arguments(folder: Path, running: LoadedPlaybook, draft: str, days: int) -> Sequence[str]:
    """What the process is started with; both playbooks are written to the folder."""
    new, old = folder / "draft.yaml", folder / "running.yaml"
    new.write_text(draft, encoding="utf-8")
    old.write_text(source_of(running), encoding="utf-8")
    span = ["--since", f"{days}d", "--newest", str(MOST_CONVERSATIONS)]
    return ["eval", "diff", "--playbook", str(new), "--against", str(old), "--knowledge", "service", *span, "--json"]


@dataclass(slots=True)
class _Progress:
    """Stores what the process tells."""

    services: ApiServices
    replay_id: UUID
    _done: int = 0
    _told_at: datetime | None = None

    async def hear(self, said: Mapping[str, object]) -> None:
        """Store one line; an empty one says that it goes on."""
        now = self.services.clock()
        match said:
            case {"lead": dict(lead), "at": at}:
                await self._lead(lead, datetime.fromisoformat(at) if isinstance(at, str) else None)
            case {"conversations": int(total)}:
                await self._tell(now, total=total)
            case {"replayed": int(done)}:
                self._done = done
                if self._told_at is None or (now - self._told_at).total_seconds() >= _TELL_EVERY:
                    await self._tell(now)
            case {}:
                await self._tell(now)

    async def end(self, state: ReplayState, problem: str | None = None) -> None:
        """It is over."""
        await self._tell(self.services.clock(), state=state, problem=problem)

    async def _tell(self, now: datetime, **values: object) -> None:
        self._told_at = now
        async with self.services.database.transaction() as connection:
            await repository.update_replay(connection, self.replay_id, seen_at=now, done=self._done, **values)
            await announce(connection, self.replay_id)

    async def _lead(self, lead: Mapping[str, object], at: datetime | None) -> None:
        changes, why = lead["changes"], lead["why"]
        assert isinstance(changes, list)
        assert isinstance(why, list)
        async with self.services.database.transaction() as connection:
            await repository.insert_lead(connection, self.replay_id, UUID(str(lead["case_id"])), at, changes, why)


async def _said(command: Sequence[str], environment: Mapping[str, str]) -> AsyncGenerator[Mapping[str, object]]:
    """What the process prints, line by line, and `{}` whenever it has been silent for a while.

    Raises _ProcessFailedError. The process ends with whoever listens.
    """
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=STDOUT, env=environment, limit=2**20)
    assert process.stdout is not None
    last = b""
    try:
        with suppress(psutil.Error):
            psutil.Process(process.pid).nice(_NICENESS)  # contacts come first
        while True:
            try:
                line = await asyncio.wait_for(process.stdout.readline(), _STILL_HERE)
            except TimeoutError:
                yield {}
                continue
            if not line:
                break
            if line.startswith(b"{"):
                yield orjson.loads(line)
            last = line if line.strip() else last
        if await process.wait() not in _GOOD_CODES:
            raise _ProcessFailedError(last.decode("utf-8", "replace").strip())
    finally:
        await _end(process)


async def _end(process: Process) -> None:
    """Let it tidy up; what it still says is of no use to anyone."""
    if process.returncode is None:
        process.terminate()
    try:
        await asyncio.wait_for(process.communicate(), _TIDIES_UP)
    except TimeoutError:
        process.kill()
        await process.communicate()
