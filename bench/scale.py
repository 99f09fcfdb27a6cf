"""Retrieval over many synthetic passages, beside the bare query of the index.

Recall is of the ten passages that an exact search finds nearest. The bare query asks the same index for as many
passages as the service does, with their texts and nothing else, by the same driver. A passage that is found for the
first time is read from the database, one that was found before is known: both are measured.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from uuid import UUID

import numpy as np
import psycopg
from psycopg.types.numeric import Int4

from bench.ingest_rate import ingest_lines, measure_ingest
from bench.parts import Sizes
from bench.rounds import Progress
from frontdesk.db.engine import Database, open_database
from frontdesk.db.migrate import upgrade
from frontdesk.db.prepared import driver_connection
from frontdesk.db.server import start_embedded, stop_embedded
from frontdesk.ids import new_id
from knowledge.embedding import TextKind, Vector
from knowledge.embedding.halfvec import half_vector
from knowledge.embedding.models import EmbeddingModels, ServedModel
from knowledge.embedding.repository import (
    ModelSpec,
    ModelState,
    StoredModel,
    create_indexes,
    index_condition,
    index_name,
)
from knowledge.search.candidates import find_candidates
from knowledge.search.legs.repository import NEAREST_VECTORS, searched_vectors
from knowledge.search.passages.known import KnownPassages
from knowledge.search.query import Filters, Query
from knowledge.search.statistics import Statistics, read_statistics

DIMENSIONS = 512
TOPICS = 2_000
LATENT = 64
"""Texts of one kind differ in far fewer ways than a vector has numbers; without that, no index could find anything."""
WORDS = 30_000
PASSAGE_WORDS, QUERY_WORDS = 30, 6
QUERIES = 60
ROUNDS = 5
NEAREST = 10
SIZES = (1_000, 100_000)
"""Measured besides the size that is asked for, as far as they are smaller."""
RECALL_BAR, LATENCY_BAR = 0.98, 1.3
_ON_A_DAY = date(2026, 1, 1)
_PASSAGES_A_DOCUMENT = 100
_SEED = 7


@dataclass(frozen=True, slots=True)
class Scale:
    """What was measured at one size; times in milliseconds, medians over the queries."""

    passages: int
    recall: float
    known: float
    """Of a retrieval whose passages were all found before."""
    unknown: float
    """Of one whose passages never were."""
    bare: float


class _Synthetic:
    """Stands for an embedding model: the vectors are drawn, no text is read."""

    model = "synthetic"
    dimensions = DIMENSIONS
    batch = 1

    async def embed(self, texts: Sequence[str], kind: TextKind = TextKind.QUERY) -> list[Vector]:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Corpus:
    """Vectors around topics, and words by Zipf's law."""

    chance: np.random.Generator
    topics: Vector
    directions: Vector

    def vectors(self, count: int) -> Vector:
        """Draw vectors of length one."""
        latent = self.topics[self.chance.integers(0, TOPICS, count)]
        latent = latent + self.chance.normal(0, 0.7, latent.shape).astype(np.float32)
        drawn = latent @ self.directions
        return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), np.float32)

    def words(self, count: int) -> list[str]:
        """Draw distinct words, sorted."""
        drawn = np.minimum(self.chance.zipf(1.3, count), WORDS)
        return sorted({f"w{number}" for number in drawn.tolist()})


def corpus() -> Corpus:
    """Return the same corpus every time."""
    chance = np.random.default_rng(_SEED)
    topics = chance.normal(0, 1, (TOPICS, LATENT)).astype(np.float32)
    return Corpus(chance, topics, chance.normal(0, 1, (LATENT, DIMENSIONS)).astype(np.float32))


