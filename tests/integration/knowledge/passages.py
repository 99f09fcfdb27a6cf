"""Passages written straight into the database."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from frontdesk.db.engine import Database
from frontdesk.ids import new_id
from knowledge import repository
from knowledge.embedding import TextKind
from knowledge.embedding.models import EmbeddingModels
from knowledge.repository import NewDocument, NewPassage
from knowledge.words import lexemes

NOW = datetime(2026, 6, 1, tzinfo=UTC)


async def store(database: Database, models: EmbeddingModels, texts: Sequence[str], path: str = "a.md") -> list[UUID]:
    """Put a document with one passage for each text in its place; returns the passages' ids."""
    model = await models.active()
    passages = []
    for text in texts:
        wordings = (text, f"{text} in other words")
        vectors = tuple(await model.embedder.embed(wordings, TextKind.PASSAGE))
        passages.append(
            NewPassage(
                id=new_id(),
                anchor=text,
                heading=(),
                question=None,
                text=text,
                url=None,
                language="en",
                lexemes=tuple(lexemes(text)),
                wordings=wordings,
                vectors=vectors,
            )
        )
    async with database.transaction() as connection:
        source_id = await repository.ensure_source(connection, new_id(), "folder", "/d", NOW)
        document = NewDocument(
            id=new_id(),
            source_id=source_id,
            path=path,
            title="A",
            url=None,
            language="en",
            content_hash="x",
            valid_from=None,
            valid_until=None,
            ingested_at=NOW,
        )
        document_id = await repository.begin_swap(connection, document)
        await repository.add_passages(connection, {document_id: passages}, model.id)
    return [passage.id for passage in passages]
