"""Make, check and end API keys. A key is shown once; only its SHA-256 digest is stored."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.access import repository
from frontdesk.access.repository import KeyRow
from frontdesk.access.scopes import Scope, permits
from frontdesk.errors import FrontdeskError

PREFIX = "fd_"
_ENTROPY_BYTES = 32


class KeyRefusedError(FrontdeskError):
    """No key, an unknown one, or one that was revoked."""

    code = "key_refused"


class ScopeMissingError(FrontdeskError):
    """The key is valid but may not do this."""

    code = "scope_missing"

    def __init__(self, scope: Scope) -> None:
        super().__init__(f"this key lacks the scope {scope.value}; use one that has it")
        self.scope = scope


class KeyNotFoundError(FrontdeskError):
    """There is no active key with this id."""

    code = "key_not_found"


async def create_key(
    connection: AsyncConnection, name: str, scopes: Sequence[Scope], now: datetime
) -> tuple[KeyRow, str]:
    """Make a key; return its row and the key itself, which cannot be shown again."""
    plaintext = PREFIX + secrets.token_urlsafe(_ENTROPY_BYTES)
    row = await repository.insert_key(connection, name, _digest(plaintext), list(dict.fromkeys(scopes)), now)
    return row, plaintext


async def authorize(connection: AsyncConnection, plaintext: str | None, wanted: Scope) -> KeyRow:
    """The key that was presented, if it may do this; raises KeyRefusedError or ScopeMissingError.

    It is looked up by its digest, so how long that takes tells nothing about the keys that exist.
    """
    if not plaintext:
        raise KeyRefusedError("send an API key: Authorization: Bearer fd_…")
    key = await repository.find_active(connection, _digest(plaintext))
    if key is None:
        raise KeyRefusedError("this API key is unknown or was revoked")
    if not permits(key.scopes, wanted):
        raise ScopeMissingError(wanted)
    return key


async def list_keys(connection: AsyncConnection) -> tuple[KeyRow, ...]:
    """All keys, oldest first, revoked ones included."""
    return await repository.list_keys(connection)


async def revoke_key(connection: AsyncConnection, key_id: UUID, now: datetime) -> None:
    """End a key at once; raises KeyNotFoundError."""
    if not await repository.revoke_key(connection, key_id, now):
        raise KeyNotFoundError(f"there is no active key {key_id}")


def _digest(plaintext: str) -> bytes:
    return hashlib.sha256(plaintext.encode("utf-8", "surrogatepass")).digest()
