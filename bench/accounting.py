"""What a run costs the machine: CPU of the service and of the database, and write-ahead log."""

from dataclasses import dataclass

import psutil
import psycopg


@dataclass(frozen=True, slots=True)
class Cost:
    """Counters at one moment, or their difference over a run."""

    service_cpu: float
    """Seconds of the service's process, all threads."""
    database_cpu: float
    """Seconds of all processes of the server, those that have ended included."""
    wal_bytes: int
    full_page_images: int
    """Pages logged whole, because a checkpoint came before: noise of the moment, part of `wal_bytes`."""

    def __sub__(self, earlier: "Cost") -> "Cost":
        return Cost(
            self.service_cpu - earlier.service_cpu,
            self.database_cpu - earlier.database_cpu,
            self.wal_bytes - earlier.wal_bytes,
            self.full_page_images - earlier.full_page_images,
        )

    @property
    def cpu(self) -> float:
        """Seconds of service and database together."""
        return self.service_cpu + self.database_cpu


class Meter:
    """Reads the counters of one service process and of the server that it uses."""

    def __init__(self, service_pid: int, database_url: str) -> None:
        self._service = psutil.Process(service_pid)
        self._connection = psycopg.connect(database_url, autocommit=True)
        backend = psutil.Process(self._connection.info.backend_pid).parent()
        assert backend is not None
        self._postmaster = backend

    def read(self) -> Cost:
        """The counters now."""
        row = self._connection.execute(
            "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn, (SELECT wal_fpi FROM pg_stat_wal)"
        ).fetchone()
        assert row is not None
        return Cost(_cpu(self._service), self._database_cpu(), int(row[0]), int(row[1]))

    def close(self) -> None:
        """Close the meter's own connection."""
        self._connection.close()

    def _database_cpu(self) -> float:
        times = self._postmaster.cpu_times()
        ended = times.children_user + times.children_system
        return times.user + times.system + ended + sum(map(_cpu, self._postmaster.children()))


def _cpu(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return times.user + times.system
