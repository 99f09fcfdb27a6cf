import asyncio
from collections.abc import Sequence
from threading import Event

import numpy as np
import pytest

from knowledge.embedding import MAX_CHARACTERS, EmbeddingFailedError, TextKind, UseEmbedder, Vector


class CountingEmbedder(UseEmbedder):
    def __init__(self, fails: bool = False) -> None:
        super().__init__()
        self.batches: list[list[str]] = []
        self.fails = fails

    def _encode(self, batch: Sequence[str]) -> list[Vector]:
        self.batches.append(list(batch))
        if self.fails:
            raise ValueError("no weights")
        return [np.zeros(512, dtype=np.float32) for _ in batch]


class HeldEmbedder(CountingEmbedder):
    def __init__(self) -> None:
        super().__init__()
        self.go_on = Event()

    def _encode(self, batch: Sequence[str]) -> list[Vector]:
        self.go_on.wait(10)
        return super()._encode(batch)


async def test_that_vectors_have_length_one_and_meaning_across_languages(embedder: UseEmbedder) -> None:
    asked, same, other = await embedder.embed(["How do I get a refund?", "怎么申请退款？", "The beach is sunny."])
    assert asked.shape == (embedder.dimensions,)
    assert float(asked @ asked) == pytest.approx(1, abs=1e-3)
    assert asked @ same > asked @ other + 0.3


async def test_that_whatever_is_sent_has_a_vector(embedder: UseEmbedder) -> None:
    texts = ["", "\x00", "\ud800", "🙂", "x" * 100_000]
    assert all(np.isfinite(vector).all() for vector in await embedder.embed(texts))


async def test_that_a_text_is_computed_once_however_many_wait_for_it() -> None:
    embedder = CountingEmbedder()
    await asyncio.gather(*(embedder.embed([f"text {number % 5}"]) for number in range(50)))
    await embedder.embed(["text 1", "x" * MAX_CHARACTERS, "x" * MAX_CHARACTERS + "y"])
    computed = [text for batch in embedder.batches for text in batch]
    assert len(computed) == len(set(computed)) == 6


async def test_that_those_who_wait_together_are_computed_together() -> None:
    embedder = CountingEmbedder()
    await embedder.embed([f"text {number}" for number in range(40)])
    assert len(embedder.batches) < 20


async def test_that_a_question_does_not_wait_for_passages() -> None:
    embedder = HeldEmbedder()
    passages = asyncio.create_task(embedder.embed([f"text {number}" for number in range(40)], TextKind.PASSAGE))
    question = asyncio.create_task(embedder.embed(["Are dogs welcome?"]))
    await asyncio.sleep(0)
    embedder.go_on.set()
    await asyncio.gather(passages, question)
    assert "Are dogs welcome?" in [text for batch in embedder.batches[:2] for text in batch]


async def test_that_one_caller_giving_up_does_not_take_the_result_from_another() -> None:
    embedder = CountingEmbedder()
    impatient = asyncio.create_task(embedder.embed(["shared"]))
    patient = asyncio.create_task(embedder.embed(["shared"]))
    await asyncio.sleep(0)
    impatient.cancel()
    assert len(await patient) == 1


async def test_that_a_failing_model_is_reported_and_tried_again() -> None:
    embedder = CountingEmbedder(fails=True)
    with pytest.raises(EmbeddingFailedError) as raised:
        await embedder.embed(["text"])
    assert "no weights" not in str(raised.value)
    embedder.fails = False
    assert len(await embedder.embed(["text"])) == 1


def test_that_it_serves_one_event_loop_after_another() -> None:
    embedder = CountingEmbedder()
    for number in range(3):
        assert len(asyncio.run(embedder.embed([f"text {number}"]))) == 1
