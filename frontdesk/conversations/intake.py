"""Take in one inbound message: find or make its contact and conversation, store it, wake a turn."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.contacts.merging import merge_by_rule, suggest
from frontdesk.contacts.repository import fill_contact, insert_identities, set_opted_out
from frontdesk.conversations import repository
from frontdesk.conversations.arrival import repository as arrival
from frontdesk.conversations.arrival.inbound import Inbound, Newcomer
from frontdesk.conversations.arrival.newcomers import insert_newcomer
from frontdesk.conversations.arrival.repository import Correspondent
from frontdesk.conversations.model import Mode
from frontdesk.jobs.enqueue import JobQueue
from frontdesk.language.phrases import is_acknowledgement, is_opt_out
from frontdesk.playbook.contacts import Merging


class StoredMeanwhileError(Exception):
    """Another transaction stored the same message or closed the conversation first; the caller must start again."""


class Taken(StrEnum):
    """What became of an inbound message."""

    WOKE_TURN = "woke_turn"
    STORED = "stored"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an inbound message, and where it was stored."""

    taken: Taken
    conversation_id: UUID | None


class Intake:
    """Stores inbound messages inside the caller's transaction."""

    def __init__(self, jobs: JobQueue, newcomer: Newcomer) -> None:
        self._jobs = jobs
        self._newcomer = newcomer

    @property
    def jobs(self) -> JobQueue:
        """What wakes workers."""
        return self._jobs

    async def receive(self, connection: AsyncConnection, channel_id: UUID, inbound: Inbound, now: datetime) -> Receipt:
        """Store the message once. Raises StoredMeanwhileError or IntegrityError when another transaction was first."""
        sender = await arrival.find_correspondent(connection, channel_id, inbound.addresses, inbound.external_id)
        if sender is not None and sender.duplicate:
            return Receipt(Taken.DUPLICATE, sender.conversation_id)
        if sender is None:
            known = await arrival.conversation_of_message(connection, channel_id, inbound.external_id)
            if known is not None:  # a repetition under an address that is no longer its sender's
                return Receipt(Taken.DUPLICATE, known)
            sender = await self._new_contact(connection, channel_id, inbound, now)
        else:
            await _learn(connection, channel_id, sender, inbound, now)
        return await self._store(connection, channel_id, sender, inbound, now)

    async def _new_contact(
        self, connection: AsyncConnection, channel_id: UUID, inbound: Inbound, now: datetime
    ) -> Correspondent:
        contact_id = await insert_newcomer(connection, channel_id, inbound, self._newcomer, now)
        if (inbound.phone or inbound.email) and await self._is_known(connection, contact_id, now):
            found = await arrival.find_correspondent(connection, channel_id, inbound.addresses, inbound.external_id)
            assert found is not None
            return found
        return Correspondent(contact_id, inbound.name, inbound.email, inbound.phone, frozenset(inbound.addresses))

    async def _is_known(self, connection: AsyncConnection, contact_id: UUID, now: datetime) -> bool:
        """Whether the playbook's rule has merged them at once, so that the first turn knows what is known already."""
        suggested = await suggest(connection, contact_id, now)
        automatic = self._newcomer.merging is Merging.AUTOMATIC
        return bool(suggested) and automatic and await merge_by_rule(connection, contact_id, now)

    async def _store(
        self, connection: AsyncConnection, channel_id: UUID, sender: Correspondent, inbound: Inbound, now: datetime
    ) -> Receipt:
        conversation_id, found = await _conversation_for(connection, channel_id, sender, inbound, now)
        wants_answer = inbound.wants_answer and found is not Mode.CLOSED
        mode, message_id = await arrival.store_inbound(
            connection, conversation_id, inbound, now, wants_answer=wants_answer
        )
        if message_id is None or (mode is Mode.CLOSED and found is not Mode.CLOSED):
            raise StoredMeanwhileError
        if inbound.wants_answer and is_opt_out(inbound.text):  # whoever answers, and whatever a model makes of it
            await set_opted_out(connection, sender.contact_id, now)
        if not wants_answer or mode is not Mode.AGENT:
            await repository.announce(connection, conversation_id)  # a person may be looking at it
            return Receipt(Taken.STORED, conversation_id)
        await self._jobs.wake_turn(connection, conversation_id)
        return Receipt(Taken.WOKE_TURN, conversation_id)


async def _learn(
    connection: AsyncConnection, channel_id: UUID, sender: Correspondent, inbound: Inbound, now: datetime
) -> None:
    """Add addresses and contact details that are new to us."""
    unknown = tuple(address for address in inbound.addresses if address not in sender.known_addresses)
    if unknown:
        await insert_identities(connection, sender.contact_id, channel_id, unknown, now)
    offered = (inbound.name, inbound.email, inbound.phone)
    known = (sender.name, sender.email, sender.phone)
    if any(new and not old for new, old in zip(offered, known, strict=True)):
        await fill_contact(connection, sender.contact_id, *offered)
        if (inbound.phone and not sender.phone) or (inbound.email and not sender.email):
            await suggest(connection, sender.contact_id, now)


async def _conversation_for(
    connection: AsyncConnection, channel_id: UUID, sender: Correspondent, inbound: Inbound, now: datetime
) -> tuple[UUID, Mode]:
    """The open conversation, else a new one; a mere "thanks" after the end stays with the closed one."""
    if sender.conversation_id is not None and sender.mode is not None:
        return sender.conversation_id, sender.mode
    if not inbound.wants_answer or is_acknowledgement(inbound.text):
        closed = await arrival.newest_closed(connection, sender.contact_id, channel_id)
        if closed is not None:
            return closed, Mode.CLOSED
    opened = await repository.open_conversation(connection, sender.contact_id, channel_id, inbound.addresses[0], now)
    return opened, Mode.AGENT
