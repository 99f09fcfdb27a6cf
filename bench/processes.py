"""The processes of a benchmark: each prints one line when it is ready, and ends with the run."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.request import urlopen

from bench.workload import Load, Measured

ROOT = Path(__file__).parent.parent
STOP_SECONDS = 15.0


class ProcessFailedError(Exception):
    """A process of the benchmark ended before its time; its own output says why."""


@contextmanager
def started(
    module: str, *arguments: str, cwd: Path, environment: Mapping[str, str]
) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Run `python -m module` and yield it with its first line of output."""
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=cwd,
        env={**environment, "PYTHONPATH": str(ROOT)},
    ) as process:
        try:
            yield process, line_of(process)
        finally:
            _stop(process)


def line_of(process: "subprocess.Popen[str]") -> str:
    """The next line that a process prints."""
    line = _pipe(process.stdout).readline()
    if not line:
        raise ProcessFailedError(f"{process.args!r} ended early")
    return line.strip()


def _stop(process: "subprocess.Popen[str]") -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


class LoadGenerator:
    """The parent's end of `bench.load`."""

    def __init__(self, process: "subprocess.Popen[str]", port: str) -> None:
        self._process = process
        self.receiver_url = f"http://127.0.0.1:{port}/replies"

    def run(self, load: Load) -> Measured:
        """Have a load run to its end."""
        to = _pipe(self._process.stdin)
        to.write(load.model_dump_json() + "\n")
        to.flush()
        return Measured.model_validate_json(line_of(self._process))


class ModelServerHandle:
    """The parent's end of `bench.model_server`."""

    def __init__(self, port: str) -> None:
        self._origin = f"http://127.0.0.1:{port}"

    def base_url(self, delay_ms: int) -> str:
        """What an OpenAI client is given."""
        return f"{self._origin}/{delay_ms}/v1"

    def calls(self) -> int:
        """How many completions were asked for so far."""
        with urlopen(f"{self._origin}/calls") as response:
            return int(response.read())