async def measure(passages: int) -> Scale:
    """Fill a database of its own and search it."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-scale-") as folder:
        server = start_embedded(Path(folder))
        try:
            upgrade(server.url)
            database = open_database(server.url, pool_size=2)
            try:
                return await _measure(database, passages)
            finally:
                await database.close()
        finally:
            stop_embedded(server)


async def _measure(database: Database, passages: int) -> Scale:
    drawn = corpus()
    model = await EmbeddingModels(database, _Synthetic()).active()
    vectors = drawn.vectors(passages)
    ids = await _fill(database, model, drawn, vectors)
    async with database.reading() as connection:
        statistics = await read_statistics(connection, model.id)
    queries = [_query(drawn, vector, statistics) for vector in drawn.vectors(QUERIES)]
    known, unknown, bare, recalls, kept = [], [], [], [], KnownPassages()
    async with database.reading() as connection:
        driver = driver_connection(connection)

        async def retrieve(query: Query, passages: KnownPassages) -> list[UUID]:
            found = await find_candidates(connection, model, query, statistics, passages)
            nearest = sorted(found, key=lambda each: -each.similarity)[:NEAREST]
            return [each.passage.passage_id for each in nearest]

        await driver.execute(f"SET hnsw.ef_search = {searched_vectors(passages)}".encode())
        statement = _bare_statement(model)
        for query in queries:
            exact = {ids[at] for at in np.argsort(-(vectors @ query.vector))[:NEAREST].tolist()}
            recalls.append(len(exact & set(await retrieve(query, kept))) / NEAREST)
        # Each over all queries: who asks second for the same vectors finds them in the processor's cache.
        for _ in range(ROUNDS):
            known += [await _timed(retrieve(query, kept)) for query in queries]
            bare += [await _timed(_run(driver, statement, query.vector)) for query in queries]
            unknown += [await _timed(retrieve(query, KnownPassages())) for query in queries]
    times = (median(times) * 1e3 for times in (known, unknown, bare))
    return Scale(passages, float(np.mean(recalls)), *times)


def _query(drawn: Corpus, vector: Vector, statistics: Statistics) -> Query:
    words = drawn.words(QUERY_WORDS)
    return Query(vector, statistics.vocabulary.shares(words), statistics.vocabulary.seldom(words), _ON_A_DAY, Filters())


async def _timed(work: Awaitable[object]) -> float:
    began = time.perf_counter()
    await work
    return time.perf_counter() - began


def _bare_statement(model: ServedModel) -> bytes:
    return (
        "SELECT passages.id, passages.text FROM passage_vectors JOIN passages ON passages.id = passage_id"
        f" WHERE {index_condition(model.id, is_pair=False)}"
        f" ORDER BY embedding::halfvec({DIMENSIONS}) <=> CAST(%s AS halfvec({DIMENSIONS})) LIMIT {NEAREST_VECTORS}"
    ).encode()


async def _run(driver: psycopg.AsyncConnection, statement: bytes, vector: Vector) -> None:
    async with driver.cursor(binary=True) as cursor:
        await cursor.execute(statement, (half_vector(vector),))
        await cursor.fetchall()


async def _fill(database: Database, model: ServedModel, drawn: Corpus, vectors: Vector) -> list[UUID]:
    """Write the passages; the index is made after them, as a database that is restored would have it."""
    stored = StoredModel(model.id, ModelSpec(_Synthetic.model, DIMENSIONS), ModelState.ACTIVE)
    ids = [new_id() for _ in range(len(vectors))]
    async with database.transaction() as connection:
        driver = driver_connection(connection)
        await driver.execute(f"DROP INDEX {index_name(model.id, is_pair=False)}".encode())
        source, now = new_id(), datetime.now(UTC)
        await driver.execute(
            "INSERT INTO sources (id, kind, location, created_at) VALUES (%s, 'folder', 'synthetic', %s)",
            (source, now),
        )
        documents = await _copy_documents(driver, source, -(-len(ids) // _PASSAGES_A_DOCUMENT), now)
        await _copy_passages(driver, ids, documents, drawn)
        await _copy_vectors(driver, ids, model.id, vectors)
        await driver.execute("SET LOCAL maintenance_work_mem = '3GB'")
        await create_indexes(connection, stored, concurrently=False)
    async with database.reading() as connection:
        await connection.exec_driver_sql("VACUUM ANALYZE documents, passages, passage_vectors")
    return ids


async def _copy_documents(driver: psycopg.AsyncConnection, source: UUID, count: int, now: datetime) -> list[UUID]:
    ids = [new_id() for _ in range(count)]
    columns = "id, source_id, path, title, content_hash, ingested_at, checked_at"
    async with driver.cursor() as cursor, cursor.copy(f"COPY documents ({columns}) FROM STDIN".encode()) as copy:
        for number, document in enumerate(ids):
            await copy.write_row((document, source, f"{number}.md", f"Document {number}", "", now, now))
    return ids


async def _copy_passages(
    driver: psycopg.AsyncConnection, ids: Sequence[UUID], documents: Sequence[UUID], drawn: Corpus
) -> None:
    columns = "id, document_id, ordinal, anchor, heading, text, language, lexemes"
    async with driver.cursor() as cursor, cursor.copy(f"COPY passages ({columns}) FROM STDIN".encode()) as copy:
        for number, passage in enumerate(ids):
            at, ordinal = divmod(number, _PASSAGES_A_DOCUMENT)
            words = " ".join(drawn.words(PASSAGE_WORDS))
            await copy.write_row((passage, documents[at], ordinal, f"p{ordinal}", [], words, "en", words))


async def _copy_vectors(driver: psycopg.AsyncConnection, ids: Sequence[UUID], model_id: UUID, vectors: Vector) -> None:
    columns = "passage_id, model_id, ordinal, is_pair, embedding"
    statement = f"COPY passage_vectors ({columns}) FROM STDIN (FORMAT BINARY)".encode()
    async with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for passage, vector in zip(ids, vectors, strict=True):
            await copy.write_row((passage, model_id, Int4(0), False, half_vector(vector)))


def section(sizes: Sizes, progress: Progress) -> str:
    """Measure up to this size; in Markdown."""
    return asyncio.run(_section(sizes, progress))


async def _section(sizes: Sizes, progress: Progress) -> str:
    measured = []
    for passages in (*(size for size in SIZES if size < sizes.passages), sizes.passages):
        progress(f"searching {passages:,} passages")
        measured.append(await measure(passages))
    progress("ingesting")
    return "\n".join([*table(measured, datetime.now(UTC)), "", *ingest_lines(await measure_ingest())])


def table(measured: Sequence[Scale], now: datetime) -> Iterator[str]:
    """Return the section's lines; `now` is its date."""
    yield "## Retrieval"
    yield ""
    yield "Written by `make bench`; do not edit. Synthetic passages. Times are in milliseconds, the medians over"
    yield f"{QUERIES} queries, beside the bare query in the same run: the texts of as many passages by the same index."
    yield f"A passage is *known* when a process has found it before. The bars: recall@{NEAREST} of exact search ≥"
    yield f"{RECALL_BAR:g}, and a retrieval at most {LATENCY_BAR:g} times the bare query; what misses them is marked"
    yield f"with ✗. {now:%Y-%m-%d}."
    yield ""
    yield f"| passages | recall@{NEAREST} | bare query | retrieval, known | ratio | retrieval, unknown | ratio |"
    yield "|---|---|---|---|---|---|---|"
    for one in measured:
        recall = _cell(one.recall, one.recall >= RECALL_BAR, ".3f")
        known, unknown = (
            f"{time:.2f} | {_cell(time / one.bare, time <= LATENCY_BAR * one.bare, '.2f')}"
            for time in (one.known, one.unknown)
        )
        yield f"| {one.passages:,} | {recall} | {one.bare:.2f} | {known} | {unknown} |"


def _cell(value: float, reached: bool, form: str) -> str:
    return f"{value:{form}}{'' if reached else ' ✗'}"
