"""The service's core on a real database, without HTTP: what the tests of conversations, channels and jobs drive."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from procrastinate import App
from sqlalchemy import Row, text

from frontdesk.channels.contract import ChannelAccount, ChannelKind, InboundEvent, MessageKind, MessageReceived, Person
from frontdesk.channels.directory import ChannelDirectory, seal_secrets
from frontdesk.channels.intake import ChannelIntake
from frontdesk.channels.repository import insert_channel
from frontdesk.channels.secret_box import SecretBox
from frontdesk.conversations.arrival.inbound import Newcomer
from frontdesk.conversations.draft import HandoffCause, HandoffRequest
from frontdesk.conversations.intake import Intake, Receipt
from frontdesk.conversations.model import Author, DeliveryState
from frontdesk.conversations.ownership import HumanMessage, give_to_human, locked, send_as_human
from frontdesk.conversations.repository import Outbound, StoredOutbound, insert_outbound, update_conversation
from frontdesk.db.engine import Database
from frontdesk.handoffs.repository import NewHandoff
from frontdesk.handoffs.service import Handoffs
from frontdesk.jobs.engine import TaskName, job_engine
from frontdesk.jobs.enqueue import JobQueue
from frontdesk.lifecycle.moves import start_move
from frontdesk.playbook.loading import LoadedPlaybook, playbook_version
from frontdesk.playbook.models import Playbook

SECRET = "whsec_" + "c2VjcmV0LW9mLXRoZS10ZXN0LXN1aXRlLTMyLWJ5dGVz"

PLAYBOOK: dict[str, object] = {
    "business": {"name": "Reed Boats", "languages": ["en", "pl"]},
    "fields": [{"name": "party_size", "type": "number", "ask": "How many are you?"}],
    "handoff": {
        "teams": [{"name": "sales", "members": ["Ada", "Ben"], "routing": "round_robin"}, {"name": "yard"}],
        "rules": [],
    },
}


def loaded(**parts: object) -> LoadedPlaybook:
    """The boat yard's playbook, with some parts of its own."""
    playbook = Playbook.model_validate({**PLAYBOOK, **parts})
    return LoadedPlaybook(playbook, playbook_version(playbook), Path("playbook.yaml"))


