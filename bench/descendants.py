"""What a command uses with everything that it starts, processes included that outlive it for a moment."""

import ctypes
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from resource import struct_rusage

import psutil

_PR_SET_CHILD_SUBREAPER = 36
"""Of Linux's prctl(2): orphans below this process become its children, so that it learns what they used."""
_DATABASE = "postgres"


@dataclass(frozen=True, slots=True)
class Used:
    """CPU seconds of all processes together, and the memory of the largest (MB)."""

    cpu: float
    memory: float


def used_by(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> Used:
    """Run the command to its end, its output unread, and count all but the database's processes.

    On Linux only. Raises CalledProcessError.
    """
    before = {child.pid for child in psutil.Process().children()}
    with _adopting():
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
        _, status, own = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        new = [child for child in psutil.Process().children() if child.pid not in before]
        every = [own, *(os.wait4(child.pid, 0)[2] for child in new if child.name() != _DATABASE)]
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Used(sum(map(_cpu, every)), max(usage.ru_maxrss for usage in every) / 1024)


@contextmanager
def _adopting() -> Iterator[None]:
    """Take in orphans for a while."""
    prctl = ctypes.CDLL(None).prctl
    prctl(_PR_SET_CHILD_SUBREAPER, 1)
    try:
        yield
    finally:
        prctl(_PR_SET_CHILD_SUBREAPER, 0)


def _cpu(usage: struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime
