"""SQL about API keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.access.scopes import Scope
from frontdesk.db.models import ApiKey
from frontdesk.ids import new_id


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as stored, without its digest; `scopes` may name scopes that another version knows."""

    id: UUID
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    revoked_at: datetime | None


_COLUMNS = (ApiKey.id, ApiKey.name, ApiKey.scopes, ApiKey.created_at, ApiKey.revoked_at)


def _row(values: Sequence[object]) -> KeyRow:
    key_id, name, scopes, created_at, revoked_at = values
    return KeyRow(key_id, name, tuple(scopes), created_at, revoked_at)  # type: ignore[arg-type]


async def insert_key(
    connection: AsyncConnection, name: str, digest: bytes, scopes: Sequence[Scope], now: datetime
) -> KeyRow:
    """Store a key's digest."""
    statement = (
        insert(ApiKey)
        .values(id=new_id(), name=name, digest=digest, scopes=[scope.value for scope in scopes], created_at=now)
        .returning(*_COLUMNS)
    )
    return _row(tuple((await connection.execute(statement)).one()))


async def find_active(connection: AsyncConnection, digest: bytes) -> KeyRow | None:
    """The key with this digest, unless it was revoked."""
    statement = select(*_COLUMNS).where(ApiKey.digest == digest, ApiKey.revoked_at.is_(None))
    row = (await connection.execute(statement)).one_or_none()
    return _row(tuple(row)) if row else None


async def list_keys(connection: AsyncConnection) -> tuple[KeyRow, ...]:
    """All keys, oldest first, revoked ones included."""
    rows = await connection.execute(select(*_COLUMNS).order_by(ApiKey.id))
    return tuple(_row(tuple(row)) for row in rows)


async def revoke_key(connection: AsyncConnection, key_id: UUID, now: datetime) -> bool:
    """End a key; False if there is no active key with this id."""
    statement = update(ApiKey).where(ApiKey.id == key_id, ApiKey.revoked_at.is_(None)).values(revoked_at=now)
    return (await connection.execute(statement)).rowcount > 0
