"""SQL of passages that wait until their document is whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.bulk import copy_rows
from frontdesk.db.models import StagedPassage
from knowledge.embedding.halfvec import half_vector_text
from knowledge.embedding.repository import hold_active
from knowledge.repository import PASSAGE_COLUMNS, NewPassage, passage_row


@dataclass(frozen=True, slots=True)
class StagedVersion:
    """A version of a document whose passages wait, with the vectors of one model."""

    source_id: UUID
    path: str
    content_hash: str
    model_id: UUID


async def count_staged(connection: AsyncConnection, version: StagedVersion) -> int:
    """Return how many passages of this version wait already; those of others are thrown away."""
    is_other = or_(StagedPassage.content_hash != version.content_hash, StagedPassage.model_id != version.model_id)
    await connection.execute(delete(StagedPassage).where(*_of_document(version), is_other))
    counted = select(func.count()).select_from(StagedPassage).where(*_of_document(version))
    return (await connection.execute(counted)).scalar_one()


async def stage(
    connection: AsyncConnection, version: StagedVersion, first_ordinal: int, passages: Sequence[NewPassage]
) -> None:
    """Put the next passages behind those that wait."""
    rows = (_row(version, ordinal, passage) for ordinal, passage in enumerate(passages, first_ordinal))
    await copy_rows(connection, _COPY_STAGED, rows)


async def staged_languages(connection: AsyncConnection, version: StagedVersion) -> set[str | None]:
    """Return the languages that the waiting passages are in."""
    return set(await connection.scalars(select(StagedPassage.language).where(*_of_document(version)).distinct()))


async def unstage(connection: AsyncConnection, version: StagedVersion, document_id: UUID) -> None:
    """Make the waiting passages those of a document that has none.

    Raises ModelRetiredError if their vectors are no longer those that are compared.
    """
    await hold_active(connection, version.model_id)
    given = {"source_id": version.source_id, "path": version.path, "document_id": document_id}
    for statement in _UNSTAGE:
        await connection.execute(statement, given)
    await connection.execute(delete(StagedPassage).where(*_of_document(version)))


async def clear_staged(connection: AsyncConnection, source_id: UUID) -> None:
    """Throw away what waits of a source."""
    await connection.execute(delete(StagedPassage).where(StagedPassage.source_id == source_id))


def _of_document(version: StagedVersion) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return StagedPassage.source_id == version.source_id, StagedPassage.path == version.path


def _row(version: StagedVersion, ordinal: int, passage: NewPassage) -> tuple[object, ...]:
    return (
        version.source_id,
        version.path,
        version.content_hash,
        version.model_id,
        *passage_row(ordinal, passage),
        list(passage.lexemes),
        list(passage.wordings),
        [half_vector_text(vector) for vector in passage.vectors],
    )


_COPY_STAGED = f"""COPY staged_passages
(source_id, path, content_hash, model_id, {PASSAGE_COLUMNS}, lexemes, wordings, vectors) FROM STDIN""".encode()
_WAITING = "FROM staged_passages AS staged"
_OF_DOCUMENT = "WHERE staged.source_id = :source_id AND staged.path = :path"
_UNSTAGE = tuple(
    text(f"{statement} {_OF_DOCUMENT}")
    for statement in (
        f"""INSERT INTO passages
            (id, document_id, ordinal, anchor, heading, question, text, url, language, lexemes)
        SELECT id, :document_id, ordinal, anchor, heading, question, text, url, language, array_to_tsvector(lexemes)
        {_WAITING}""",
        f"""INSERT INTO passage_wordings (passage_id, ordinal, text)
        SELECT id, wording.ordinal - 1, wording.text
        {_WAITING}, unnest(staged.wordings) WITH ORDINALITY AS wording(text, ordinal)""",
        f"""INSERT INTO passage_vectors (passage_id, model_id, ordinal, is_pair, embedding)
        SELECT id, model_id, own.ordinal - 1, question IS NOT NULL, own.vector
        {_WAITING}, unnest(staged.vectors) WITH ORDINALITY AS own(vector, ordinal)""",
    )
)
