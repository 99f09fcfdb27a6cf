"""The embedded server, started for real: who holds it, what stops it, and what it recovers from."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import psycopg
import pytest

from frontdesk.db.server import EmbeddedServer, EmbeddedServerError, is_new, start_embedded, stop_embedded

HOLD = """
import sys
from pathlib import Path
from frontdesk.db.server import start_embedded
print(start_embedded(Path(sys.argv[1])).url, flush=True)
sys.stdin.readline()
"""

FORK_THEN_STOP_IN_THE_CHILD = """
import os, sys
from pathlib import Path
import psycopg
from frontdesk.db.server import start_embedded, stop_embedded
server = start_embedded(Path(sys.argv[1]))
child = os.fork()
if child == 0:
    stop_embedded(server)
    os._exit(0)
os.waitpid(child, 0)
psycopg.connect(server.url).close()
"""


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    directory = tmp_path / "data"
    yield directory
    for process in processes_in(directory / "postgres"):
        process.kill()


@pytest.fixture
def holder(data_dir: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start other processes that hold a handle until they are told to end by closing their input."""
    with ExitStack() as stack:

        def begin() -> subprocess.Popen[str]:
            command = [sys.executable, "-c", HOLD, str(data_dir)]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            stack.callback(finish, process)
            return process

        yield begin


def finish(process: subprocess.Popen[str]) -> int:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    process.stdout.close()
    return process.wait(30)


