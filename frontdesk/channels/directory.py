"""The connected channels, with their secrets open, as the running service needs them."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from pydantic import JsonValue, TypeAdapter

from frontdesk.channels import repository
from frontdesk.channels.contract import ChannelAccount, ChannelKind
from frontdesk.channels.repository import ChannelRow
from frontdesk.channels.secret_box import SecretBox
from frontdesk.db.engine import Database

_SETTINGS: TypeAdapter[dict[str, JsonValue]] = TypeAdapter(dict[str, JsonValue])
_SECRETS = TypeAdapter(dict[str, str])


def open_account(row: ChannelRow, box: SecretBox) -> ChannelAccount:
    """Decrypt a stored channel; raises SecretUnreadableError."""
    return ChannelAccount(
        id=row.id,
        kind=ChannelKind(row.kind),
        settings=_SETTINGS.validate_python(row.settings),
        secrets=_SECRETS.validate_json(box.open(row.secrets)),
    )


def seal_secrets(secrets: dict[str, str], box: SecretBox) -> bytes:
    """Encrypt a channel's secrets for storing."""
    return box.seal(json.dumps(secrets).encode())


@dataclass(slots=True)
class ChannelDirectory:
    """Looks channels up by id, remembering each for a few seconds: a change takes effect within that time."""

    database: Database
    box: SecretBox
    remember_seconds: float = 5.0
    clock: Callable[[], float] = time.monotonic
    _known: dict[UUID, tuple[float, ChannelAccount | None]] = field(default_factory=dict)

    async def get(self, channel_id: UUID) -> ChannelAccount | None:
        """The channel, if there is one with this id and nobody removed it."""
        known = self._known.get(channel_id)
        if known is not None and self.clock() < known[0]:
            return known[1]
        async with self.database.reading() as connection:
            row = await repository.get_channel(connection, channel_id)
        account = open_account(row, self.box) if row is not None and row.state != "removed" else None
        if account is not None:
            self._known[channel_id] = (self.clock() + self.remember_seconds, account)
        return account

    def forget(self, channel_id: UUID) -> None:
        """Read the channel afresh next time."""
        self._known.pop(channel_id, None)
