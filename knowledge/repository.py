"""All SQL of the knowledge base."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.bulk import copy_rows
from frontdesk.db.models import Document, Passage, Source
from knowledge.embedding import Vector
from knowledge.embedding.repository import EmbeddedPassage, insert_passage_vectors


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What ingest needs to know of a document from last time."""

    id: UUID
    content_hash: str
    etag: str | None
    last_modified: str | None
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document's row; `etag` and `last_modified` are what a web server says of its version."""

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
    channels: list[str] | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage's row, the texts of it that are embedded, the whole passage first, and their vectors."""

    id: UUID
    anchor: str
    heading: tuple[str, ...]
    question: str | None
    text: str
    url: str | None
    language: str | None
    lexemes: tuple[str, ...]
    wordings: tuple[str, ...]
    vectors: tuple[Vector, ...]


async def ensure_source(connection: AsyncConnection, new_id: UUID, kind: str, location: str, now: datetime) -> UUID:
    """Return the id of the source at a location, made with `new_id` if there is none yet."""
    statement = upsert(Source).values(id=new_id, kind=kind, location=location, created_at=now)
    statement = statement.on_conflict_do_update(index_elements=[Source.location], set_={"kind": kind})
    return (await connection.execute(statement.returning(Source.id))).scalar_one()


async def stored_documents(connection: AsyncConnection, source_id: UUID) -> dict[str, StoredDocument]:
    """Return the source's documents by path."""
    columns = (Document.id, Document.content_hash, Document.etag, Document.last_modified, Document.checked_at)
    rows = await connection.execute(select(*columns, Document.path).where(Document.source_id == source_id))
    return {row[-1]: StoredDocument(*row[:-1]) for row in rows}


async def mark_checked(connection: AsyncConnection, document_id: UUID, now: datetime) -> None:
    """Note that the document is still as it is stored."""
    await connection.execute(update(Document).where(Document.id == document_id).values(checked_at=now))


async def count_passages(connection: AsyncConnection, source_id: UUID) -> int:
    """Return how many passages the source has."""
    statement = select(func.count()).select_from(Passage).join(Document).where(Document.source_id == source_id)
    return (await connection.execute(statement)).scalar_one()


async def delete_documents(connection: AsyncConnection, ids: Sequence[UUID]) -> None:
    """Delete documents with their passages."""
    # One array, since a statement takes a limited number of parameters.
    given = bindparam("ids", list(ids), type_=ARRAY(Uuid()))
    await connection.execute(delete(Document).where(Document.id == any_(given)))


async def begin_swap(connection: AsyncConnection, document: NewDocument) -> UUID:
    """Put a document in the place of what the source had at that path, with no passages yet; its id stays."""
    values = {name: getattr(document, name) for name in document.__slots__}
    values["checked_at"] = document.ingested_at
    changed = {name: value for name, value in values.items() if name not in ("id", "source_id", "path")}
    statement = upsert(Document).values(values)
    statement = statement.on_conflict_do_update(index_elements=[Document.source_id, Document.path], set_=changed)
    document_id = (await connection.execute(statement.returning(Document.id))).scalar_one()
    await connection.execute(delete(Passage).where(Passage.document_id == document_id))
    return document_id


async def add_passages(
    connection: AsyncConnection, passages: Mapping[UUID, Sequence[NewPassage]], model_id: UUID
) -> None:
    """Fill documents that have no passages, by their ids, with vectors of the active embedding model.

    Raises ModelRetiredError if another model took its place meanwhile.
    """
    await copy_rows(connection, _COPY_PASSAGES, _rows(passages))
    embedded = [
        EmbeddedPassage(passage.id, passage.question is not None, passage.wordings, passage.vectors)
        for each in passages.values()
        for passage in each
    ]
    await insert_passage_vectors(connection, model_id, embedded)


def _rows(passages: Mapping[UUID, Sequence[NewPassage]]) -> Iterator[tuple[object, ...]]:
    for document_id, each in passages.items():
        for ordinal, passage in enumerate(each):
            # Letters and digits only, as lexemes are, so that nothing in them has to be escaped.
            yield *passage_row(ordinal, passage), document_id, " ".join(f"'{lexeme}'" for lexeme in passage.lexemes)


PASSAGE_COLUMNS = "id, ordinal, anchor, heading, question, text, url, language"
"""What is stored of a passage in the same form wherever it waits or stands."""


def passage_row(ordinal: int, passage: NewPassage) -> tuple[object, ...]:
    """Return those columns."""
    return (
        passage.id,
        ordinal,
        passage.anchor,
        list(passage.heading),
        passage.question,
        passage.text,
        passage.url,
        passage.language,
    )


_COPY_PASSAGES = f"COPY passages ({PASSAGE_COLUMNS}, document_id, lexemes) FROM STDIN".encode()
