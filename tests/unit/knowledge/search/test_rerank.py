from dataclasses import replace

import pytest

from knowledge.embedding import Vector
from knowledge.search.ranking import Candidate, rank
from knowledge.search.rerank import E5Reranker, Reranker, carried_reranker, reread
from tests.fakes.candidates import candidate


@pytest.fixture(scope="module")
def reranker() -> Reranker:
    found = carried_reranker()
    if found is None:
        pytest.skip("the second model does not run on this machine")
    return found


@pytest.mark.parametrize("query", ["can I bring my dog?", "我可以带狗吗？", "¿puedo llevar a mi perro?"])
async def test_that_the_second_model_finds_what_is_meant_in_any_language(reranker: Reranker, query: str) -> None:
    passages = [("Pets are welcome.",), ("Breakfast is from 7 to 10.",), ("The pool is closed.", "Closed: pool.")]
    near = await reranker.similarities(query, passages)
    assert near is not None
    assert near[0] == max(near)
    assert all(-1 <= each <= 1.001 for each in near)


@pytest.mark.parametrize("query", ["", "\x00", "\ud800", "dog " * 5000])
async def test_that_odd_texts_are_only_text(reranker: Reranker, query: str) -> None:
    near = await reranker.similarities(query, [(query,), ("Pets are welcome.",)])
    assert near is not None
    assert len(near) == 2


class Kept:
    """Vectors in a place of one's own."""

    def __init__(self) -> None:
        self.vectors: dict[str, Vector] = {}
        self.written: list[str] = []

    def get(self, text: str) -> Vector | None:
        return self.vectors.get(text)

    def put(self, text: str, vector: Vector) -> None:
        self.vectors[text] = vector
        self.written.append(text)


async def test_that_what_is_kept_elsewhere_is_read_once(reranker: Reranker) -> None:
    queries, passages = Kept(), Kept()
    texts = [("Pets are welcome.",), ("The pool is closed.", "Pets are welcome.")]
    fresh = await E5Reranker(queries, passages).similarities("can I bring my dog?", texts)
    assert await E5Reranker(queries, passages).similarities("can I bring my dog?", texts) == fresh
    assert queries.written == ["can I bring my dog?"]
    assert passages.written == ["Pets are welcome.", "The pool is closed."]
    assert fresh == await reranker.similarities("can I bring my dog?", texts)


def asked(found: Candidate, question: str) -> Candidate:
    return replace(found, passage=replace(found.passage, question=question, text="Yes."))


async def test_that_an_answer_is_read_with_and_without_its_question(reranker: Reranker) -> None:
    pair = asked(candidate(0.5, fact=0), "Are pets allowed?")
    other = asked(candidate(0.5, fact=1), "Is there a pool?")
    entries = await reread(reranker, "may my dog come along", rank([other, pair]))
    assert entries is not None
    assert entries[0].versions[0].passage.question == "Are pets allowed?"
