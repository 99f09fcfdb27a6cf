"""Processes of the service under test: started, killed without warning, and started again.

A process is the `frontdesk` command as an operator runs it. `FORKED` ones run the same command in a child of a process
that has imported it already, so that a test which kills a hundred of them does not spend its time on imports.
"""

import multiprocessing
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing.context import ForkServerProcess
from pathlib import Path

FRONTDESK = Path(sys.executable).with_name("frontdesk")
STOP_SECONDS = 20.0

_AT_WORK = re.compile(rb"^Frontdesk (listens|runs jobs)", re.MULTILINE)

_PRELOADED = ["tests.acceptance.preloaded"]


class Start(StrEnum):
    """How processes come to be."""

    SPAWNED = "spawned"
    FORKED = "forked"


@dataclass(slots=True)
class ServiceProcess:
    """One process of the service, in a process group of its own; its output goes to `log`."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    directory: Path
    log: Path
    start_as: Start = Start.SPAWNED
    _spawned: "subprocess.Popen[bytes] | None" = None
    _forked: ForkServerProcess | None = None
    _log_before: int = field(default=0, init=False)
    """Bytes in the log before the present start."""

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        if self._spawned is not None:
            return self._spawned.poll() is None
        return self._forked is not None and self._forked.is_alive()

    @property
    def is_at_work(self) -> bool:
        """Whether it has said since its start that it serves requests or runs jobs."""
        if not self.log.exists():
            return False
        with self.log.open("rb") as log:
            log.seek(self._log_before)
            return _AT_WORK.search(log.read()) is not None

    def start(self) -> None:
        """Start it; what it did before is forgotten by all but the log."""
        assert not self.is_running
        self._log_before = self.log.stat().st_size if self.log.exists() else 0
        if self.start_as is Start.FORKED:
            self._fork()
        else:
            self._spawn()

    def wait(self, seconds: float) -> int:
        """Return its exit code once it has ended; raises TimeoutError."""
        if self._spawned is not None:
            try:
                return self._spawned.wait(seconds)
            except subprocess.TimeoutExpired:
                raise TimeoutError(f"{self.log.stem} did not end in {seconds:g} s") from None
        assert self._forked is not None
        self._forked.join(seconds)
        if self._forked.exitcode is None:
            raise TimeoutError(f"{self.log.stem} did not end in {seconds:g} s")
        return self._forked.exitcode

    def kill(self) -> None:
        """End it without warning (SIGKILL), with all processes of its group."""
        if self.is_running:
            self._signal(signal.SIGKILL)
            self.wait(STOP_SECONDS)

    def _spawn(self) -> None:
        with self.log.open("ab") as log:
            self._spawned = subprocess.Popen(
                [FRONTDESK, *self.arguments],
                env=dict(self.environment),
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _fork(self) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_PRELOADED)
        given = (list(self.arguments), dict(self.environment), self.directory, self.log)
        self._forked = context.Process(target=run_command, args=given)
        self._forked.start()

    def _signal(self, number: signal.Signals) -> None:
        process = self._spawned or self._forked
        assert process is not None
        assert process.pid is not None
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:  # it has ended, or it was forked a moment ago and has no group yet
            os.kill(process.pid, number)


def run_command(arguments: list[str], environment: dict[str, str], directory: Path, log: Path) -> None:
    """Become the command: with a group, an environment, a directory and output of its own."""
    os.setsid()
    os.chdir(directory)
    os.environ.clear()
    os.environ.update(environment)
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(output, 1)
    os.dup2(output, 2)
    from frontdesk.cli.program import main

    sys.argv = ["frontdesk", *arguments]
    main()
