"""SQL about the server itself, for checks."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.migrate import current_revision
from frontdesk.db.models import Passage


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """What a database server says of itself."""

    version: int
    """As `server_version_num`: 180001 is 18.1."""
    vector: str | None
    """pgvector's version: the installed one, else the one that could be installed."""
    time: datetime
    revision: str | None
    """The migration that the schema is at; None for an empty database."""


async def server_facts(connection: AsyncConnection) -> ServerFacts:
    """Ask the server; works on an empty database too."""
    row = (
        await connection.execute(
            text(
                "SELECT current_setting('server_version_num')::int, "
                "(SELECT coalesce(installed_version, default_version) FROM pg_available_extensions "
                " WHERE name = 'vector'), clock_timestamp()"
            )
        )
    ).one()
    return ServerFacts(row[0], row[1], row[2], await connection.run_sync(current_revision))


async def count_all_passages(connection: AsyncConnection) -> int:
    """How many passages replies can draw on."""
    return (await connection.execute(select(func.count()).select_from(Passage))).scalar_one()
