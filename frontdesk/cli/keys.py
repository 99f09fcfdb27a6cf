"""API keys, managed from the command line."""

from collections.abc import Sequence

from frontdesk.access import service
from frontdesk.access.repository import KeyRow
from frontdesk.access.scopes import Scope
from frontdesk.access.service import KeyNotFoundError
from frontdesk.cli.database import with_database
from frontdesk.cli.installation import now
from frontdesk.cli.tables import print_table
from frontdesk.config import Settings
from frontdesk.db.engine import Database


def add_key(settings: Settings, name: str, scopes: Sequence[Scope]) -> str:
    """Make a key; returns the key itself."""

    async def work(database: Database) -> str:
        async with database.transaction() as connection:
            _, plaintext = await service.create_key(connection, name, scopes, now())
        return plaintext

    return with_database(settings, work)


def print_keys(settings: Settings) -> None:
    """Print the keys, revoked ones included."""
    rows = [
        (key.name, " ".join(key.scopes), "revoked" if key.revoked_at else "active", str(key.id))
        for key in with_database(settings, _all)
    ]
    print_table(("name", "scopes", "state", "id"), rows, empty="There is no key yet; make one with frontdesk keys add.")


def revoke_key(settings: Settings, name: str) -> str:
    """Revoke the active keys of this name, or the one with this id; raises KeyNotFoundError."""

    async def work(database: Database) -> list[KeyRow]:
        active = [key for key in await _all(database) if key.revoked_at is None and name in (key.name, str(key.id))]
        async with database.transaction() as connection:
            for key in active:
                await service.revoke_key(connection, key.id, now())
        return active

    revoked = with_database(settings, work)
    if not revoked:
        raise KeyNotFoundError(f"there is no active key {name}; frontdesk keys list shows them")
    return f"Revoked {', '.join(f'{key.name} ({key.id})' for key in revoked)}"


async def _all(database: Database) -> tuple[KeyRow, ...]:
    async with database.reading() as connection:
        return await service.list_keys(connection)
