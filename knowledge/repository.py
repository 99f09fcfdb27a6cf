"""All SQL of the knowledge base."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import numpy as np
from pgvector import HalfVector
from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import ARRAY, TEXT, Row, bindparam, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.models import Document, Passage, PassageVector, Source
from knowledge.embedding import Vector
from knowledge.ranking import Candidate

NEAREST_VECTORS = 32
"""Read by the vector leg, of question-answer pairs and of prose alike.
With an HNSW index on duty its `ef_search` (40) may make it fewer, which still leaves
enough distinct passages; documents out of date are few, so the index need not scan on past them."""
MOST_OVERLAPPING = 16
"""Passages that the lexical leg adds."""
COUNTED_PASSAGES = 1_000
"""How far a lexeme's frequency is counted: beyond that it tells nothing, and the work stays bounded."""


SAMPLED_VECTORS = 5_000
"""Over which a kind's mean vector is taken."""

Kind = tuple[bool, str | None]
"""Whether a passage is a question-answer pair, and its language."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What ingest needs to know of a document from last time."""

    id: UUID
    content_hash: str


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document's row."""

    id: UUID
    source_id: UUID
    path: str
    title: str
    url: str | None
    language: str | None
    content_hash: str
    valid_from: date | None
    valid_until: date | None
    ingested_at: datetime


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage's row and its vectors, that of the whole passage first."""

    id: UUID
    anchor: str
    heading: tuple[str, ...]
    question: str | None
    text: str
    url: str | None
    language: str | None
    lexemes: tuple[str, ...]
    vectors: tuple[Vector, ...]


async def lock_source(connection: AsyncConnection, location: str) -> None:
    """Wait until no other transaction holds this location."""
    await connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(location, 0))))


async def ensure_source(connection: AsyncConnection, new_id: UUID, kind: str, location: str, now: datetime) -> UUID:
    """Return the id of the source at a location, made with `new_id` if there is none yet."""
    statement = upsert(Source).values(id=new_id, kind=kind, location=location, created_at=now)
    statement = statement.on_conflict_do_update(index_elements=[Source.location], set_={"kind": kind})
    return (await connection.execute(statement.returning(Source.id))).scalar_one()


async def mark_ingested(connection: AsyncConnection, source_id: UUID, now: datetime) -> None:
    """Note when the source was last read through."""
    await connection.execute(update(Source).where(Source.id == source_id).values(ingested_at=now))


async def stored_documents(connection: AsyncConnection, source_id: UUID) -> dict[str, StoredDocument]:
    """Return the source's documents by path."""
    statement = select(Document.path, Document.id, Document.content_hash).where(Document.source_id == source_id)
    return {row.path: StoredDocument(row.id, row.content_hash) for row in await connection.execute(statement)}


async def count_passages(connection: AsyncConnection, source_id: UUID) -> int:
    """Return how many passages the source has."""
    statement = select(func.count()).select_from(Passage).join(Document).where(Document.source_id == source_id)
    return (await connection.execute(statement)).scalar_one()


async def delete_documents(connection: AsyncConnection, ids: Sequence[UUID]) -> None:
    """Delete documents with their passages."""
    await connection.execute(delete(Document).where(Document.id.in_(ids)))


async def swap_document(connection: AsyncConnection, document: NewDocument, passages: Sequence[NewPassage]) -> None:
    """Put a document and its passages in the place of what the source had at that path; its id stays."""
    values = {name: getattr(document, name) for name in document.__slots__}
    changed = {name: value for name, value in values.items() if name not in ("id", "source_id", "path")}
    statement = upsert(Document).values(values)
    statement = statement.on_conflict_do_update(index_elements=[Document.source_id, Document.path], set_=changed)
    document_id = (await connection.execute(statement.returning(Document.id))).scalar_one()
    await connection.execute(delete(Passage).where(Passage.document_id == document_id))
    await connection.execute(_INSERT_PASSAGE, [_passage_row(document_id, i, p) for i, p in enumerate(passages)])
    await connection.execute(
        insert(PassageVector),
        [
            {"passage_id": passage.id, "ordinal": ordinal, "embedding": vector}
            for passage in passages
            for ordinal, vector in enumerate(passage.vectors)
        ],
    )


async def find_candidates(
    connection: AsyncConnection,
    vector: Vector,
    query_lexemes: Sequence[str],
    today: date,
    form_shares: Mapping[Kind, float],
) -> list[Candidate]:
    """Return what either leg finds among the documents that hold today, in one statement.

    `form_shares` is taken off each candidate's similarity, by its kind.
    """
    parameters = {"vector": HalfVector(vector).to_text(), "lexemes": list(query_lexemes), "today": today}
    rows = (await connection.execute(_FIND_CANDIDATES, parameters)).all()
    vectors = _read_vectors([row.vector for row in rows]) if rows else ()
    return [_candidate(row, own, form_shares) for row, own in zip(rows, vectors, strict=True)]


async def kind_centroids(connection: AsyncConnection) -> Mapping[Kind, tuple[Vector, int]]:
    """The mean vector of each kind of passage, over a bounded sample, and of how many vectors it is."""
    rows = await connection.execute(_KIND_CENTROIDS)
    return {(row.is_pair, row.language): (np.array(row.centroid, np.float32), row.vectors) for row in rows}


