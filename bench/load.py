"""The load generator, a process of its own so that its work is not charged to the system that it drives.

It prints the port of its receiver, then answers each line of standard input (a `Load`) with one (`Measured`).
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count, islice

import aiohttp
import orjson
import uvloop
from aiohttp import web
from standardwebhooks import Webhook

from bench.workload import Load, Measured, Wire

REPLY_SECONDS = 60.0
"""A reply that takes longer is a fault of the system, and ends the run."""

_PLACES = ("Rome", "Lisbon", "Crete", "Andalusia", "Beijing", "the Tatra Mountains")
_QUESTIONS = (
    "What does a family trip to {place} include for a group of {number}?",
    "Can we cancel the trip to {place} if one of our {number} travellers falls ill?",
    "Which documents do {number} people need for {place}?",
    "Is there a discount on {place} when we come with {number} friends?",
)


def question(contact: str, turn: int) -> str:
    """A message that no other contact has sent, so that nothing can be answered from a cache."""
    number = hash_of(contact) * 1000 + turn
    template = _QUESTIONS[turn % len(_QUESTIONS)]
    return template.format(place=_PLACES[number % len(_PLACES)], number=number)


def hash_of(contact: str) -> int:
    """A number that is the same in every run."""
    return sum((index + 1) * ord(letter) for index, letter in enumerate(contact)) % 100_000


@dataclass(slots=True)
class Receiver:
    """Where a webhook system sends its replies; each is known by the messages that it answers."""

    waiting: dict[str, asyncio.Future[float]] = field(default_factory=dict)

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Take a reply."""
        now = time.perf_counter()
        body = orjson.loads(await request.read())
        for message_id in body["data"]["in_reply_to"]:
            future = self.waiting.pop(message_id, None)
            if future is not None and not future.done():
                future.set_result(now)
        return web.Response(body=b"{}", content_type="application/json")


@dataclass(slots=True)
class Run:
    """One load and what it has seen so far."""

    load: Load
    session: aiohttp.ClientSession
    receiver: Receiver
    replies: list[float] = field(default_factory=list)
    acknowledgements: list[float] = field(default_factory=list)

    async def measure(self) -> Measured:
        """Run every writer to its end."""
        began = time.perf_counter()
        ends = began + self.load.seconds if self.load.seconds is not None else None
        async with asyncio.TaskGroup() as group:
            for writer in range(self.load.writers):
                group.create_task(self._write(writer, ends))
        return Measured(
            turns=len(self.replies),
            elapsed=time.perf_counter() - began,
            replies=self.replies,
            acknowledgements=self.acknowledgements,
        )

    async def _write(self, writer: int, ends: float | None) -> None:
        for turn, contact in self._rotation(writer):
            if ends is not None and time.perf_counter() >= ends:
                return
            await self._turn(contact, turn)

    def _rotation(self, writer: int) -> Iterator[tuple[int, str]]:
        for turn in islice(count(self.load.first_turn), self.load.turns):
            for one in range(self.load.contacts_each):
                yield turn, f"{self.load.contacts}-{writer}-{one}"

    async def _turn(self, contact: str, turn: int) -> None:
        if self.load.target.wire is Wire.ANSWER:
            took = await self._post({"contact": contact, "text": question(contact, turn)}, {})
            self.replies.append(took)
            return
        ids = [f"{contact}-{turn}-{part}" for part in range(self.load.burst)]
        answered = asyncio.get_running_loop().create_future()
        self.receiver.waiting[ids[-1]] = answered
        sent = 0.0
        for part, message_id in enumerate(ids):
            if part:
                await asyncio.sleep(self.load.burst_gap)
            sent = time.perf_counter()
            await self._webhook(contact, message_id, question(contact, turn * 10 + part))
        async with asyncio.timeout(REPLY_SECONDS):
            self.replies.append(await answered - sent)

    async def _webhook(self, contact: str, message_id: str, text: str) -> None:
        now = datetime.now(UTC)
        data = {"id": message_id, "contact": {"id": contact}, "text": text, "sent_at": now.isoformat()}
        body = {"type": "message.received", "data": data}
        signature = Webhook(self.load.target.secret).sign(message_id, now, orjson.dumps(body).decode())
        stamp = str(int(now.timestamp()))
        await self._post(body, {"webhook-id": message_id, "webhook-timestamp": stamp, "webhook-signature": signature})

    async def _post(self, body: Mapping[str, object], headers: dict[str, str]) -> float:
        began = time.perf_counter()
        async with self.session.post(
            self.load.target.url, data=orjson.dumps(body), headers={"content-type": "application/json", **headers}
        ) as response:
            text = await response.text()
            if response.status != 200:
                raise RuntimeError(f"HTTP {response.status}: {text[:500]}")
        took = time.perf_counter() - began
        self.acknowledgements.append(took)
        return took


@asynccontextmanager
async def _receiving(receiver: Receiver) -> AsyncIterator[int]:
    runner = web.ServerRunner(web.Server(receiver.handle, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=512).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def main() -> None:
    """Serve loads until standard input ends."""
    receiver = Receiver()
    timeout = aiohttp.ClientTimeout(total=REPLY_SECONDS)
    connector = aiohttp.TCPConnector(limit=0)
    async with _receiving(receiver) as port, aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        print(port, flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            measured = await Run(Load.model_validate_json(line), session, receiver).measure()
            print(measured.model_dump_json(), flush=True)


if __name__ == "__main__":
    uvloop.run(main())
