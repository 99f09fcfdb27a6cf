"""What the folders share: a desk whose channel and subscribers are a server on loopback."""

from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest

from frontdesk.db.engine import Database
from knowledge.embedding import UseEmbedder
from tests.fakes.channel_server import ChannelServer, channel_server
from tests.integration.desk import Desk, open_desk


@pytest.fixture(scope="session")
def embedder() -> Iterator[UseEmbedder]:
    """The model that the package carries, loaded once."""
    made = UseEmbedder()
    yield made
    made.close()


@pytest.fixture
async def server() -> AsyncIterator[ChannelServer]:
    async with channel_server() as listening:
        yield listening


@pytest.fixture
async def desk(database: Database, server: ChannelServer) -> AsyncIterator[Desk]:
    async with open_desk(database, url=f"{server.url}/hook") as opened:
        yield opened


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as client:
        yield client
