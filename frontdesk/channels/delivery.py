"""Send outbound messages: mark, send, record; a crash in between leaves an outcome that is known to be unknown."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import aiohttp
import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.channels import repository
from frontdesk.channels.adapters import ADAPTERS
from frontdesk.channels.contract import (
    Adapter,
    ChannelAccount,
    Citation,
    Disable,
    OutboundMessage,
    Redelivery,
    Rejected,
    Retry,
    SendRequest,
    SendResponse,
    SendResult,
    Sent,
    Template,
)
from frontdesk.channels.directory import ChannelDirectory
from frontdesk.channels.repository import DeliveryRow
from frontdesk.channels.secret_box import SecretUnreadableError
from frontdesk.conversations.model import Author, DeliveryState
from frontdesk.conversations.repository import TAKEN_OVER
from frontdesk.db.engine import Database

SCHEDULE = tuple(timedelta(seconds=seconds) for seconds in (2, 5, 15, 60, 300, 1800, 7200))
"""Waits between attempts; a reply that is later than this helps nobody."""

MENDING_TIME = timedelta(minutes=15)
"""Between attempts on a channel that a person has to mend first."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Deliverer:
    """Sends what the outbox holds."""

    database: Database
    channels: ChannelDirectory
    http: aiohttp.ClientSession
    clock: Callable[[], datetime]
    unknown_after: timedelta
    """A delivery still marked as sending after this long was interrupted: the channel was given time to report it."""
    on_result: Callable[[str, SendResult], None] = lambda _kind, _result: None

    async def send_marked(self, delivery_id: UUID) -> None:
        """Send a delivery that its own transaction has marked as sending a moment ago."""
        async with self.database.reading() as connection:
            delivery = await repository.get_delivery(connection, delivery_id)
        if delivery is None or delivery.state is not DeliveryState.SENDING:
            return
        if delivery.is_ours_to_send:
            await self._send(delivery)
            return
        async with self.database.transaction() as connection:
            await self._cancel(connection, delivery)

    async def send_due(self, conversation_id: UUID) -> None:
        """Send the conversation's open deliveries in order, until one has to wait."""
        while True:
            async with self.database.transaction() as connection:
                delivery = await repository.next_delivery(connection, conversation_id)
                if delivery is None or delivery.due_at > self.clock():
                    return
                if not delivery.is_ours_to_send:
                    await self._cancel(connection, delivery)
                    continue
                delivery = await self._mark(connection, delivery)
            if not isinstance(await self._send(delivery), Sent | Rejected):
                return

    async def _cancel(self, connection: AsyncConnection, delivery: DeliveryRow) -> None:
        await repository.update_delivery(
            connection,
            delivery.id,
            state=DeliveryState.CANCELLED,
            reason=TAKEN_OVER,
            updated_at=self.clock(),
        )

    async def _mark(self, connection: AsyncConnection, delivery: DeliveryRow) -> DeliveryRow:
        now, attempts = self.clock(), delivery.attempts + 1
        await repository.update_delivery(
            connection,
            delivery.id,
            state=DeliveryState.SENDING,
            attempts=attempts,
            due_at=now + self.unknown_after,
            updated_at=now,
        )
        return replace(delivery, state=DeliveryState.SENDING, attempts=attempts)

    async def _send(self, delivery: DeliveryRow) -> SendResult | None:
        """Attempt it and record the result; None if nobody knows the outcome yet."""
        account = await self._account(delivery.channel_id)
        if not isinstance(account, ChannelAccount):
            result: SendResult | None = account
        else:
            result = await self._attempt(account, delivery)
        if result is None:
            return None
        if isinstance(account, ChannelAccount):
            self.on_result(account.kind, result)
        await self._record(delivery, result)
        return result

    async def _account(self, channel_id: UUID) -> ChannelAccount | Rejected | Disable:
        try:
            return await self.channels.get(channel_id) or Rejected("the channel was removed")
        except SecretUnreadableError as error:
            return Disable(str(error))

    async def _attempt(self, account: ChannelAccount, delivery: DeliveryRow) -> SendResult | None:
        adapter = ADAPTERS[account.kind]
        if adapter.render is None or adapter.interpret is None:
            return Sent(None)  # the contact reads it from our own database
        try:
            request = adapter.render(account, outbound_of(delivery, self.clock()))
            response = await self._request(request)
        except (ValueError, KeyError) as error:  # an unusable address among them
            _log.error("message not writable", channel=str(account.id), error=type(error).__name__)
            return Disable("the channel's settings do not make a request; check them with frontdesk doctor")
        except (aiohttp.ClientError, TimeoutError) as error:
            return _unanswered(error, adapter)
        return adapter.interpret(account, response)

    async def _request(self, request: SendRequest) -> SendResponse:
        async with self.http.request(
            request.method, request.url, headers=request.headers, data=request.body, allow_redirects=False
        ) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            return SendResponse(response.status, headers, await response.read())

    async def _record(self, delivery: DeliveryRow, result: SendResult) -> None:
        if isinstance(result, Sent):
            async with self.database.reading() as connection:  # one statement needs no transaction around it
                await repository.settle_sent(connection, delivery.id, result.external_id, self.clock())
            return
        async with self.database.transaction() as connection:
            await self._record_failure(connection, delivery, result)

    async def _record_failure(
        self, connection: AsyncConnection, delivery: DeliveryRow, result: Retry | Rejected | Disable
    ) -> None:
        now = self.clock()
        match result:
            case Retry():
                await self._record_retry(connection, delivery, result, now)
            case Rejected():
                await repository.update_delivery(
                    connection, delivery.id, state=DeliveryState.FAILED, reason=result.reason, updated_at=now
                )
            case Disable():
                await self._record_disabled(connection, delivery, result, now)

    async def _record_disabled(
        self, connection: AsyncConnection, delivery: DeliveryRow, result: Disable, now: datetime
    ) -> None:
        """Mark the channel for a person to mend, and keep the message for some hours meanwhile."""
        await repository.update_channel(connection, delivery.channel_id, state="disabled", state_reason=result.reason)
        self.channels.forget(delivery.channel_id)
        _log.error("channel disabled", channel=str(delivery.channel_id), reason=result.reason)
        await self._record_retry(connection, delivery, Retry(result.reason, MENDING_TIME), now)

    async def _record_retry(
        self, connection: AsyncConnection, delivery: DeliveryRow, result: Retry, now: datetime
    ) -> None:
        wait = wait_after(delivery.attempts, result)
        if wait is None:
            await repository.update_delivery(
                connection, delivery.id, state=DeliveryState.FAILED, reason=result.reason, updated_at=now
            )
            return
        await repository.update_delivery(
            connection,
            delivery.id,
            state=DeliveryState.PENDING,
            due_at=now + wait,
            reason=result.reason,
            updated_at=now,
        )