def _passage_row(document_id: UUID, ordinal: int, passage: NewPassage) -> Mapping[str, object]:
    return {
        "id": passage.id,
        "document_id": document_id,
        "ordinal": ordinal,
        "anchor": passage.anchor,
        "heading": list(passage.heading),
        "question": passage.question,
        "text": passage.text,
        "url": passage.url,
        "language": passage.language,
        "lexeme_list": list(passage.lexemes),
    }


def _read_vectors(sent: Sequence[bytes]) -> Vector:
    """Read what `halfvec_send` wrote: per vector two 16-bit numbers, then big-endian half-precision floats."""
    numbers = np.frombuffer(b"".join(sent), dtype=">f2").reshape(len(sent), -1)
    return numbers[:, 2:].astype(np.float32)


def _candidate(row: Row[tuple[object, ...]], vector: Vector, form_shares: Mapping[Kind, float]) -> Candidate:
    share = form_shares.get((row.question is not None, row.language), 0.0)
    return Candidate(
        passage_id=row.id,
        document_id=row.document_id,
        document=row.path,
        title=row.title,
        url=row.url,
        anchor=row.anchor,
        heading=tuple(row.heading),
        question=row.question,
        text=row.text,
        language=row.language,
        similarity=row.similarity - share,
        text_similarity=row.text_similarity,
        overlap=row.overlap,
        vector=vector,
    )


_SAMPLE = (
    select(Passage.question.is_not(None).label("is_pair"), Passage.language, PassageVector.embedding)
    .join(Passage, Passage.id == PassageVector.passage_id)
    .limit(SAMPLED_VECTORS)
    .subquery()
)
_KIND_CENTROIDS = select(
    _SAMPLE.c.is_pair,
    _SAMPLE.c.language,
    func.avg(_SAMPLE.c.embedding, type_=HALFVEC()).label("centroid"),
    func.count().label("vectors"),
).group_by(_SAMPLE.c.is_pair, _SAMPLE.c.language)

_INSERT_PASSAGE = insert(Passage).values(
    lexemes=func.array_to_tsvector(bindparam("lexeme_list", type_=ARRAY(TEXT))),
)

_FIND_CANDIDATES = text(f"""
WITH holding AS NOT MATERIALIZED (
    SELECT passages.id, passages.lexemes, passages.question IS NOT NULL AS is_pair
    FROM passages JOIN documents ON documents.id = passages.document_id
    WHERE coalesce(documents.valid_from <= :today, true) AND coalesce(documents.valid_until >= :today, true)
),
nearest AS (
    SELECT passage_id AS id FROM (
        SELECT passage_vectors.passage_id
        FROM passage_vectors JOIN holding ON holding.id = passage_vectors.passage_id
        WHERE holding.is_pair
        ORDER BY passage_vectors.embedding <=> CAST(:vector AS halfvec) LIMIT {NEAREST_VECTORS}
    ) AS pairs
    UNION
    SELECT passage_id FROM (
        SELECT passage_vectors.passage_id
        FROM passage_vectors JOIN holding ON holding.id = passage_vectors.passage_id
        WHERE NOT holding.is_pair
        ORDER BY passage_vectors.embedding <=> CAST(:vector AS halfvec) LIMIT {NEAREST_VECTORS}
    ) AS prose
),
asked AS (
    SELECT lexeme, quote_literal(lexeme)::tsquery AS query FROM unnest(CAST(:lexemes AS text[])) AS lexeme
),
hits AS MATERIALIZED (
    SELECT asked.lexeme, found.id
    FROM asked LEFT JOIN LATERAL (
        SELECT holding.id FROM holding WHERE holding.lexemes @@ asked.query LIMIT {COUNTED_PASSAGES}
    ) AS found ON true
),
size AS (
    SELECT count(*) AS passages FROM (SELECT FROM passages LIMIT {COUNTED_PASSAGES}) AS counted
),
weights AS MATERIALIZED (
    SELECT lexeme, ln(1 + (greatest(size.passages - count(id), 0) + 0.5) / (count(id) + 0.5))::float8 AS weight
    FROM hits CROSS JOIN size GROUP BY lexeme, size.passages
),
matched AS MATERIALIZED (
    SELECT id, sum(weight) / (SELECT sum(weight) FROM weights) AS overlap
    FROM hits JOIN weights USING (lexeme) WHERE id IS NOT NULL GROUP BY id
),
overlapping AS (
    SELECT id FROM matched ORDER BY overlap DESC LIMIT {MOST_OVERLAPPING}
),
chosen AS MATERIALIZED (
    SELECT id FROM nearest UNION SELECT id FROM overlapping
),
compared AS (
    SELECT passage_id AS id, max(1 - (embedding <=> CAST(:vector AS halfvec))) AS similarity,
        max(1 - (embedding <=> CAST(:vector AS halfvec))) FILTER (WHERE ordinal = 0) AS text_similarity,
        (array_agg(halfvec_send(embedding)) FILTER (WHERE ordinal = 0))[1] AS vector
    FROM passage_vectors WHERE passage_id IN (SELECT id FROM chosen) GROUP BY passage_id
)
SELECT passages.id, passages.document_id, documents.path, documents.title,
    coalesce(passages.url, documents.url) AS url, passages.anchor, passages.heading, passages.question, passages.text,
    passages.language, compared.similarity, compared.text_similarity, compared.vector,
    coalesce(matched.overlap, 0) AS overlap
FROM compared
JOIN passages ON passages.id = compared.id
JOIN documents ON documents.id = passages.document_id
LEFT JOIN matched ON matched.id = compared.id
""")  # noqa: S608 - only constants are put in, so that the planner knows the limits
