from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from frontdesk.db.engine import Database
from knowledge.embedding.models import EmbeddingModels
from knowledge.reading_ahead import ReadingAhead
from knowledge.retrieve import Retriever
from knowledge.search.rerank import reread
from tests.integration.knowledge.passages import store


@dataclass
class Reader:
    """A second model that remembers what it had to read."""

    read: list[str] = field(default_factory=list)

    async def similarities(self, query: str, passages: Sequence[Sequence[str]]) -> list[float] | None:
        self.read += [text for texts in passages for text in texts if text not in self.read]
        return [0.5 for _ in passages]


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def ahead(retriever: Retriever, reader: Reader) -> ReadingAhead:
    return ReadingAhead(replace(retriever, reranker=reader), most=2)


async def test_that_a_question_finds_everything_read(
    ahead: ReadingAhead, reader: Reader, database: Database, models: EmbeddingModels
) -> None:
    await store(database, models, ["The pool opens at 7.", "Towels are free."])
    await ahead.catch_up(reader)
    ready = list(reader.read)
    judged = await ahead.retriever.judge("When can I swim?", date(2026, 6, 1))
    assert judged.entries
    await reread(reader, "When can I swim?", judged.entries)
    assert reader.read == ready


async def test_that_only_what_is_new_is_read(
    ahead: ReadingAhead, reader: Reader, database: Database, models: EmbeddingModels
) -> None:
    await store(database, models, ["The pool opens at 7.", "Towels are free."])
    await ahead.catch_up(reader)
    reader.read.clear()
    await ahead.catch_up(reader)
    assert reader.read == []
    await store(database, models, ["Dogs are welcome."], "b.md")
    await ahead.catch_up(reader)
    assert reader.read == ["Dogs are welcome."]


async def test_that_a_large_collection_is_not_read(
    ahead: ReadingAhead, reader: Reader, database: Database, models: EmbeddingModels
) -> None:
    await store(database, models, ["The pool opens at 7.", "Towels are free.", "Dogs are welcome."])
    await ahead.catch_up(reader)
    assert reader.read == []
    await store(database, models, ["Breakfast is at 8."], "b.md")
    await ahead.catch_up(reader)
    assert reader.read == ["Breakfast is at 8."]
