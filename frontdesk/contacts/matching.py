"""Look through what is new for contacts who may be one person, beside the arrival of messages."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.contacts import merging
from frontdesk.contacts.matches import repository
from frontdesk.contacts.matches.repository import TYPED, Reachable
from frontdesk.contacts.merges.repository import list_mergeable
from frontdesk.db.engine import Database
from frontdesk.errors import FrontdeskError
from frontdesk.ids import first_id_of
from frontdesk.playbook.contacts import Merging
from frontdesk.playbook.models import Playbook
from frontdesk.values.types import FieldType

BATCH = 200
"""Contacts, answers or suggestions of one transaction."""
EVERY = 60.0
"""Seconds from look to look: nobody waits for a suggestion, and each look goes through the last minute once more."""
_AT_START = timedelta(days=1)
"""How far back a process looks that has just started."""
_OVERLAP = timedelta(minutes=1)
"""An id is made before its row is committed; what was not to be seen at the last look is seen at this one."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class ContactMatching:
    """Suggests by what was typed in chats or said by channels at the same moment; merges if the playbook says so.

    Several processes may look at once: a suggestion stands once, and a merge happens once.
    """

    database: Database
    playbook: Playbook
    clock: Callable[[], datetime]
    _looked_at: datetime | None = None

    async def run(self) -> None:
        """Look again and again until cancelled; a database that is away for a while is waited for."""
        while True:
            try:
                await self.catch_up()
            except (SQLAlchemyError, OSError) as error:
                _log.warning("contacts cannot be matched yet", error=type(error).__name__)
            await asyncio.sleep(EVERY)

    async def catch_up(self) -> None:
        """Look at everything that is new."""
        now = self.clock()
        since = now - _AT_START if self._looked_at is None else self._looked_at - _OVERLAP
        await self._suggest_new(first_id_of(since), now)
        await self._suggest_typed(first_id_of(since), now)
        if self.playbook.contacts.merge is Merging.AUTOMATIC:
            await self._merge(now)
        self._looked_at = now

    async def _suggest_new(self, after: UUID, now: datetime) -> None:
        while True:
            async with self.database.transaction() as connection:
                found = await repository.new_with_address(connection, after, BATCH)
                for contact in found:
                    await self._suggest_of(connection, contact, now)
            if len(found) < BATCH:
                return
            after = found[-1].id

    async def _suggest_of(self, connection: AsyncConnection, contact: Reachable, now: datetime) -> None:
        await merging.suggest(connection, contact.id, now)
        for address in filter(None, (contact.phone, contact.email)):
            await self._suggest_by(connection, contact.id, address, now)

    async def _suggest_typed(self, after: UUID, now: datetime) -> None:
        while True:
            async with self.database.transaction() as connection:
                found = await repository.new_typed(connection, after, self._fields, BATCH)
                for answer in found:
                    await self._suggest_by(connection, answer.contact_id, answer.address, now)
            if len(found) < BATCH:
                return
            after = found[-1].id

    async def _suggest_by(self, connection: AsyncConnection, contact_id: UUID, address: str, now: datetime) -> None:
        because = f"{TYPED}{'email' if '@' in address else 'phone'}"
        for other in await repository.typed_alike(connection, contact_id, address, self._fields):
            await merging.suggest_pair(connection, contact_id, other, because, now)

    @property
    def _fields(self) -> list[str]:
        return [field.name for field in self.playbook.fields if field.type in (FieldType.PHONE, FieldType.EMAIL)]

    async def _merge(self, now: datetime) -> None:
        async with self.database.reading() as connection:
            suggested = await list_mergeable(connection, None, BATCH)
        for merge_id in suggested:
            try:
                async with self.database.transaction() as connection:
                    await merging.accept_by_rule(connection, merge_id, now)
            except FrontdeskError as error:  # it stays suggested, for a person
                _log.info("contacts not merged", merge=str(merge_id), reason=str(error))