@dataclass
class Clock:
    """A time that only the test moves."""

    now: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 10, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Desk:
    """The core with one connected channel."""

    database: Database
    app: App
    jobs: JobQueue
    box: SecretBox
    playbook: LoadedPlaybook
    handoffs: Handoffs
    intake: ChannelIntake
    directory: ChannelDirectory
    clock: Clock
    account: ChannelAccount

    def message(self, words: str, message_id: str = "m1", contact: str = "c1", **more: Any) -> MessageReceived:
        """A contact's message, as an adapter reads it."""
        plain: dict[str, Any] = {"kind": MessageKind.TEXT, "sent_at": self.clock(), "person": Person((contact,))}
        return MessageReceived(external_id=message_id, text=words, **{**plain, **more})

    async def take(self, *events: InboundEvent) -> tuple[Receipt, ...]:
        """The channel brings events, all in one batch."""
        return await self.intake.take_in_events(self.account, events, self.clock())

    async def says(self, words: str, message_id: str = "m1", contact: str = "c1") -> UUID:
        """A contact writes; returns the conversation."""
        [receipt] = await self.take(self.message(words, message_id, contact))
        assert receipt.conversation_id is not None
        return receipt.conversation_id

    def body(self, words: str, message_id: str = "m1", contact: str = "c1") -> bytes:
        """A webhook body of the generic channel."""
        data = {"id": message_id, "contact": {"id": contact}, "text": words}
        return json.dumps({"type": "message.received", "data": data}).encode()

    async def rows(self, query: str, **values: object) -> list[Row[*tuple[object, ...]]]:
        """What is committed."""
        async with self.database.reading() as connection:
            return list(await connection.execute(text(query), values))

    async def one(self, query: str, **values: object) -> Row[*tuple[object, ...]]:
        """The only row."""
        [row] = await self.rows(query, **values)
        return row

    async def scalar(self, query: str, **values: object) -> object:
        """The only value of the only row."""
        return (await self.one(query, **values))[0]

    async def conversation(self, conversation_id: UUID) -> Row[*tuple[object, ...]]:
        """A conversation's row."""
        return await self.one("SELECT * FROM conversations WHERE id = :id", id=conversation_id)

    async def waiting(self, task: TaskName) -> list[str]:
        """The locks of the jobs of one kind that wait."""
        found = await self.rows(
            "SELECT lock FROM procrastinate_jobs WHERE task_name = :task AND status = 'todo' ORDER BY id", task=task
        )
        return [str(row[0]) for row in found]

    async def clear_jobs(self) -> None:
        """As if a worker had run every job."""
        async with self.database.transaction() as connection:
            await connection.execute(text("DELETE FROM procrastinate_jobs"))

    async def agent_replies(
        self, conversation_id: UUID, words: str = "Yes, we do.", *, state: DeliveryState = DeliveryState.PENDING
    ) -> StoredOutbound:
        """The agent answers everything so far, as a turn's commit does."""
        async with self.database.transaction() as connection:
            conversation = await locked(connection, conversation_id)
            now, seq = self.clock(), conversation.last_seq + 1
            await update_conversation(
                connection,
                conversation_id,
                last_seq=seq,
                answered_seq=conversation.inbound_seq,
                waiting_since=None,
                outbound_at=now,
            )
            outbound = Outbound(
                conversation_id=conversation_id,
                channel_id=conversation.channel_id,
                seq=seq,
                author=Author.AGENT,
                text=words,
                attributes={},
                epoch=conversation.epoch,
                turn_id=None,
                state=state,
                due_at=now,
            )
            return await insert_outbound(connection, outbound, now)

    async def person_writes(self, conversation_id: UUID, words: str, name: str = "Ada") -> StoredOutbound:
        """A person answers through us."""
        async with self.database.transaction() as connection:
            conversation = await locked(connection, conversation_id)
            return await send_as_human(connection, conversation, HumanMessage(words, name), self.jobs, self.clock())

    async def hand_off(self, conversation_id: UUID, team: str = "sales") -> UUID:
        """The agent asks for a person, as at the end of a turn."""
        async with self.database.transaction() as connection:
            conversation = await locked(connection, conversation_id)
            await give_to_human(connection, conversation, None, team, self.clock())
            request = HandoffRequest(team, "qualified", HandoffCause.RULE)
            return await self.handoffs.request(
                connection, NewHandoff(conversation_id, conversation.contact_id, request), self.clock()
            )

    async def take_over(self, conversation_id: UUID, person: str = "Ada") -> None:
        """A person takes over."""
        async with self.database.transaction() as connection:
            await self.handoffs.take_over(connection, conversation_id, person, self.clock())

    async def hand_back(self, conversation_id: UUID, person: str = "Ada") -> None:
        """A person returns the conversation to the agent."""
        async with self.database.transaction() as connection:
            await self.handoffs.hand_back(connection, conversation_id, person, self.clock())

    async def close(self, conversation_id: UUID, person: str = "Ada") -> None:
        """A person ends the conversation."""
        async with self.database.transaction() as connection:
            await self.handoffs.close(connection, conversation_id, person, "won", self.clock())


async def connect(
    database: Database, box: SecretBox, kind: ChannelKind, settings: dict[str, object], secrets: dict[str, str]
) -> ChannelAccount:
    """Register a channel."""
    async with database.transaction() as connection:
        channel_id = await insert_channel(
            connection,
            kind=kind,
            name=str(kind),
            settings=settings,
            secrets=seal_secrets(secrets, box),
            now=datetime(2026, 3, 1, tzinfo=UTC),
        )
    account = await ChannelDirectory(database, box).get(channel_id)
    assert account is not None
    return account


async def connect_whatsapp(desk: Desk, base_url: str = "http://127.0.0.1:9") -> ChannelAccount:
    """Register a WhatsApp number beside the desk's own channel."""
    settings: dict[str, object] = {"phone_number_id": "100", "base_url": base_url}
    secrets = {"app_secret": "shh", "access_token": "token", "verify_token": "hello"}
    return await connect(desk.database, desk.box, ChannelKind.WHATSAPP, settings, secrets)


@asynccontextmanager
async def open_desk(
    database: Database, playbook: LoadedPlaybook | None = None, url: str = "http://127.0.0.1:9/unused"
) -> AsyncIterator[Desk]:
    """A desk with a generic channel whose other end is at `url`."""
    chosen, box, app = playbook or loaded(), SecretBox("a key for tests"), job_engine(database.url)
    jobs = JobQueue()
    newcomer = Newcomer(start_move(chosen.playbook), chosen.version, chosen.playbook.contacts.merge)
    async with app.open_async():
        yield Desk(
            database=database,
            app=app,
            jobs=jobs,
            box=box,
            playbook=chosen,
            handoffs=Handoffs(jobs, chosen.playbook),
            intake=ChannelIntake(database, Intake(jobs, newcomer)),
            directory=ChannelDirectory(database, box),
            clock=Clock(),
            account=await connect(database, box, ChannelKind.GENERIC, {"url": url}, {"secret": SECRET}),
        )
