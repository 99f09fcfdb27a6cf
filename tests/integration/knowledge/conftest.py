from datetime import UTC, datetime
from pathlib import Path

import pytest

from frontdesk.db.engine import Database
from knowledge.embedding import UseEmbedder
from knowledge.embedding.models import EmbeddingModels
from knowledge.ingest import Ingest
from knowledge.retrieve import Retriever

LANGUAGES = ("en", "es", "pl", "zh")


@pytest.fixture
def models(database: Database, embedder: UseEmbedder) -> EmbeddingModels:
    return EmbeddingModels(database, embedder)


@pytest.fixture
def ingest(database: Database, models: EmbeddingModels) -> Ingest:
    return Ingest(database, models, LANGUAGES)


@pytest.fixture
def retriever(database: Database, models: EmbeddingModels) -> Retriever:
    return Retriever(database, models)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    return made


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 6, 1, tzinfo=UTC)
