"""The whole API over a real database, driven through ASGI."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.deps import ApiServices
from frontdesk.access.scopes import Scope
from frontdesk.channels.contract import ChannelKind
from frontdesk.channels.directory import ChannelDirectory
from frontdesk.channels.intake import ChannelIntake
from frontdesk.channels.secret_box import SecretBox
from frontdesk.config import Settings
from frontdesk.conversations.arrival.inbound import Newcomer
from frontdesk.conversations.intake import Intake
from frontdesk.db.engine import Database
from frontdesk.handoffs.service import Handoffs
from frontdesk.jobs.enqueue import JobQueue
from frontdesk.lifecycle.moves import start_move
from frontdesk.playbook.loading import LoadedPlaybook, load_playbook
from knowledge.embedding import UseEmbedder
from knowledge.embedding.models import EmbeddingModels
from knowledge.gaps.answers import KnowledgeGaps
from knowledge.gaps.grouping import GapGrouping
from knowledge.retrieve import Retriever
from tests.integration.api.driver import SECRET, Clock, Site, add_channel, key_with

PLAYBOOK = """
business: {name: Reed Boats, languages: [en]}
fields:
  - {name: party_size, type: number, ask: How many are you?}
"""

EMBEDDER = UseEmbedder()
"""Loads its model when it is first asked."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def playbook(tmp_path_factory: pytest.TempPathFactory) -> LoadedPlaybook:
    path = tmp_path_factory.mktemp("playbook") / "playbook.yaml"
    path.write_text(PLAYBOOK)
    return load_playbook(path)


@pytest.fixture
def services(database: Database, playbook: LoadedPlaybook, clock: Clock, tmp_path: Path) -> ApiServices:
    jobs = JobQueue()
    box = SecretBox("a key for tests")
    intake = Intake(jobs, Newcomer(start_move(playbook.playbook), playbook.version))
    models = EmbeddingModels(database, EMBEDDER)
    return ApiServices(
        settings=Settings(FRONTDESK_DATA_DIR=tmp_path, FRONTDESK_MAX_BODY_BYTES=50_000),
        database=database,
        jobs=jobs,
        handoffs=Handoffs(jobs, playbook.playbook),
        playbook=playbook,
        channels=ChannelDirectory(database, box),
        intake=ChannelIntake(database, intake),
        secrets=box,
        retriever=Retriever(database, models, reranker=None),
        gaps=KnowledgeGaps(database, models, GapGrouping(database, EMBEDDER), playbook.playbook.business.languages),
        clock=clock,
    )


@pytest.fixture
def app(services: ApiServices) -> FastAPI:
    return create_app(services)


@pytest.fixture
async def anonymous(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Callers without a key."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://frontdesk") as client:
        yield client


@pytest.fixture
async def client(app: FastAPI, services: ApiServices) -> AsyncIterator[httpx.AsyncClient]:
    """A caller whose key has every scope."""
    headers = await key_with(services, Scope.ADMIN)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://frontdesk", headers=headers
    ) as client:
        yield client


@pytest.fixture
async def site(services: ApiServices, anonymous: httpx.AsyncClient, clock: Clock) -> Site:
    """A connected generic channel."""
    settings: dict[str, object] = {"url": "http://127.0.0.1:9/unused"}
    channel_id = await add_channel(services, ChannelKind.GENERIC, "site", settings, {"secret": SECRET})
    return Site(channel_id, anonymous, clock)


@pytest.fixture
async def conversation_id(site: Site, client: httpx.AsyncClient) -> UUID:
    """A conversation that a contact just opened."""
    assert (await site.says("Hello, do you rent canoes?")).status_code == 200
    [found] = (await client.get("/v1/conversations", params={"contact": "c1"})).json()["items"]
    return UUID(found["id"])
