"""A question that nobody can answer is kept, answered once by a person, and known from then on."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from agent.turn import TurnOutcome
from frontdesk.db.engine import Database
from knowledge.embedding import EmbeddingFailedError, UseEmbedder
from knowledge.embedding.models import EmbeddingModels
from knowledge.gaps.answers import GapAnswer, GapAnsweredError, GapNotFoundError, KnowledgeGaps
from knowledge.gaps.grouping import GapGrouping
from knowledge.gaps.repository import Gap, GapState
from knowledge.retrieve import Retrieval, Retriever
from knowledge.search.confidence import ANSWER_THRESHOLD
from tests.fakes.brains import ScriptedBrain, reply
from tests.fakes.tool_scope import Library
from tests.integration.agent.desk import PRICE, Desk
from tests.integration.knowledge.passages import store

TODAY = date(2026, 5, 5)
NOW = datetime(2026, 5, 5, tzinfo=UTC)
FACTS = [
    "A canoe costs 20 EUR a day.",
    "The river is closed for boats in December.",
    "Parking at the boathouse is free for guests.",
    "Children under six travel free of charge.",
    "The rental opens at nine and closes at five.",
]


@pytest.fixture
async def gaps(database: Database, embedder: UseEmbedder) -> KnowledgeGaps:
    models = EmbeddingModels(database, embedder)
    await store(database, models, FACTS)
    return KnowledgeGaps(database, models, GapGrouping(database, embedder), ("en", "pl", "es", "zh"))


@pytest.fixture
async def desk(database: Database, brain: ScriptedBrain) -> Desk:
    """A desk whose documents never answer."""
    return await Desk(database, brain, library=Library((PRICE,), confidence=0.2)).open()


@pytest.fixture
def informed(database: Database, brain: ScriptedBrain, gaps: KnowledgeGaps) -> Desk:
    """A desk that retrieves from the real documents."""
    return Desk(database, brain, library=Retriever(database, gaps.models))


async def open_gaps(gaps: KnowledgeGaps) -> list[Gap]:
    return await gaps.most_asked([GapState.OPEN], None, 50)


async def test_that_an_unanswered_question_becomes_a_gap_in_the_turn_s_commit(desk: Desk, gaps: KnowledgeGaps) -> None:
    conversation_id = await desk.says("Hi! Do you lend life jackets for dogs? We are two.")
    await desk.runner.run(conversation_id)
    message = await desk.one("SELECT id FROM messages WHERE direction = 'in'")
    [gap] = await open_gaps(gaps)
    assert (gap.question, gap.count, gap.languages) == ("Do you lend life jackets for dogs?", 1, ("en",))
    [asked] = gap.examples
    assert (asked.conversation_id, asked.message_id) == (conversation_id, message["id"])
    assert [near.passage_id for near in asked.nearest] == [PRICE.passage_id]
    assert asked.confidence == 0.2


async def test_that_an_answered_question_and_a_thrown_away_turn_leave_none(
    desk: Desk, gaps: KnowledgeGaps, brain: ScriptedBrain
) -> None:
    brain.script = [(reply("20 EUR a day.", citations=(str(PRICE.passage_id),)),)]
    await desk.answers("How much is a canoe?")
    conversation_id = await desk.says("Do you have a sauna?", contact="bo")
    snapshot = await desk.runner._settled_snapshot(conversation_id)
    assert snapshot is not None
    thought = await desk.runner.think(snapshot)
    assert thought.draft.unanswered
    assert await open_gaps(gaps) == []


async def test_that_documents_that_cannot_be_searched_leave_an_answer_and_no_gap(
    database: Database, gaps: KnowledgeGaps, brain: ScriptedBrain
) -> None:
    class Away(Library):
        async def retrieve(
            self, query: str, language: str | None, today: date, channel: str | None = None
        ) -> Retrieval:
            raise EmbeddingFailedError("the embedding server failed: HTTP 503")

    desk = await Desk(database, brain, library=Away()).open()
    report = await desk.answers("Do you have a sauna?")
    assert report.outcome is TurnOutcome.REPLIED
    assert await open_gaps(gaps) == []


async def test_that_the_same_question_in_other_words_and_languages_is_one_gap(desk: Desk, gaps: KnowledgeGaps) -> None:
    wordings = {
        "ana": "Can I bring my dog on the canoe?",
        "bo": "Can my dog come with me in the canoe?",
        "cy": "¿Puedo llevar a mi perro en la canoa?",
        "di": "Can I bring my dog on the canoe?",
    }
    for contact, wording in wordings.items():
        await desk.answers(wording, contact=contact)
    await desk.answers("Is there a discount for students?", contact="ed")
    first, second = await open_gaps(gaps)
    assert (first.count, first.languages, first.question) == (4, ("en", "es"), wordings["ana"])
    assert {example.text for example in first.examples} == set(wordings.values())
    assert (second.count, second.question) == (1, "Is there a discount for students?")
    assert await gaps.most_asked([GapState.OPEN], first.id, 50) == [second]


async def test_that_grouping_in_portions_is_grouping_at_once(desk: Desk, gaps: KnowledgeGaps) -> None:
    await desk.answers("Can I bring my dog on the canoe?")
    [before] = await open_gaps(gaps)
    await desk.answers("Can my dog come with me in the canoe?", contact="bo")
    [after] = await open_gaps(gaps)
    assert (after.id, after.count) == (before.id, 2)
    assert after.newest_at > before.newest_at


async def test_that_questions_embedded_by_another_model_are_embedded_again(
    desk: Desk, gaps: KnowledgeGaps, embedder: UseEmbedder
) -> None:
    await desk.answers("Can I bring my dog on the canoe?")
    [gap] = await open_gaps(gaps)
    await desk.execute("UPDATE gap_questions SET model = 'another', embedding = NULL")
    await desk.answers("Can my dog come with me in the canoe?", contact="bo")
    fresh = GapGrouping(gaps.database, embedder)
    await fresh.catch_up()
    [again] = await open_gaps(gaps)
    assert (again.id, again.count) == (gap.id, 2)


async def test_that_what_was_answered_once_is_known_in_every_wording(informed: Desk, gaps: KnowledgeGaps) -> None:
    await informed.open()
    wordings = ["Do you have a sauna?", "¿Tienen ustedes una sauna?"]
    for contact, wording in zip(("ana", "bo"), wordings, strict=True):
        await informed.answers(wording, contact=contact)
    [gap] = await open_gaps(gaps)
    assert gap.count == 2
    decided = await gaps.answer(gap.id, GapAnswer("Yes, it is heated every evening."), NOW)
    assert (decided.state, decided.decided_at) == (GapState.ANSWERED, NOW)
    for wording, language in zip(wordings, ("en", "es"), strict=True):
        found = await Retriever(gaps.database, gaps.models).retrieve(wording, language, TODAY)
        assert found.passages[0].text == "Yes, it is heated every evening."
        assert found.passages[0].citation == f"answers/{gap.id}#do-you-have-a-sauna"
        assert found.confidence >= ANSWER_THRESHOLD
    await informed.answers(wordings[0], contact="cy")
    assert await open_gaps(gaps) == []


async def test_that_an_answer_may_be_worded_dated_and_replaced(desk: Desk, gaps: KnowledgeGaps) -> None:
    await desk.answers("Can I bring my dog on the canoe?")
    [gap] = await open_gaps(gaps)
    await gaps.answer(gap.id, GapAnswer("No."), NOW)
    answer = GapAnswer("Psy płyną za darmo.", "Czy pies może płynąć kanu?", valid_until=date(2026, 5, 31))
    await gaps.answer(gap.id, answer, NOW)
    stored = await desk.one(
        "SELECT question, text, passages.language, valid_until, sources.kind FROM passages"
        " JOIN documents ON documents.id = document_id JOIN sources ON sources.id = source_id"
        " WHERE sources.kind = 'answers'"
    )
    assert stored == {
        "question": answer.question,
        "text": answer.text,
        "language": "pl",
        "valid_until": answer.valid_until,
        "kind": "answers",
    }
    wordings = await desk.rows(
        "SELECT passage_wordings.text FROM passage_wordings JOIN passages ON passages.id = passage_id"
        " WHERE passages.language = 'pl'"
    )
    assert {"Can I bring my dog on the canoe?", answer.question} <= {row["text"] for row in wordings}


async def test_that_a_dismissed_gap_stays_dismissed_when_it_is_asked_again(desk: Desk, gaps: KnowledgeGaps) -> None:
    await desk.answers("Can I bring my dog on the canoe?")
    [gap] = await open_gaps(gaps)
    await gaps.dismiss(gap.id, NOW)
    await desk.answers("Can my dog come with me in the canoe?", contact="bo")
    assert await open_gaps(gaps) == []
    [dismissed] = await gaps.most_asked([GapState.DISMISSED], None, 50)
    assert (dismissed.id, dismissed.count) == (gap.id, 2)


async def test_that_an_answered_question_that_is_not_found_again_is_a_new_gap(desk: Desk, gaps: KnowledgeGaps) -> None:
    await desk.answers("Can I bring my dog on the canoe?")
    [gap] = await open_gaps(gaps)
    await gaps.answer(gap.id, GapAnswer("No."), NOW)
    await desk.answers("Can my dog come with me in the canoe?", contact="bo")
    [again] = await open_gaps(gaps)
    assert again.id != gap.id


async def test_that_an_answered_gap_cannot_be_dismissed_and_an_unknown_one_not_decided(
    desk: Desk, gaps: KnowledgeGaps
) -> None:
    await desk.answers("Can I bring my dog on the canoe?")
    [gap] = await open_gaps(gaps)
    await gaps.answer(gap.id, GapAnswer("No."), NOW)
    with pytest.raises(GapAnsweredError):
        await gaps.dismiss(gap.id, NOW)
    with pytest.raises(GapNotFoundError):
        await gaps.dismiss(uuid4(), NOW)
    with pytest.raises(GapNotFoundError):
        await gaps.answer(uuid4(), GapAnswer("No."), NOW)
