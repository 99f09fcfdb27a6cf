import subprocess
import sys
from pathlib import Path

import pytest

from bench.descendants import used_by

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux alone")

_BUSY = "import time\nwhile time.process_time() < {seconds}: pass\n"
_LEAVES_ANOTHER = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", {busy!r}])
"""


def test_that_what_outlives_a_command_is_counted_with_it(tmp_path: Path) -> None:
    program = _LEAVES_ANOTHER.format(busy=_BUSY.format(seconds=0.5))
    used = used_by([sys.executable, "-c", program], tmp_path, {})
    assert used.cpu >= 0.5
    assert used.memory > 1


def test_that_a_command_that_fails_says_so(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        used_by([sys.executable, "-c", "raise SystemExit(3)"], tmp_path, {})


def test_that_processes_of_before_are_not_waited_for(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as mine:
        used_by([sys.executable, "-c", ""], tmp_path, {})
        assert mine.poll() is None
        mine.communicate(b"\n")
