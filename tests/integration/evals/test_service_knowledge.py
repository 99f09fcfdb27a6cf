"""Replays beside the service retrieve from what the service knows, in a copy that does not stay."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest

from evals.knowledge import NO_DOCUMENTS, Knowledge, opened_library
from evals.scratch import create, names
from evals.service_knowledge.copy import copied_knowledge
from frontdesk.db.engine import Database
from frontdesk.db.server import start_embedded, stop_embedded
from knowledge.embedding import UseEmbedder
from knowledge.embedding.models import EmbeddingModels
from knowledge.gaps.answers import GapAnswer, KnowledgeGaps
from knowledge.gaps.grouping import GapGrouping
from knowledge.gaps.repository import GapState
from knowledge.retrieve import Retrieval, Retriever
from tests.fakes.brains import ScriptedBrain, reply
from tests.fakes.tool_scope import Library as NothingFound
from tests.integration.agent.desk import Desk
from tests.integration.evals.conftest import PLAYBOOK, EvalCommand
from tests.integration.knowledge.passages import store

TODAY = date(2026, 5, 5)
FACTS = ["A canoe costs 20 EUR a day.", "The river is closed for boats in December.", "Parking is free for guests."]
QUESTION = "Do you have a sauna?"

Answer = TypeVar("Answer")


@pytest.fixture
async def models(database: Database, embedder: UseEmbedder) -> EmbeddingModels:
    """A service that was told of canoes by a document, and by a person of its sauna."""
    models = EmbeddingModels(database, embedder)
    await store(database, models, FACTS)
    desk = await Desk(database, ScriptedBrain([[reply("I do not know.")]]), library=NothingFound()).open()
    await desk.answers(QUESTION)
    gaps = KnowledgeGaps(database, models, GapGrouping(database, embedder), ("en",))
    [gap] = await gaps.most_asked([GapState.OPEN], None, 2)
    await gaps.answer(gap.id, GapAnswer("Yes, it is heated every evening."), datetime(2026, 5, 5, tzinfo=UTC))
    return models


def within_copy(url: str, cache: Path, ask: Callable[[Knowledge], Awaitable[Answer]]) -> Answer:
    """Ask in a copy, as a command does, in no loop of another's."""

    async def asked(knowledge: Knowledge) -> Answer:
        return await ask(knowledge)

    with copied_knowledge(url, cache) as knowledge:
        return asyncio.run(asked(knowledge))


def copies(cache: Path) -> list[str]:
    """The databases that are left."""
    server = start_embedded(cache)
    with psycopg.connect(server.url, autocommit=True) as connection:
        left = names(connection, "service_knowledge_")
    stop_embedded(server)
    return left


async def test_that_replays_find_what_the_service_finds_and_as_surely(
    database: Database, models: EmbeddingModels, embedder: UseEmbedder, data_dir: Path
) -> None:
    questions = (QUESTION, "How much is a canoe?", "Who was the first man on the moon?")

    async def ask(knowledge: Knowledge) -> list[Retrieval]:
        async with opened_library(knowledge, embedder, None) as library:
            return [await library.retrieve(each, "en", TODAY) for each in questions]

    found = await asyncio.to_thread(within_copy, database.url, data_dir / "evals", ask)
    service = Retriever(database, models, reranker=None)
    for question, retrieval in zip(questions, found, strict=True):
        expected = await service.retrieve(question, "en", TODAY)
        assert [each.citation for each in retrieval.passages] == [each.citation for each in expected.passages]
        assert retrieval.confidence == pytest.approx(expected.confidence)
    assert found[0].passages[0].text == "Yes, it is heated every evening."


async def test_that_a_copy_has_a_version_of_its_own_and_goes_with_whoever_made_it(
    database: Database, models: EmbeddingModels, data_dir: Path
) -> None:
    cache = data_dir / "evals"

    async def version(knowledge: Knowledge) -> str:
        return knowledge.version

    before = await asyncio.to_thread(within_copy, database.url, cache, version)
    assert await asyncio.to_thread(within_copy, database.url, cache, version) == before
    await store(database, models, ["Dogs ride for free."])
    assert await asyncio.to_thread(within_copy, database.url, cache, version) not in (before, NO_DOCUMENTS)
    assert copies(cache) == []


async def test_that_what_a_killed_process_left_behind_goes_with_the_next_copy(
    database: Database, data_dir: Path
) -> None:
    cache = data_dir / "evals"
    server = start_embedded(cache)
    with psycopg.connect(server.url, autocommit=True) as connection:
        create(connection, "service_knowledge_of_the_dead")
    stop_embedded(server)

    async def left(knowledge: Knowledge) -> list[str]:
        return await asyncio.to_thread(copies, cache)

    [own] = await asyncio.to_thread(within_copy, database.url, cache, left)
    assert own != "service_knowledge_of_the_dead"


async def test_that_a_diff_of_the_service_s_conversations_needs_no_documents(
    database: Database, models: EmbeddingModels, command: EvalCommand, data_dir: Path
) -> None:
    (command.directory / "new.yaml").write_text(PLAYBOOK.replace("below: 100", "below: 300"))
    diff = ("diff", "--playbook", "new.yaml", "--since", "3650d")
    told = await asyncio.to_thread(command.run, *diff, DATABASE_URL=database.url)
    assert (told.exit_code, told.stdout) == (0, "0 of 1 conversations would end otherwise\n")
    assert copies(data_dir / "evals") == []
    refused = await asyncio.to_thread(command.run, *diff, "--knowledge", "service", "--documents", "folder")
    assert refused.exit_code == 2
    assert "--knowledge documents" in refused.output
