"""The documents that replays retrieve from: ingested once into a database of their own, and kept by their content."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from os import getpid
from pathlib import Path

import psycopg
import structlog

from evals.code_version import sources_digest
from evals.replay.embedding import SteadyEmbedder
from evals.replay.library import Library, NoDocuments
from evals.replay.memory import remembered
from evals.scratch import Connection, create, drop, names, rename, settle, sibling
from frontdesk.db.engine import Database, open_database
from frontdesk.db.migrate import upgrade
from frontdesk.db.server import start_embedded, stop_embedded
from knowledge.embedding import Embedder, UseEmbedder
from knowledge.embedding.models import EmbeddingModels, WantedModel
from knowledge.embedding.server import ServerAccess
from knowledge.ingest import Ingest
from knowledge.retrieve import Retriever
from knowledge.search.rerank import Reranker
from knowledge.sources.files import FileSource

NO_DOCUMENTS = "none"
"""The version of an empty knowledge base."""

_log = structlog.get_logger(__name__)

_PREFIX = "knowledge_"
_MEMORIES = "retrievals"
_KEPT = 8
"""Databases of former documents that are kept; the oldest goes."""

_BUILDERS = ("knowledge", "frontdesk/db", "frontdesk/language")
"""The sources that decide what an ingest stores."""


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model on a server that makes the vectors of documents and questions, and how that server is called."""

    wanted: WantedModel
    access: ServerAccess


@dataclass(frozen=True, slots=True)
class Memory:
    """Files of the vectors that each of both models made before, whatever the documents."""

    vectors: Path
    second_vectors: Path


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Passages that are ready to be retrieved from; `url` is None without any, `model` with the package's own.

    `retrievals` keeps what was retrieved from them, if that may be kept.
    """

    version: str
    url: str | None = None
    retrievals: Path | None = None
    memory: Memory | None = None
    model: ServedModel | None = None


def knowledge_version(documents: Path | None, languages: Sequence[str], model: ServedModel | None = None) -> str:
    """A short hash of what the documents say and of the model that compares it. Raises SourceNotFoundError."""
    if documents is None:
        return NO_DOCUMENTS
    digest = sha256("\n".join(sorted(languages)).encode())
    if model is not None:
        digest.update(repr(model.wanted).encode())
    for path in asyncio.run(FileSource(documents).listing()).paths:
        file = documents / path if documents.is_dir() else documents
        with file.open("rb") as content:
            digest.update(b"\0" + path.encode() + b"\0" + file_digest(content, "sha256").digest())
    return digest.hexdigest()[:12]


@contextmanager
def opened_knowledge(
    documents: Path | None, languages: Sequence[str], cache: Path, model: ServedModel | None = None
) -> Iterator[Knowledge]:
    """The documents, ingested below `cache` unless they are there already. Never touches the service's database.

    A document that cannot be read is left out, as in the service. Raises SourceNotFoundError, EmbeddedServerError and
    EmbeddingFailedError.
    """
    version, memory = knowledge_version(documents, languages, model), memory_in(cache)
    if documents is None:
        yield Knowledge(version, memory=memory)
        return
    server = start_embedded(cache)
    try:
        name = f"{_PREFIX}{sha256(f'{version} {sources_digest(*_BUILDERS)}'.encode()).hexdigest()[:16]}"
        if not _is_there(server.url, name):
            _build(server.url, name, _Ingesting(documents, languages, model))
        yield Knowledge(version, sibling(server.url, name), cache / _MEMORIES / f"{name}.sqlite", memory, model)
    finally:
        stop_embedded(server)


def memory_in(cache: Path) -> Memory:
    """Where what was computed before is kept."""
    return Memory(
        cache / f"vectors-{UseEmbedder.model}-{sources_digest('knowledge/embedding')}.sqlite",
        cache / f"second-vectors-{sources_digest('knowledge/embedding', 'knowledge/search')}.sqlite",
    )


@asynccontextmanager
async def opened_library(knowledge: Knowledge, embedder: Embedder, reranker: Reranker | None) -> AsyncIterator[Library]:
    """The service's retrieval over the passages; without a reranker what was retrieved is kept apart."""
    if knowledge.url is None:
        yield Library(NoDocuments())
        return
    database = open_database(knowledge.url, pool_size=2)
    models = _models(database, embedder, knowledge.model)
    retriever, kept = Retriever(database, models, reranker), knowledge.retrievals
    try:
        if kept is None:
            yield Library(retriever)
            return
        with remembered(
            retriever, kept if reranker is not None else kept.with_stem(f"{kept.stem}-read-once")
        ) as searches:
            yield Library(searches)
    finally:
        await models.close()
        await database.close()


def _models(database: Database, carried: Embedder, model: ServedModel | None) -> EmbeddingModels:
    if model is None:
        return EmbeddingModels(database, carried)
    return EmbeddingModels(database, carried, model.wanted, model.access)


@dataclass(frozen=True, slots=True)
class _Ingesting:
    """What is ingested, for which languages, by which model."""

    documents: Path
    languages: Sequence[str]
    model: ServedModel | None


def _build(server_url: str, name: str, ingesting: _Ingesting) -> None:
    """Ingest under another name first: a database that bears its own is whole."""
    building = f"building_{name}_{getpid()}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        drop(connection, building)
        create(connection, building)
        url = sibling(server_url, building)
        try:
            upgrade(url)
            asyncio.run(_ingest(url, ingesting))
            settle(url, connection, building)
            rename(connection, building, name)
        except psycopg.errors.DuplicateDatabase:  # another run was first
            drop(connection, building)
        except BaseException:
            drop(connection, building)
            raise
        _forget_oldest(connection)


async def _ingest(url: str, ingesting: _Ingesting) -> None:
    database = open_database(url, pool_size=4)
    embedder = UseEmbedder()
    models = _models(database, SteadyEmbedder(embedder), ingesting.model)
    try:
        report = await Ingest(database, models, ingesting.languages).run(ingesting.documents, datetime.now(UTC))
    finally:
        await models.close()
        embedder.close()
        await database.close()
    for path, reason in report.failed:
        _log.warning("document left out", document=path, reason=reason)


def _is_there(server_url: str, name: str) -> bool:
    with psycopg.connect(server_url, autocommit=True) as connection:
        return name in names(connection, _PREFIX)


def _forget_oldest(connection: Connection) -> None:
    for name in names(connection, _PREFIX)[:-_KEPT]:
        drop(connection, name)
