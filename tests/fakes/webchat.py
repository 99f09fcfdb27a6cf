"""A web chat on loopback, and what the worker or a colleague would do to its conversations."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import uvicorn
from pydantic import JsonValue
from sqlalchemy import select

from api.app import create_app
from api.deps import ApiServices
from frontdesk.channels.contract import ChannelKind
from frontdesk.channels.directory import ChannelDirectory, seal_secrets
from frontdesk.channels.intake import ChannelIntake
from frontdesk.channels.repository import insert_channel, update_delivery
from frontdesk.channels.secret_box import SecretBox
from frontdesk.config import Settings
from frontdesk.conversations.arrival.inbound import Newcomer
from frontdesk.conversations.intake import Intake
from frontdesk.conversations.model import Author, DeliveryState
from frontdesk.conversations.ownership import locked
from frontdesk.conversations.repository import Outbound, announce, insert_outbound, update_conversation
from frontdesk.db.engine import Database
from frontdesk.db.models import Conversation
from frontdesk.handoffs.service import Handoffs
from frontdesk.jobs.enqueue import JobQueue
from frontdesk.lifecycle.moves import start_move
from frontdesk.playbook.loading import load_playbook
from knowledge.embedding import UseEmbedder
from knowledge.embedding.models import EmbeddingModels
from knowledge.gaps.answers import KnowledgeGaps
from knowledge.gaps.grouping import GapGrouping
from knowledge.retrieve import Retriever

PLAYBOOK = """
business: {name: Harbour Bikes, languages: [en, zh, pl, es]}
persona: {name: Robin}
fields:
  - name: bikes
    type: number
    ask: {en: "How many bikes?", zh: "几辆自行车？", pl: "Ile rowerów?", es: "¿Cuántas bicis?"}
"""
VISITOR_KEY = "a-visitor-key-of-more-than-32-characters"

EMBEDDER = UseEmbedder()
"""Loads its model when it is first asked."""


def now() -> datetime:
    return datetime.now(UTC)


async def services_for(database: Database, directory: Path) -> ApiServices:
    """The services of an API whose business is a bicycle hire."""
    path = directory / "playbook.yaml"
    path.write_text(PLAYBOOK, "utf-8")
    playbook = load_playbook(path)
    jobs, box = JobQueue(), SecretBox("a key for tests")
    models = EmbeddingModels(database, EMBEDDER)
    return ApiServices(
        settings=Settings(FRONTDESK_DATA_DIR=directory),
        database=database,
        jobs=jobs,
        handoffs=Handoffs(jobs, playbook.playbook),
        playbook=playbook,
        channels=ChannelDirectory(database, box, remember_seconds=0),
        intake=ChannelIntake(database, Intake(jobs, Newcomer(start_move(playbook.playbook), playbook.version))),
        secrets=box,
        retriever=Retriever(database, models, reranker=None),
        gaps=KnowledgeGaps(database, models, GapGrouping(database, EMBEDDER), playbook.playbook.business.languages),
        clock=now,
    )


async def add_chat(services: ApiServices, name: str = "chat", **settings: object) -> UUID:
    """Connect a web chat."""
    secrets = seal_secrets({"visitor_key": VISITOR_KEY}, services.secrets)
    async with services.database.transaction() as connection:
        return await insert_channel(
            connection, kind=ChannelKind.WEBCHAT, name=name, settings=settings, secrets=secrets, now=now()
        )


@asynccontextmanager
async def serving(services: ApiServices) -> AsyncIterator[str]:
    """Serve the API; yields its URL."""
    async with running(uvicorn.Config(create_app(services), port=0, log_config=None, lifespan="off", ws="none")) as url:
        yield url


@asynccontextmanager
async def running(config: uvicorn.Config) -> AsyncIterator[str]:
    """Run a server on loopback; yields its URL."""
    config.timeout_graceful_shutdown = 1
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


@dataclass(frozen=True, slots=True)
class Staff:
    """Writes to conversations on connections of its own, as another process would."""

    database: Database

    async def conversation(self) -> UUID:
        """The newest conversation."""
        async with self.database.reading() as connection:
            newest = select(Conversation.id).order_by(Conversation.id.desc()).limit(1)
            return (await connection.execute(newest)).scalar_one()

    async def reply(
        self,
        text: str,
        *,
        author: Author = Author.AGENT,
        state: DeliveryState = DeliveryState.SENT,
        attributes: Mapping[str, JsonValue] | None = None,
        notify: bool = True,
    ) -> UUID:
        """Store an outbound message; returns its delivery's id."""
        async with self.database.transaction() as connection:
            held = await locked(connection, await self.conversation())
            seq = held.last_seq + 1
            await update_conversation(connection, held.id, last_seq=seq, answered_seq=seq)
            outbound = Outbound(
                conversation_id=held.id,
                channel_id=held.channel_id,
                seq=seq,
                author=author,
                text=text,
                attributes=attributes or {},
                epoch=held.epoch if author is Author.AGENT else None,
                turn_id=None,
                state=state,
                due_at=now(),
            )
            stored = await insert_outbound(connection, outbound, now())
            if notify:
                await announce(connection, held.id)
        return stored.delivery_id

    async def settle(self, delivery_id: UUID, state: DeliveryState) -> None:
        """Decide what becomes of a delivery."""
        async with self.database.transaction() as connection:
            await update_delivery(connection, delivery_id, state=state)
            await announce(connection, await self.conversation())

    async def change(self, **values: object) -> None:
        """Change the newest conversation."""
        async with self.database.transaction() as connection:
            conversation = await self.conversation()
            await update_conversation(connection, conversation, **values)
            await announce(connection, conversation)
