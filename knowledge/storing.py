"""Documents into the database: a document's passages are swapped in by one transaction.

A long document is embedded a few passages at a time, which wait in the database until it is whole; short ones are
handed back, to be embedded and written together.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdesk.db.engine import Database
from frontdesk.ids import new_id
from knowledge import repository
from knowledge.document import ParsedPassage
from knowledge.embedding.models import EmbeddingModels, ServedModel
from knowledge.making import PassageMaker
from knowledge.readers.frames import Head
from knowledge.readers.process import OpenedDocument
from knowledge.repository import NewDocument, NewPassage
from knowledge.sources.contract import Fetched
from knowledge.staging import repository as staging
from knowledge.staging.repository import StagedVersion

BATCH_WORDINGS = 48
"""Texts embedded and written at once: enough to be quick, few enough that a contact's question need not wait."""
MODEL_CHANGES = 3
"""How often a document is embedded anew because the model was changed meanwhile."""

Told = Callable[[ParsedPassage, int], None]
"""Told of each batch: its last passage, and how many there are in it."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a document belongs, and the version of it that came."""

    source_id: UUID
    path: str
    content_hash: str
    fetched: Fetched
    now: datetime


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A short document that was read, and is to be embedded and written."""

    placement: Placement
    head: Head
    passages: Sequence[ParsedPassage]


@dataclass(frozen=True, slots=True)
class MadeDocuments:
    """Documents with their passages that are ready to be written, with vectors of a model."""

    documents: Sequence[tuple[NewDocument, Sequence[NewPassage]]]
    model_id: UUID


@dataclass(frozen=True, slots=True)
class DocumentStore:
    """Stores documents; `languages` are those that they may be in, by their ISO 639-1 codes."""

    database: Database
    models: EmbeddingModels
    languages: Sequence[str]

    async def take(self, placement: Placement, opened: OpenedDocument, told: Told) -> ReadDocument | None:
        """Read a document: a short one is returned, a long one is stored, all of it or nothing.

        Raises DocumentUnreadableError when a part of it cannot be read, ModelRetiredError when the embedding model
        was changed meanwhile, and EmbeddingFailedError.
        """
        batches = aiter(_batches(opened.passages))
        first = await anext(batches)
        second = await anext(batches, None)
        if second is None:
            told(first[-1], len(first))
            return ReadDocument(placement, opened.head, first)
        maker = PassageMaker(opened.head, self.languages, first)
        await self._store_long(placement, maker, _chained(first, second, batches), told)
        return None

    async def make(self, documents: Sequence[ReadDocument]) -> MadeDocuments:
        """Embed short documents. Raises EmbeddingFailedError."""
        model = await self.models.active()
        return MadeDocuments(await asyncio.gather(*(self._made(each, model) for each in documents)), model.id)

    async def write(self, made: MadeDocuments) -> None:
        """Put documents in the place of what is stored of them, in one transaction. Raises ModelRetiredError."""
        async with self.database.transaction() as connection:
            placed = {await repository.begin_swap(connection, each): passages for each, passages in made.documents}
            await repository.add_passages(connection, placed, made.model_id)

    async def _made(self, read: ReadDocument, model: ServedModel) -> tuple[NewDocument, list[NewPassage]]:
        passages = await PassageMaker(read.head, self.languages, read.passages).make(read.passages, model)
        language = _shared({passage.language for passage in passages})
        return _document(read.placement, read.head, language), passages

    async def _store_long(
        self, placement: Placement, maker: PassageMaker, batches: AsyncIterator[list[ParsedPassage]], told: Told
    ) -> None:
        model = await self.models.active(fresh=True)
        version = StagedVersion(placement.source_id, placement.path, placement.content_hash, model.id)
        async with self.database.transaction() as connection:
            ordinal = await staging.count_staged(connection, version)
        async for last, passages in _embedded(maker, _behind(batches, ordinal, told), model):
            async with self.database.transaction() as connection:
                await staging.stage(connection, version, ordinal, passages)
            ordinal += len(passages)
            told(last, len(passages))
        async with self.database.transaction() as connection:
            language = _shared(await staging.staged_languages(connection, version))
            document_id = await repository.begin_swap(connection, _document(placement, maker.head, language))
            await staging.unstage(connection, version, document_id)


async def _embedded(
    maker: PassageMaker, batches: AsyncIterator[list[ParsedPassage]], model: ServedModel
) -> AsyncIterator[tuple[ParsedPassage, list[NewPassage]]]:
    """Yield each batch when it has its vectors; those of the next one are made while it is written."""
    last: ParsedPassage | None = None
    ahead: asyncio.Task[list[NewPassage]] | None = None
    try:
        async for batch in batches:
            before, made = last, await ahead if ahead is not None else []
            last, ahead = batch[-1], asyncio.create_task(maker.make(batch, model))
            if before is not None:
                yield before, made
        if last is not None and ahead is not None:
            yield last, await ahead
    finally:
        if ahead is not None:
            ahead.cancel()
            with suppress(asyncio.CancelledError):
                await ahead


async def _behind(
    batches: AsyncIterator[list[ParsedPassage]], staged: int, told: Told
) -> AsyncIterator[list[ParsedPassage]]:
    """Yield what is read behind the passages that an interrupted ingest left."""
    left = staged
    async for batch in batches:
        if skipped := batch[:left]:
            told(skipped[-1], len(skipped))
        if rest := batch[left:]:
            yield rest
        left = max(0, left - len(batch))


async def _batches(passages: AsyncIterator[ParsedPassage]) -> AsyncIterator[list[ParsedPassage]]:
    batch: list[ParsedPassage] = []
    wordings = 0
    async for passage in passages:
        batch.append(passage)
        wordings += len(passage.wordings)
        if wordings >= BATCH_WORDINGS:
            yield batch
            batch, wordings = [], 0
    if batch:
        yield batch


async def _chained(
    first: list[ParsedPassage], second: list[ParsedPassage], rest: AsyncIterator[list[ParsedPassage]]
) -> AsyncIterator[list[ParsedPassage]]:
    yield first
    yield second
    async for batch in rest:
        yield batch


def _shared(languages: set[str | None]) -> str | None:
    """Return the language of a document whose passages are in these."""
    return languages.pop() if len(languages) == 1 else None


def _document(placement: Placement, head: Head, language: str | None) -> NewDocument:
    return NewDocument(
        id=new_id(),
        source_id=placement.source_id,
        path=placement.path,
        title=head.title,
        url=head.properties.url,
        language=language,
        content_hash=placement.content_hash,
        valid_from=head.properties.valid_from,
        valid_until=head.properties.valid_until,
        channels=None if head.properties.channels is None else list(head.properties.channels),
        ingested_at=placement.now,
        etag=placement.fetched.etag,
        last_modified=placement.fetched.last_modified,
    )
