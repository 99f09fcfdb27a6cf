"""A desk for tests: contacts write to it, turns run, and its tables can be read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text

from agent.brains.protocol import Brain
from agent.commit import TurnCommit
from agent.turn import TurnReport, TurnRunner
from frontdesk.conversations.arrival.inbound import Inbound, Newcomer
from frontdesk.conversations.intake import Intake
from frontdesk.db.engine import Database
from frontdesk.handoffs.service import Handoffs
from frontdesk.ids import new_id
from frontdesk.jobs.enqueue import JobQueue
from frontdesk.lifecycle.moves import start_move
from frontdesk.outgoing.repository import insert_endpoint
from frontdesk.playbook.loading import LoadedPlaybook, playbook_version
from frontdesk.playbook.models import Playbook
from tests.fakes.brains import ScriptedBrain
from tests.fakes.tool_scope import RENTAL, TUESDAY, Library
from tests.fakes.views import passage
from tools.context import Searches

Row = dict[str, Any]

PRICE = passage("A canoe costs 20 EUR a day.")
"""What the desk's documents say."""

_NUMBERS = count(1)


@dataclass
class Ticking:
    """A clock that moves on a little whenever it is read, so that what happens later is later."""

    now: datetime = TUESDAY

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


@dataclass
class Desk:
    """One business with one channel."""

    database: Database
    brain: Brain = field(default_factory=ScriptedBrain)
    playbook: Playbook = RENTAL
    library: Searches = field(default_factory=Library)
    clock: Callable[[], datetime] = field(default_factory=Ticking)
    channel_id: UUID = field(default_factory=new_id)
    text_limit: int = 4096

    def __post_init__(self) -> None:
        self.jobs = JobQueue()
        self.loaded = LoadedPlaybook(self.playbook, playbook_version(self.playbook), Path("playbook.yaml"))
        self.handoffs = Handoffs(self.jobs, self.playbook)
        self.commit = TurnCommit(self.jobs, self.handoffs, self.loaded, timedelta(minutes=1))

    @property
    def runner(self) -> TurnRunner:
        """What answers conversations."""
        return TurnRunner(
            self.database, self.commit, self.brain, self.library, self.clock, lambda kind: self.text_limit
        )

    async def open(self) -> "Desk":
        """Connect the channel."""
        await self.execute(
            "INSERT INTO channels (id, kind, name, settings, secrets, created_at) "
            "VALUES (:id, 'generic', :name, '{}', '', :now)",
            id=self.channel_id,
            name=f"site {self.channel_id}",
            now=self.clock(),
        )
        return self

    async def says(self, *texts: str, contact: str = "ana") -> UUID:
        """The contact writes; returns the conversation."""
        intake = Intake(self.jobs, Newcomer(start_move(self.playbook), self.loaded.version))
        conversation_id = None
        for said in texts:
            now = self.clock()
            inbound = Inbound(f"m{next(_NUMBERS)}", (contact,), said, "text", now, wants_answer=True)
            async with self.database.transaction() as connection:
                receipt = await intake.receive(connection, self.channel_id, inbound, now)
            conversation_id = receipt.conversation_id
        assert conversation_id is not None
        return conversation_id

    async def answers(self, *texts: str, contact: str = "ana") -> TurnReport:
        """The contact writes, and a turn runs."""
        return await self.runner.run(await self.says(*texts, contact=contact))

    async def take_over(self, conversation_id: UUID, person: str = "bo") -> None:
        """A person takes over."""
        async with self.database.transaction() as connection:
            await self.handoffs.take_over(connection, conversation_id, person, self.clock())

    async def hand_back(self, conversation_id: UUID, person: str = "bo") -> None:
        """The person returns the conversation to the agent."""
        async with self.database.transaction() as connection:
            await self.handoffs.hand_back(connection, conversation_id, person, self.clock())

    async def close(self, conversation_id: UUID) -> None:
        """A person ends the conversation."""
        async with self.database.transaction() as connection:
            await self.handoffs.close(connection, conversation_id, "bo", None, self.clock())

    async def subscribe(self, *events: str) -> UUID:
        """Another system wants to know."""
        async with self.database.transaction() as connection:
            return await insert_endpoint(connection, "http://127.0.0.1:9/unused", b"", events, self.clock())

    async def rows(self, query: str, **values: object) -> list[Row]:
        """What a query returns."""
        async with self.database.reading() as connection:
            return [dict(row) for row in (await connection.execute(text(query), values)).mappings()]

    async def one(self, query: str, **values: object) -> Row:
        """The only row that a query returns."""
        [row] = await self.rows(query, **values)
        return row

    async def execute(self, statement: str, **values: object) -> None:
        """Change the tables behind everybody's back."""
        async with self.database.transaction() as connection:
            await connection.execute(text(statement), values)

    async def counts(self) -> dict[str, int]:
        """How many rows a turn has left."""
        tables = ("turns", "deliveries", "answers", "seen_intents", "stage_events", "handoffs", "outgoing_events")
        found = {name: (await self.one(f"SELECT count(*) AS n FROM {name}"))["n"] for name in tables}
        return {**found, "replies": (await self.one("SELECT count(*) AS n FROM messages WHERE direction = 'out'"))["n"]}
