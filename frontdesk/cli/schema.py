"""The schema's version, and bringing it up to date."""

import asyncio
from dataclasses import dataclass

from frontdesk.cli.database import database_url, readable_errors, server_url
from frontdesk.cli.repository import ServerFacts, server_facts
from frontdesk.config import Settings
from frontdesk.db.engine import open_database
from frontdesk.db.migrate import head_revision


@dataclass(frozen=True, slots=True)
class SchemaStatus:
    """Whether the schema is at this version's head, and the sentence that says so."""

    is_current: bool
    text: str


def upgrade_schema(settings: Settings) -> str:
    """Run the missing migrations."""
    with database_url(settings):
        return f"The schema is at {head_revision()}"


def schema_status(settings: Settings) -> SchemaStatus:
    """Compare the schema with this version's."""
    with server_url(settings) as url, readable_errors():
        facts = asyncio.run(ask_server(url))
    head = head_revision()
    server = f"PostgreSQL {dotted(facts.version)}, pgvector {facts.vector or 'missing'}"
    if facts.revision == head:
        return SchemaStatus(True, f"The schema is at {head}, as this version needs ({server})")
    found = facts.revision or "nothing yet"
    return SchemaStatus(
        False, f"The schema is at {found}, this version needs {head} ({server}); run frontdesk db upgrade"
    )


async def ask_server(url: str) -> ServerFacts:
    """Connect once and ask."""
    database = open_database(url, pool_size=1)
    try:
        async with database.reading() as connection:
            return await server_facts(connection)
    finally:
        await database.close()


def dotted(version_number: int) -> str:
    """A `server_version_num` as people write it."""
    return f"{version_number // 10_000}.{version_number % 10_000}"
