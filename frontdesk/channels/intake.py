"""From a verified webhook body to stored messages: every item of it, in one transaction."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_random

from frontdesk.channels import repository
from frontdesk.channels.adapters import ADAPTERS
from frontdesk.channels.contract import (
    SILENT_KINDS,
    AddressChanged,
    ChannelAccount,
    DeliveryStatus,
    Ignored,
    InboundEvent,
    MessageEchoed,
    MessageReceived,
    StatusReported,
)
from frontdesk.channels.statuses import apply_status
from frontdesk.contacts.repository import find_by_address, rekey_identity, replace_phone
from frontdesk.conversations.arrival.inbound import Inbound
from frontdesk.conversations.intake import Intake, Receipt, StoredMeanwhileError
from frontdesk.conversations.model import Mode
from frontdesk.conversations.ownership import record_echo
from frontdesk.conversations.repository import (
    announce,
    lock_conversation,
    open_conversation,
    readdress_conversations,
)
from frontdesk.db.engine import Database
from frontdesk.handoffs.repository import claim_waiting
from frontdesk.handoffs.service import tell_of_takeover
from frontdesk.ids import read_id
from frontdesk.jobs.enqueue import JobQueue
from frontdesk.text import storable

_log = structlog.get_logger(__name__)

_SERIALIZATION_FAILURES = frozenset({"40001", "40P01"})


@dataclass(frozen=True, slots=True)
class ChannelIntake:
    """Takes in what channels send."""

    database: Database
    intake: Intake

    async def take_in(self, account: ChannelAccount, body: bytes, received_at: datetime) -> None:
        """Parse and store a whole webhook body; raises PayloadUnreadableError. The same body again changes nothing."""
        events = _in_lock_order(ADAPTERS[account.kind].parse(account, body, received_at))
        digest = hashlib.sha256(body).digest()
        ignored = [event.reason for event in events if isinstance(event, Ignored)]
        notes: dict[str, object] | None = {"ignored": ignored} if ignored else None
        async for attempt in _again_if_overtaken():
            with attempt:
                async with self.database.transaction() as connection:
                    if await repository.insert_raw_event(connection, account.id, digest, body, notes, received_at):
                        await self._store(connection, account, events, received_at)

    async def take_in_events(
        self, account: ChannelAccount, events: Sequence[InboundEvent], received_at: datetime
    ) -> tuple[Receipt, ...]:
        """Store events that came some other way than by a webhook body; returns what became of each message."""
        async for attempt in _again_if_overtaken():
            with attempt:
                async with self.database.transaction() as connection:
                    receipts = await self._store(connection, account, events, received_at)
        return receipts

    async def _store(
        self, connection: AsyncConnection, account: ChannelAccount, events: Sequence[InboundEvent], now: datetime
    ) -> tuple[Receipt, ...]:
        receipts = []
        for event in events:
            match event:
                case MessageReceived():
                    receipts.append(await self.intake.receive(connection, account.id, inbound_of(event), now))
                case MessageEchoed():
                    await _take_echo(connection, self.intake.jobs, account.id, event, now)
                case StatusReported():
                    await apply_status(connection, account.id, event, now)
                case AddressChanged():
                    await _change_address(connection, account.id, event)
                case Ignored():
                    _log.info("inbound item ignored", channel=str(account.id), reason=event.reason)
        return tuple(receipts)


def _in_lock_order(events: Sequence[InboundEvent]) -> Sequence[InboundEvent]:
    """Batches that lock conversations in one order do not wait for each other in a circle.

    The events of one person keep their order; a batch in which an address changes keeps all of it.
    """
    if any(isinstance(event, AddressChanged) for event in events):
        return events
    return sorted(events, key=_locked_by)


def _locked_by(event: InboundEvent) -> str:
    match event:
        case MessageReceived() | MessageEchoed():
            return event.person.addresses[0]
        case StatusReported():
            return event.reference or event.external_id
        case _:
            return ""


def _again_if_overtaken() -> AsyncRetrying:
    """A concurrent copy of the message, or a deadlock between batches, is resolved by starting again."""
    return AsyncRetrying(
        retry=retry_if_exception(_is_overtaken), stop=stop_after_attempt(6), wait=wait_random(0, 0.05), reraise=True
    )


def _is_overtaken(error: BaseException) -> bool:
    if isinstance(error, StoredMeanwhileError | IntegrityError):
        return True
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _SERIALIZATION_FAILURES


def inbound_of(event: MessageReceived) -> Inbound:
    """The channel's message in the words of a conversation."""
    person = event.person
    return Inbound(
        external_id=storable(event.external_id),
        addresses=person.addresses,
        text=event.text,
        kind=event.kind,
        sent_at=event.sent_at,
        wants_answer=event.kind not in SILENT_KINDS,
        name=person.name,
        email=person.email,
        phone=person.phone,
        attributes=event.attributes,
    )


async def _change_address(connection: AsyncConnection, channel_id: UUID, event: AddressChanged) -> None:
    """The next reply goes to the new address, also if the contact says nothing from there first."""
    if not await rekey_identity(connection, channel_id, event.old, event.new):
        return
    await readdress_conversations(connection, channel_id, event.old, event.new)
    contact_id = await find_by_address(connection, channel_id, event.new)
    if contact_id and event.old_phone and event.new_phone:
        await replace_phone(connection, contact_id, event.old_phone, event.new_phone)


async def _take_echo(
    connection: AsyncConnection, jobs: JobQueue, channel_id: UUID, event: MessageEchoed, now: datetime
) -> None:
    """A message that the business sent elsewhere: our own delivery coming back, or a person taking over."""
    ours = await repository.find_reported(connection, channel_id, read_id(event.reference), event.external_id)
    if ours is not None:
        sent = StatusReported(event.external_id, DeliveryStatus.SENT, event.sent_at, event.reference)
        await apply_status(connection, channel_id, sent, now)
        return
    conversation_id = await _conversation_of(connection, channel_id, event, now)
    if conversation_id is None:
        _log.info("echo to a stranger ignored", channel=str(channel_id))
        return
    conversation = await lock_conversation(connection, conversation_id)
    if conversation is None or conversation.mode is Mode.CLOSED:
        return
    if not await record_echo(connection, conversation, event.external_id, storable(event.text), event.sent_at, now):
        return
    claimed = await claim_waiting(connection, conversation_id, None, now)
    if claimed or conversation.mode is Mode.AGENT:
        await tell_of_takeover(connection, jobs, conversation_id, None, now)
    else:
        await announce(connection, conversation_id)


async def _conversation_of(
    connection: AsyncConnection, channel_id: UUID, event: MessageEchoed, now: datetime
) -> UUID | None:
    for address in event.person.addresses:
        contact_id = await find_by_address(connection, channel_id, address)
        if contact_id is not None:
            found = await repository.open_conversation_of(connection, channel_id, contact_id)
            return found or await open_conversation(connection, contact_id, channel_id, address, now)
    return None
