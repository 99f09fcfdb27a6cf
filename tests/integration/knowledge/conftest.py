from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from frontdesk.db.engine import Database
from knowledge.embedding import UseEmbedder
from knowledge.ingest import Ingest
from knowledge.retrieve import Retriever

LANGUAGES = ("en", "es", "pl", "zh")


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