def _unanswered(error: aiohttp.ClientError | TimeoutError, adapter: Adapter) -> Retry | None:
    """What a request without an answer means: a try later, or, where it may have arrived, an unknown outcome.

    An unknown outcome stays marked as sending: the channel has until then to report it, and only after that is the
    message sent again.
    """
    never_left = isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError)
    if never_left or adapter.redelivery is Redelivery.IDEMPOTENT:
        return Retry(f"the channel could not be reached ({type(error).__name__})")
    return None


def wait_after(attempts: int, result: Retry) -> timedelta | None:
    """How long to wait after this many attempts: as the channel wishes, else by the schedule; None: give up."""
    if attempts > len(SCHEDULE):
        return None
    return result.after or SCHEDULE[max(attempts, 1) - 1] * random.uniform(1, 1.2)  # noqa: S311


def outbound_of(delivery: DeliveryRow, now: datetime) -> OutboundMessage:
    """The delivery in the words of an adapter."""
    attributes = delivery.attributes
    return OutboundMessage(
        message_id=delivery.message_id,
        reference=str(delivery.id),
        conversation_id=delivery.conversation_id,
        address=delivery.address,
        text=delivery.text,
        attempted_at=now,
        in_reply_to=tuple(str(item) for item in _items(attributes.get("in_reply_to"))),
        citations=tuple(_citation(item) for item in _items(attributes.get("citations")) if isinstance(item, dict)),
        author="human" if delivery.author is Author.HUMAN else "agent",
        brain=str(attributes["brain"]) if attributes.get("brain") else None,
        template=_template(attributes),
    )


def _template(attributes: Mapping[str, object]) -> Template | None:
    name = attributes.get("template")
    return Template(str(name), str(attributes.get("language", ""))) if name else None


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _citation(item: dict[str, object]) -> Citation:
    url = item.get("url")
    return Citation(
        document=str(item.get("document", "")),
        passage_id=str(item.get("passage_id", "")),
        title=str(item.get("title", "")),
        url=str(url) if url else None,
    )
