"""A receiver of Standard Webhooks on loopback, and a sender of them: any system that is connected to us.

It checks signatures with the specification's own library and drops a repeated `webhook-id`, as the specification asks.
"""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

import aiohttp
from aiohttp import web
from standardwebhooks import Webhook, WebhookVerificationError

from tests.fakes.loopback import call_webhook, listening

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Received:
    """A webhook with a good signature; `data` is that of its body."""

    webhook_id: str
    type: str
    data: Json


@dataclass(frozen=True, slots=True)
class Trouble:
    """How one request is treated; `keep` takes it in before it fails."""

    status: int = 500
    delay: float = 0.0
    keep: bool = False


@dataclass(slots=True)
class WebhookReceiver:
    """One connected system. Set `webhook` before messages are pushed."""

    session: aiohttp.ClientSession
    secret: str = "whsec_dGhpcnR5LXR3byBieXRlcyBmb3IgdGhlIHRlc3RzIG9ubHk="
    url: str = ""
    webhook: str = ""
    received: list[Received] = field(default_factory=list)
    """Each `webhook-id` once, in order."""
    repeated: list[Received] = field(default_factory=list)
    """What came again under a `webhook-id` that was known."""
    refused: list[str] = field(default_factory=list)
    """The ids of requests whose signature was wrong."""
    _troubles: deque[Trouble] = field(default_factory=deque)

    def fail(self, *troubles: Trouble) -> None:
        """Treat the next requests so, in turn."""
        self._troubles.extend(troubles)

    def texts_to(self, address: str) -> list[str]:
        """What was sent to a contact, in order."""
        return [str(data["text"]) for data in self.messages_to(address)]

    def messages_to(self, address: str) -> list[Json]:
        """The `message.send` bodies for a contact."""
        sent = (each.data for each in self.received if each.type == "message.send")
        return [data for data in sent if data["contact"] == {"id": address}]

    async def says(self, address: str, text: str) -> str:
        """A contact writes through this system; returns the message's id."""
        message_id = f"m-{uuid4().hex}"
        await self.push(message_id, {"id": message_id, "contact": {"id": address}, "text": text})
        return message_id

    async def push(self, message_id: str, data: Json) -> None:
        """Bring a message until it is taken; each call carries the same bytes and signature."""
        sent_at = datetime.now(UTC)
        body = json.dumps({"type": "message.received", "data": {**data, "sent_at": sent_at.isoformat()}})
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(sent_at.timestamp())),
            "webhook-signature": Webhook(self.secret).sign(message_id, sent_at, body),
        }
        await call_webhook(self.session, self.webhook, body.encode(), headers)

    async def receive(self, request: web.Request) -> web.Response:
        """`POST /`."""
        body, webhook_id = await request.text(), request.headers.get("webhook-id", "")
        try:
            Webhook(self.secret).verify(body, dict(request.headers.items()))
        except WebhookVerificationError:
            self.refused.append(webhook_id)
            return web.Response(status=401)
        trouble = self._troubles.popleft() if self._troubles else Trouble(200, keep=True)
        if trouble.keep:
            self._keep(webhook_id, json.loads(body))
        await asyncio.sleep(trouble.delay)
        return web.Response(status=trouble.status)

    def _keep(self, webhook_id: str, body: Json) -> None:
        data = body["data"]
        assert isinstance(data, dict)
        received = Received(webhook_id, str(body["type"]), data)
        known = {each.webhook_id for each in self.received}
        (self.repeated if webhook_id in known else self.received).append(received)


@asynccontextmanager
async def webhook_receiver() -> AsyncIterator[WebhookReceiver]:
    """A system that is listening."""
    async with aiohttp.ClientSession() as session:
        receiver = WebhookReceiver(session)
        app = web.Application()
        app.router.add_post("/", receiver.receive)
        async with listening(app) as base_url:
            receiver.url = f"{base_url}/"
            yield receiver
