"""Telegram's Bot API for one bot, on loopback: takes `sendMessage`, and brings updates to our webhook.

Only what the Bot API's documentation states: the form of answers and errors, message ids that are unique in their
chat, rising update ids, the header `X-Telegram-Bot-Api-Secret-Token`, and updates repeated until they are taken.
"""

import asyncio
import itertools
import json
import time
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from tests.fakes.loopback import call_webhook, listening

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message that the bot sent."""

    chat_id: int
    message_id: int
    text: str
    at: float
    """Seconds, on the monotonic clock."""


@dataclass(frozen=True, slots=True)
class Failure:
    """How the Bot API fails a request; `delay` in seconds comes first."""

    status: int
    description: str
    retry_after: int | None = None
    delay: float = 0.0

    def body(self) -> Json:
        """The answer in the Bot API's own form."""
        answer: Json = {"ok": False, "error_code": self.status, "description": self.description}
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


def too_many_requests(retry_after: int) -> Failure:
    """The flood limit; `retry_after` in seconds."""
    return Failure(429, f"Too Many Requests: retry after {retry_after}", retry_after)


def server_error() -> Failure:
    """A fault on Telegram's side."""
    return Failure(500, "Internal Server Error")


@dataclass(slots=True)
class TelegramServer:
    """One bot. Set `webhook` before updates are pushed."""

    session: aiohttp.ClientSession
    bot_token: str = "110201543:a-bot-token-of-the-tests"
    secret_token: str = "telegram-secret-of-the-tests"
    base_url: str = ""
    webhook: str = ""
    sent: list[SentMessage] = field(default_factory=list)
    failed: list[float] = field(default_factory=list)
    """When requests were failed, on the monotonic clock."""
    _failures: deque[Failure] = field(default_factory=deque)
    _update_ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(880_000))
    _message_ids: Counter[int] = field(default_factory=Counter)

    def fail(self, *failures: Failure) -> None:
        """Fail the next requests so, in turn."""
        self._failures.extend(failures)

    def texts_to(self, address: str) -> list[str]:
        """What the bot sent to a chat, in order."""
        return [message.text for message in self.sent if message.chat_id == int(address)]

    async def says(self, address: str, text: str) -> str:
        """A person writes to the bot; returns the external id by which we should know the message."""
        update_id, update = self.update(address, text)
        await self.push(update)
        return f"update:{update_id}"

    def update(self, address: str, text: str) -> tuple[int, Json]:
        """An update that brings a text from a private chat, and its id."""
        chat_id, update_id = int(address), next(self._update_ids)
        person: Json = {"id": chat_id, "first_name": "Robin", "last_name": f"No. {chat_id}"}
        message: Json = {
            "message_id": self._next_message_id(chat_id),
            "date": int(time.time()),
            "from": {**person, "is_bot": False},
            "chat": {**person, "type": "private"},
            "text": text,
        }
        return update_id, {"update_id": update_id, "message": message}

    async def push(self, update: Json) -> None:
        """Bring an update to the webhook until it is taken."""
        body = json.dumps(update, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": self.secret_token}
        await call_webhook(self.session, self.webhook, body, headers)

    def _next_message_id(self, chat_id: int) -> int:
        self._message_ids[chat_id] += 1
        return self._message_ids[chat_id]

    async def send_message(self, request: web.Request) -> web.Response:
        """`POST /bot<token>/sendMessage`."""
        if request.match_info["token"] != self.bot_token:
            return web.json_response(Failure(401, "Unauthorized").body(), status=401)
        if self._failures:
            return await self._fail(self._failures.popleft())
        asked = await request.json()
        chat_id, text = asked.get("chat_id"), asked.get("text")
        if not isinstance(chat_id, int) or not isinstance(text, str) or not 1 <= len(text) <= 4096:
            return web.json_response(Failure(400, "Bad Request: message text is empty").body(), status=400)
        message = SentMessage(chat_id, self._next_message_id(chat_id), text, time.monotonic())
        self.sent.append(message)
        chat: Json = {"id": chat_id, "type": "private", "first_name": "Robin"}
        result: Json = {"message_id": message.message_id, "date": int(time.time()), "chat": chat, "text": text}
        return web.json_response({"ok": True, "result": result})

    async def _fail(self, failure: Failure) -> web.Response:
        self.failed.append(time.monotonic())
        await asyncio.sleep(failure.delay)
        return web.json_response(failure.body(), status=failure.status)


@asynccontextmanager
async def telegram_server() -> AsyncIterator[TelegramServer]:
    """A bot that is listening."""
    async with aiohttp.ClientSession() as session:
        server = TelegramServer(session)
        app = web.Application()
        app.router.add_post("/bot{token}/sendMessage", server.send_message)
        async with listening(app) as server.base_url:
            yield server
