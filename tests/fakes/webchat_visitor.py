"""A visitor of the web chat, as their browser speaks to it."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx

Json = dict[str, object]


@dataclass(frozen=True)
class Event:
    name: str
    data: Json
    id: str | None


@dataclass
class Page:
    """A visitor's browser."""

    http: httpx.AsyncClient
    url: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def writes(self, body: str, message_id: UUID | None = None) -> httpx.Response:
        content = {"id": str(message_id or uuid4()), "text": body}
        return await self.http.post(f"{self.url}/messages", json=content, headers=self.headers)

    async def texts(self) -> list[str]:
        answer = await self.http.get(f"{self.url}/messages", headers=self.headers)
        return [message["text"] for message in answer.json()["messages"]]

    @asynccontextmanager
    async def listening(self, after: str | None = None) -> AsyncIterator[AsyncIterator[Event]]:
        headers = self.headers | ({"Last-Event-ID": after} if after else {})
        async with self.http.stream("GET", f"{self.url}/events", headers=headers) as response:
            assert response.status_code == 200
            assert response.headers["content-type"].startswith("text/event-stream")
            events = _events(response)
            yield events
            await events.aclose()


async def _events(response: httpx.Response) -> AsyncGenerator[Event]:
    fields: dict[str, str] = {}
    async for line in response.aiter_lines():
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "event" in fields:
            yield Event(fields["event"], json.loads(fields["data"]), fields.get("id"))
            fields = {}


async def message(events: AsyncIterator[Event]) -> Event:
    """The next message, within a time that no poll would reach."""
    async with asyncio.timeout(1.5):
        return await anext(event async for event in events if event.name == "message")


async def state(events: AsyncIterator[Event], **wanted: object) -> Json:
    """The next state that is as wanted."""
    async with asyncio.timeout(5):
        return await anext(
            event.data async for event in events if event.name == "state" and wanted.items() <= event.data.items()
        )


async def visit(http: httpx.AsyncClient, chat: str) -> Page:
    answer = await http.post(f"{chat}/session", json={"languages": []})
    assert answer.status_code == 200
    return Page(http, chat, answer.json()["token"])
