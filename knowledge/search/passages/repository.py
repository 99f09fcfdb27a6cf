"""SQL of passages as a search compares them."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from psycopg.rows import args_row
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.models import Passage
from frontdesk.db.prepared import driver_connection
from knowledge.embedding.halfvec import read_vectors
from knowledge.search.ranking import SearchedPassage


class _Row(NamedTuple):
    id: UUID
    document_id: UUID
    path: str
    title: str
    url: str | None
    anchor: str
    heading: list[str]
    question: str | None
    text: str
    language: str | None
    lexemes: str
    valid_from: date | None
    valid_until: date | None
    channels: list[str] | None
    vectors: list[bytes]


async def read_passages(connection: AsyncConnection, model_id: UUID, ids: Sequence[UUID]) -> list[SearchedPassage]:
    """Return those of the passages that are still there, with a model's vectors, in no order."""
    async with driver_connection(connection).cursor(binary=True, row_factory=args_row(_Row)) as cursor:
        await cursor.execute(_PASSAGES, {"ids": ids, "model_id": model_id})
        return [_passage(row) for row in await cursor.fetchall()]


async def passages_since(connection: AsyncConnection, after: UUID, limit: int) -> list[UUID]:
    """Return the newest passages that were made after that one, the very newest first."""
    newest = select(Passage.id).where(Passage.id > after).order_by(Passage.id.desc()).limit(limit)
    return list(await connection.scalars(newest))


def _passage(row: _Row) -> SearchedPassage:
    return SearchedPassage(
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
        lexemes=row.lexemes,
        vectors=read_vectors(row.vectors),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        channels=None if row.channels is None else frozenset(row.channels),
    )


_PASSAGES = b"""SELECT passages.id, passages.document_id, documents.path, documents.title,
    coalesce(passages.url, documents.url), passages.anchor, passages.heading, passages.question, passages.text,
    passages.language, CAST(passages.lexemes AS text), documents.valid_from,
    documents.valid_until, coalesce(documents.channels, sources.channels), compared.vectors
FROM passages JOIN documents ON documents.id = passages.document_id JOIN sources ON sources.id = documents.source_id
CROSS JOIN LATERAL (
    SELECT array_agg(halfvec_send(embedding) ORDER BY ordinal) AS vectors
    FROM passage_vectors WHERE passage_id = passages.id AND model_id = %(model_id)s
) AS compared
WHERE passages.id = ANY(%(ids)s) AND compared.vectors IS NOT NULL"""
