import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

import numpy as np
from sqlalchemy import func, select

from frontdesk.db.engine import Database
from frontdesk.db.models import Passage
from frontdesk.ids import new_id
from knowledge.document import ParsedPassage, Properties
from knowledge.embedding import TextKind, Vector
from knowledge.embedding.models import EmbeddingModels
from knowledge.pipeline import PASSAGES_TOGETHER, StoringPipeline
from knowledge.readers.frames import Head
from knowledge.readers.kinds import Kind
from knowledge.readers.read import RawDocument
from knowledge.repository import ensure_source
from knowledge.sources.contract import Fetched
from knowledge.storing import DocumentStore, MadeDocuments, Placement, ReadDocument


@dataclass
class Embedder:
    """Knows at once what any text means, and tells when it was asked for so many."""

    texts: int = 0
    asked: asyncio.Condition = field(default_factory=asyncio.Condition)
    model = "known"
    dimensions = 2
    batch = 8

    async def embed(self, texts: Sequence[str], kind: TextKind = TextKind.QUERY) -> list[Vector]:
        async with self.asked:
            self.texts += len(texts)
            self.asked.notify_all()
        return [np.array([1, 0], np.float32) for _ in texts]

    async def was_asked_for(self, texts: int) -> None:
        async with asyncio.timeout(10), self.asked:
            await self.asked.wait_for(lambda: self.texts >= texts)


@dataclass(frozen=True, slots=True)
class SlowStore(DocumentStore):
    may_write: asyncio.Event = field(default_factory=asyncio.Event)

    async def write(self, made: MadeDocuments) -> None:
        await self.may_write.wait()
        await DocumentStore.write(self, made)


def document(source_id: UUID, number: int, now: datetime) -> ReadDocument:
    name = f"{number}.md"
    raw = RawDocument(Path(name), Kind.MARKDOWN, name)
    placement = Placement(source_id, name, "hash", Fetched(raw, "digest"), now)
    passages = [ParsedPassage(f"p{at}", f"Rule {number} {at}.") for at in range(PASSAGES_TOGETHER)]
    return ReadDocument(placement, Head(name, Properties(language="en"), is_prose=True), passages)


async def test_that_what_comes_next_is_embedded_while_what_came_before_is_written(
    database: Database, now: datetime
) -> None:
    embedder = Embedder()
    store = SlowStore(database, EmbeddingModels(database, embedder), ("en",))
    pipeline = StoringPipeline(store)
    async with database.transaction() as connection:
        source_id = await ensure_source(connection, new_id(), "folder", "/d", now)
    async with pipeline.running():
        for number in range(4):
            await pipeline.add(document(source_id, number, now))
        await embedder.was_asked_for(3 * PASSAGES_TOGETHER)
        store.may_write.set()
    async with database.reading() as connection:
        assert await connection.scalar(select(func.count()).select_from(Passage)) == 4 * PASSAGES_TOGETHER