def announced_url(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def processes_in(cluster: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.name().startswith("postgres") and Path(process.cwd()) == cluster:
                found.append(process)
        except psutil.Error:
            continue
    return found


def postmaster_pid(server: EmbeddedServer) -> int:
    return int((server.data_dir / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def value(server: EmbeddedServer, query: str) -> object:
    with psycopg.connect(server.url, connect_timeout=5) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def is_up(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def wait_until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def wait_for_a_cluster_in_the_making(data_dir: Path) -> None:
    wait_until(lambda: list(data_dir.glob(".postgres-new-*/PG_VERSION")))


def crash(data_dir: Path) -> EmbeddedServer:
    """Start a server, kill all of it so that its lock files stay, and return the handle, which is still held."""
    server = start_embedded(data_dir)
    os.kill(postmaster_pid(server), signal.SIGKILL)
    wait_until(lambda: not processes_in(data_dir / "postgres"))
    return server


def lock_files(data_dir: Path) -> dict[str, Path]:
    """The server's two lock files: of the directory and of its socket, which a long path puts elsewhere."""
    postmaster = data_dir / "postgres" / "postmaster.pid"
    socket_dir = Path(postmaster.read_text().splitlines()[4])
    return {"directory": postmaster, "socket": socket_dir / ".s.PGSQL.5432.lock"}


def test_that_a_first_start_makes_the_database_ready_for_vectors(data_dir: Path) -> None:
    server = start_embedded(data_dir / "missing" / "parents", database="desk one")
    try:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("CREATE EXTENSION vector")
        assert value(server, "SELECT current_database()") == "desk one"
        assert value(server, "SELECT ('[1,2]'::vector <-> '[1,5]'::vector)::int") == 3
    finally:
        stop_embedded(server)
    assert not processes_in(server.data_dir / "postgres")


def test_that_the_server_is_durable_private_roomy_and_the_same_everywhere(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "xx_XX.ISO-8859-1")
    monkeypatch.setenv("PGPORT", "6000")
    server = start_embedded(data_dir)
    try:
        wanted = {"fsync": "on", "max_connections": "200", "listen_addresses": "", "unix_socket_permissions": "0700"}
        assert {name: value(server, f"SHOW {name}") for name in wanted} == wanted
        assert value(server, "SELECT lower('ŁÓDŹ ÑANDÚ')") == "łódź ñandú"
    finally:
        stop_embedded(server)


def test_that_data_outlives_a_stop(data_dir: Path) -> None:
    server = start_embedded(data_dir)
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE note AS SELECT 'kept' AS text")
    stop_embedded(server)
    assert not is_up(server.url)
    again = start_embedded(data_dir)
    try:
        assert value(again, "SELECT text FROM note") == "kept"
    finally:
        stop_embedded(again)


def test_that_only_the_last_handle_stops_the_server(data_dir: Path) -> None:
    first, second = start_embedded(data_dir), start_embedded(data_dir)
    stop_embedded(first)
    stop_embedded(first)
    assert is_up(second.url)
    stop_embedded(second)
    assert not is_up(second.url)


def test_that_another_process_exiting_leaves_the_server_to_us(
    data_dir: Path, holder: Callable[[], subprocess.Popen[str]]
) -> None:
    other = holder()
    assert is_up(announced_url(other))
    server = start_embedded(data_dir)
    assert finish(other) == 0
    assert is_up(server.url)
    stop_embedded(server)
    assert not is_up(server.url)


def test_that_our_stop_leaves_the_server_to_another_process_and_its_exit_stops_it(
    data_dir: Path, holder: Callable[[], subprocess.Popen[str]]
) -> None:
    server = start_embedded(data_dir)
    other = holder()
    url = announced_url(other)
    stop_embedded(server)
    assert is_up(url)
    assert finish(other) == 0
    assert not is_up(url)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_that_a_killed_holder_does_not_prevent_a_later_stop(
    data_dir: Path, holder: Callable[[], subprocess.Popen[str]], end: signal.Signals
) -> None:
    other = holder()
    url = announced_url(other)
    other.send_signal(end)
    other.wait(30)
    assert is_up(url)
    stop_embedded(start_embedded(data_dir))
    assert not is_up(url)


def test_that_a_forked_child_cannot_stop_its_parents_server(data_dir: Path) -> None:
    subprocess.run([sys.executable, "-c", FORK_THEN_STOP_IN_THE_CHILD, str(data_dir)], check=True, timeout=60)
    assert not processes_in(data_dir / "postgres")


def test_that_four_first_starts_at_once_share_one_server(
    data_dir: Path, holder: Callable[[], subprocess.Popen[str]]
) -> None:
    others = [holder() for _ in range(4)]
    urls = {announced_url(other) for other in others}
    assert len(urls) == 1
    assert all(is_up(url) for url in urls)
    assert [finish(other) for other in others] == [0, 0, 0, 0]
    assert not any(is_up(url) for url in urls)


def test_that_a_first_start_killed_midway_can_be_repeated(
    data_dir: Path, holder: Callable[[], subprocess.Popen[str]]
) -> None:
    other = holder()
    wait_for_a_cluster_in_the_making(data_dir)
    other.kill()
    other.wait(30)
    server = start_embedded(data_dir)
    try:
        assert is_up(server.url)
    finally:
        stop_embedded(server)


def test_that_a_killed_server_recovers_every_acknowledged_row(data_dir: Path) -> None:
    server = start_embedded(data_dir)
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE note (n int)")
        for n in range(200):
            connection.execute("INSERT INTO note VALUES (%s)", (n,))
        os.kill(postmaster_pid(server), signal.SIGKILL)
    again = start_embedded(data_dir)
    assert value(again, "SELECT count(*) FROM note") == 200
    stop_embedded(server)
    assert is_up(again.url)
    stop_embedded(again)
    assert not is_up(again.url)


@pytest.mark.parametrize("ended", [False, True], ids=["live", "zombie"])
def test_that_lock_files_of_a_crash_whose_process_id_is_another_process_now_are_recognised(
    data_dir: Path, ended: bool
) -> None:
    crashed = crash(data_dir)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        assert stranger.stdin is not None
        for lock_file in lock_files(data_dir).values():
            _, *rest = lock_file.read_text().splitlines()
            lock_file.write_text("\n".join([str(stranger.pid), *rest]) + "\n")
        if ended:
            stranger.stdin.close()
            wait_until(lambda: psutil.Process(stranger.pid).status() == psutil.STATUS_ZOMBIE)
        server = start_embedded(data_dir)
        assert postmaster_pid(server) != stranger.pid
        assert ended or stranger.poll() is None
        stop_embedded(crashed)
        stop_embedded(server)


@pytest.mark.parametrize("locked", ["directory", "socket"])
@pytest.mark.parametrize("kept_bytes", [0, 1, 12])
def test_that_a_torn_lock_file_is_replaced(data_dir: Path, locked: str, kept_bytes: int) -> None:
    crashed = crash(data_dir)
    lock_file = lock_files(data_dir)[locked]
    lock_file.write_bytes(lock_file.read_bytes()[:kept_bytes])
    server = start_embedded(data_dir)
    assert is_up(server.url)
    stop_embedded(crashed)
    stop_embedded(server)


def test_that_a_copied_directory_gets_a_server_of_its_own(data_dir: Path, tmp_path: Path) -> None:
    original = start_embedded(data_dir)
    copied = tmp_path / "copied"
    sockets = shutil.ignore_patterns(".s.PGSQL.*")
    shutil.copytree(data_dir, copied, ignore=sockets)
    copy = start_embedded(copied)
    try:
        assert value(copy, "SHOW data_directory") == str(copied / "postgres")
        assert value(original, "SHOW data_directory") == str(data_dir / "postgres")
    finally:
        stop_embedded(copy)
        stop_embedded(original)


@pytest.mark.parametrize("name", ["long-" * 40, "with, comma", 'it\'s 100% "new" + $HOME ü'])
def test_that_any_path_will_do(data_dir: Path, name: str) -> None:
    server = start_embedded(data_dir / name)
    try:
        assert value(server, "SHOW data_directory") == str(data_dir / name / "postgres")
        with psycopg.connect(server.url) as connection:
            assert connection.info.dbname == "frontdesk"
    finally:
        stop_embedded(server)


def test_that_files_which_are_no_cluster_are_named_and_left_alone(data_dir: Path) -> None:
    (data_dir / "postgres").mkdir(parents=True)
    (data_dir / "postgres" / "diary.txt").write_text("mine")
    with pytest.raises(EmbeddedServerError, match="holds files but no PostgreSQL data"):
        start_embedded(data_dir)
    assert (data_dir / "postgres" / "diary.txt").read_text() == "mine"


def test_that_a_cluster_of_another_version_is_refused(data_dir: Path) -> None:
    (data_dir / "postgres").mkdir(parents=True)
    (data_dir / "postgres" / "PG_VERSION").write_text("12\n")
    with pytest.raises(EmbeddedServerError, match="made by PostgreSQL '12'"):
        start_embedded(data_dir)


def test_that_a_data_directory_that_cannot_be_is_named(data_dir: Path) -> None:
    data_dir.write_text("a file")
    with pytest.raises(EmbeddedServerError, match=f"Cannot run the embedded PostgreSQL in {data_dir}"):
        start_embedded(data_dir)


def test_that_a_server_that_cannot_start_says_what_its_log_says(data_dir: Path) -> None:
    stop_embedded(start_embedded(data_dir))
    with (data_dir / "postgres" / "postgresql.conf").open("a") as settings:
        settings.write("wal_level = sideways\n")
    with pytest.raises(EmbeddedServerError, match=r"(?s)FATAL.*server\.log"):
        start_embedded(data_dir, wait_seconds=0.5)


def test_that_waiting_for_another_start_ends(data_dir: Path, holder: Callable[[], subprocess.Popen[str]]) -> None:
    starting = holder()
    wait_for_a_cluster_in_the_making(data_dir)
    os.kill(starting.pid, signal.SIGSTOP)
    try:
        with pytest.raises(EmbeddedServerError, match=r"Another process .* for over 0\.2 s"):
            start_embedded(data_dir, wait_seconds=0.2)
    finally:
        os.kill(starting.pid, signal.SIGCONT)
    assert is_up(announced_url(starting))


def test_that_a_directory_is_new_until_it_holds_a_database(tmp_path: Path) -> None:
    assert is_new(tmp_path / "data")
    (tmp_path / "data" / "postgres").mkdir(parents=True)
    assert not is_new(tmp_path / "data")
