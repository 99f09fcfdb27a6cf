"""The database that the settings name, held for as long as a command uses it."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from procrastinate.exceptions import ConnectorException
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from frontdesk.config import Settings
from frontdesk.db.engine import Database, open_database
from frontdesk.db.migrate import upgrade
from frontdesk.db.server import is_new, start_embedded, stop_embedded
from frontdesk.errors import FrontdeskError

Result = TypeVar("Result")


class DatabaseUnusableError(FrontdeskError):
    """The database cannot be reached, or refuses what is needed of it."""

    code = "database_unusable"


@contextmanager
def server_url(settings: Settings) -> Iterator[str]:
    """The configured server's URL, or that of the embedded one, which runs at least until the block ends."""
    if settings.database_url:
        yield settings.database_url
        return
    if is_new(settings.absolute_data_dir):
        print(f"Making a database in {settings.data_dir}; this takes some seconds", file=sys.stderr, flush=True)
    server = start_embedded(settings.absolute_data_dir)
    try:
        yield server.url
    finally:
        stop_embedded(server)


@contextmanager
def database_url(settings: Settings) -> Iterator[str]:
    """The same, with its schema brought up to this version. Raises DatabaseUnusableError."""
    with server_url(settings) as url:
        with readable_errors():
            upgrade(url)
        yield url


@contextmanager
def readable_errors() -> Iterator[None]:
    """Turn what the driver raises while the database is away or lacks something into DatabaseUnusableError."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeoutError, ConnectorException) as error:
        raise DatabaseUnusableError(f"the database cannot be reached ({_reason(error)}); check DATABASE_URL") from error
    except DBAPIError as error:
        raise DatabaseUnusableError(f"the database refused ({_reason(error)}); run frontdesk doctor") from error


def _reason(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error.__cause__
    lines = str(cause or error).splitlines()
    return lines[0] if lines else type(error).__name__


def with_database(settings: Settings, action: Callable[[Database], Awaitable[Result]]) -> Result:
    """Run a command's work on the migrated database. Raises DatabaseUnusableError."""
    with database_url(settings) as url, readable_errors():
        return asyncio.run(_opened(url, action))


async def _opened(url: str, action: Callable[[Database], Awaitable[Result]]) -> Result:
    database = open_database(url, pool_size=4)
    try:
        return await action(database)
    finally:
        await database.close()
