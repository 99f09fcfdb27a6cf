"""A SQLite file that several processes read and fill at once, of what was computed before."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_random

WAIT_SECONDS = 30.0
"""For whoever is writing; and, at the first start, for whoever makes the file."""


@contextmanager
def shared_file(path: Path, schema: str) -> Iterator[sqlite3.Connection]:
    """Open the file, which is made if it is missing; `schema` makes what is not there yet.

    One thread uses it at a time, whichever that is.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS, check_same_thread=False)) as file:
        # SQLite refuses to change the journal at once, without waiting, while another process does the same.
        for attempt in Retrying(
            retry=retry_if_exception_type(sqlite3.OperationalError),
            stop=stop_after_delay(WAIT_SECONDS),
            wait=wait_random(0.01, 0.1),
            reraise=True,
        ):
            with attempt:
                file.execute("PRAGMA journal_mode = WAL")
        # It can be made anew at any time: a power cut may take the last rows with it.
        file.execute("PRAGMA synchronous = OFF")
        file.executescript(schema)
        yield file
