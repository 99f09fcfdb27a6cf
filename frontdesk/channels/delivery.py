"""Send outbound messages: mark, send, record; a crash in between leaves an outcome that is known to be unknown."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import httpx
import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.channels import repository
from frontdesk.channels.adapters import ADAPTERS
from frontdesk.channels.contract import (
    ChannelAccount,
    Citation,
    Disable,
    OutboundMessage,
    Rejected,
    Retry,
    SendResponse,
    SendResult,
    Sent,
)
from frontdesk.channels.directory import ChannelDirectory
from frontdesk.channels.repository import DeliveryRow
from frontdesk.conversations.model import DeliveryState
from frontdesk.conversations.repository import announce
from frontdesk.db.engine import Database

SCHEDULE = tuple(timedelta(seconds=seconds) for seconds in (2, 5, 15, 60, 300, 1800, 7200))
"""Waits between attempts; a reply that is later than this helps nobody."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Deliverer:
    """Sends what the outbox holds."""

    database: Database
    channels: ChannelDirectory
    http: httpx.AsyncClient
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
            reason="a person took over",
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

    async def _send(self, delivery: DeliveryRow) -> SendResult:
        account = await self.channels.get(delivery.channel_id)
        if account is None:
            result: SendResult = Rejected("the channel was removed")
        else:
            result = await self._attempt(account, delivery)
            self.on_result(account.kind, result)
        async with self.database.transaction() as connection:
            await self._record(connection, delivery, result)
        return result

    async def _attempt(self, account: ChannelAccount, delivery: DeliveryRow) -> SendResult:
        adapter = ADAPTERS[account.kind]
        if adapter.render is None or adapter.interpret is None:
            return Sent(None)  # the contact reads it from our own database
        request = adapter.render(account, outbound_of(delivery, self.clock()))
        try:
            response = await self.http.request(
                request.method, request.url, headers=dict(request.headers), content=request.body
            )
        except httpx.HTTPError as error:
            return Retry(f"the channel could not be reached ({type(error).__name__})")
        headers = {name.lower(): value for name, value in response.headers.items()}
        return adapter.interpret(account, SendResponse(response.status_code, headers, response.content))

    async def _record(self, connection: AsyncConnection, delivery: DeliveryRow, result: SendResult) -> None:
        now = self.clock()
        match result:
            case Sent():
                await repository.settle_sent(connection, delivery.id, result.external_id, now)
                await announce(connection, delivery.conversation_id)
            case Retry():
                await self._record_retry(connection, delivery, result, now)
            case Rejected() | Disable():
                await repository.update_delivery(
                    connection, delivery.id, state=DeliveryState.FAILED, reason=result.reason, updated_at=now
                )
        if isinstance(result, Disable):
            await repository.update_channel(
                connection, delivery.channel_id, state="disabled", state_reason=result.reason
            )
            _log.error("channel disabled", channel=str(delivery.channel_id), reason=result.reason)

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
        author="human" if delivery.author == "human" else "agent",
        brain=str(attributes["brain"]) if attributes.get("brain") else None,
    )


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
