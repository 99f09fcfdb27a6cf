"""The WhatsApp Cloud API for one business number, on loopback: takes messages, reports on them, brings new ones.

Only what Meta's documentation states: `POST /{version}/{phone_number_id}/messages` with a bearer token answers with a
`wamid` once the message is accepted; what became of it comes to the webhook as `statuses` that repeat
`biz_opaque_callback_data`; webhooks are signed over their raw bytes and repeated until they are answered 200.
"""

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import uuid4

import aiohttp
from aiohttp import web

from tests.fakes.loopback import call_webhook, listening

Json = dict[str, object]

API_VERSION = "v25.0"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that the Cloud API took."""

    wamid: str
    to: str
    text: str
    reference: str | None
    """`biz_opaque_callback_data`."""
    at: float
    """Seconds, on the monotonic clock."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one request is treated. Seconds throughout."""

    delay: float = 0.0
    """Before the answer."""
    lose_response: bool = False
    """Accept the message, but close the connection instead of answering."""
    error_code: int | None = None
    """Refuse the message with this code of Meta's."""
    status: int = 400
    """The HTTP status of a refusal."""
    reports: tuple[str, ...] = ("sent", "delivered")
    """The statuses that follow an accepted message."""
    report_delay: float = 0.02
    """Before each status."""


@dataclass(slots=True)
class WhatsAppServer:
    """One business number. Set `webhook` before anything is pushed."""

    session: aiohttp.ClientSession
    phone_number_id: str = "106540352242922"
    display_number: str = "48125550100"
    app_secret: str = "app-secret-of-the-tests"
    access_token: str = "access-token-of-the-tests"
    verify_token: str = "verify-token-of-the-tests"
    base_url: str = ""
    webhook: str = ""
    plan: Plan = field(default_factory=Plan)
    """For requests that no other plan was made for."""
    accepted: list[Accepted] = field(default_factory=list)
    _plans: deque[Plan] = field(default_factory=deque)
    _wamids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _reporting: "set[asyncio.Task[None]]" = field(default_factory=set)

    def next(self, *plans: Plan) -> None:
        """Treat the next requests so, in turn."""
        self._plans.extend(plans)

    def texts_to(self, address: str) -> list[str]:
        """What was accepted for a number, in order."""
        return [message.text for message in self.accepted if message.to == address]

    async def says(self, address: str, text: str) -> str:
        """A person writes to the business; returns the message's id."""
        wamid, body = self.message(address, text)
        await self.push(body)
        return wamid

    async def human_replies(self, address: str, text: str) -> str:
        """A person of the business writes from the WhatsApp Business app on their phone."""
        wamid = self._wamid()
        echo: Json = {**self._text(wamid, text), "from": self.display_number, "to": address}
        await self.push(self._envelope("smb_message_echoes", {"message_echoes": [echo]}))
        return wamid

    def message(self, address: str, text: str) -> tuple[str, Json]:
        """The body that brings a text, and the message's id."""
        wamid = self._wamid()
        contacts = [{"profile": {"name": f"Robin {address}"}, "wa_id": address}]
        message: Json = {**self._text(wamid, text), "from": address}
        return wamid, self._envelope("messages", {"contacts": contacts, "messages": [message]})

    async def push(self, body: Json) -> None:
        """Bring a webhook body until it is taken; each call carries the same bytes and signature."""
        content = json.dumps(body).encode()
        digest = hmac.new(self.app_secret.encode(), content, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={digest}"}
        await call_webhook(self.session, self.webhook, content, headers)

    async def reported(self) -> None:
        """Return when no status is on its way any more."""
        while self._reporting:
            await asyncio.gather(*self._reporting)

    def _wamid(self) -> str:
        return f"wamid.{uuid4().hex}{next(self._wamids):06d}"

    def _text(self, wamid: str, text: str) -> Json:
        return {"id": wamid, "timestamp": str(int(time.time())), "type": "text", "text": {"body": text}}

    def _envelope(self, changed: str, content: Json) -> Json:
        metadata = {"display_phone_number": self.display_number, "phone_number_id": self.phone_number_id}
        value: Json = {"messaging_product": "whatsapp", "metadata": metadata, **content}
        return {
            "object": "whatsapp_business_account",
            "entry": [{"id": "1021", "changes": [{"field": changed, "value": value}]}],
        }

    async def messages(self, request: web.Request) -> web.Response:
        """`POST /{version}/{phone_number_id}/messages`."""
        if request.headers.get("Authorization") != f"Bearer {self.access_token}":
            return _error(401, 190, "Invalid OAuth access token.")
        asked = await request.json()
        plan = self._plans.popleft() if self._plans else self.plan
        if plan.error_code is not None:
            await asyncio.sleep(plan.delay)
            return _error(plan.status, plan.error_code, "The request was refused.")
        problem = _problem(asked)
        if problem:
            return _error(400, 100, problem)
        message = self._accept(asked, plan)
        await asyncio.sleep(plan.delay)
        if plan.lose_response and request.transport is not None:
            request.transport.close()
        answer: Json = {
            "messaging_product": "whatsapp",
            "contacts": [{"input": message.to, "wa_id": message.to}],
            "messages": [{"id": message.wamid}],
        }
        return web.json_response(answer)

    def _accept(self, asked: dict[str, object], plan: Plan) -> Accepted:
        text, reference = asked["text"], asked.get("biz_opaque_callback_data")
        body = str(text["body"]) if isinstance(text, dict) else ""
        message = Accepted(
            wamid=self._wamid(),
            to=str(asked.get("to") or asked.get("recipient")),
            text=body,
            reference=str(reference) if reference else None,
            at=time.monotonic(),
        )
        self.accepted.append(message)
        task = asyncio.create_task(self._report(message, plan))
        self._reporting.add(task)
        task.add_done_callback(self._reporting.discard)
        return message

    async def _report(self, message: Accepted, plan: Plan) -> None:
        for status in plan.reports:
            await asyncio.sleep(plan.report_delay)
            report: Json = {
                "id": message.wamid,
                "status": status,
                "timestamp": str(int(time.time())),
                "recipient_id": message.to,
            }
            if message.reference is not None:
                report["biz_opaque_callback_data"] = message.reference
            await self.push(self._envelope("messages", {"statuses": [report]}))


def _problem(asked: dict[str, object]) -> str | None:
    """What the Cloud API would refuse in a request; None if nothing."""
    text = asked.get("text")
    if asked.get("messaging_product") != "whatsapp" or asked.get("type") != "text" or not isinstance(text, dict):
        return "(#100) Invalid parameter"
    body = text.get("body")
    if not isinstance(body, str) or not 1 <= len(body) <= 4096:
        return "(#100) Param text['body'] must be between 1 and 4096 characters"
    return None if asked.get("to") or asked.get("recipient") else "(#100) The parameter to is required."


def _error(status: int, code: int, message: str) -> web.Response:
    body = {"error": {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "A1"}}
    return web.json_response(body, status=status)


@asynccontextmanager
async def whatsapp_server() -> AsyncIterator[WhatsAppServer]:
    """A business number that is listening."""
    async with aiohttp.ClientSession() as session:
        server = WhatsAppServer(session)
        app = web.Application()
        app.router.add_post(f"/{API_VERSION}/{server.phone_number_id}/messages", server.messages)
        async with listening(app) as server.base_url:
            try:
                yield server
            finally:
                for task in server._reporting:
                    task.cancel()
