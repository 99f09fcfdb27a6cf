from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evals.replay.vectors import RememberedEmbedder, kept_vectors
from knowledge.embedding import TextKind, Vector


class Counting:
    """An embedder that counts what it is asked."""

    model, dimensions, batch = "counting", 3, 1

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def embed(self, texts: Sequence[str], kind: TextKind = TextKind.QUERY) -> list[Vector]:
        self.asked += texts
        return [np.array([len(text), 1 / 3, kind is TextKind.QUERY], np.float32) for text in texts]


async def test_that_a_vector_is_computed_once_and_stays_the_same_to_the_bit(tmp_path: Path) -> None:
    first = Counting()
    with kept_vectors(tmp_path / "v.sqlite") as kept:
        embedder = RememberedEmbedder(first, kept)
        fresh = await embedder.embed(["a", "bb", "a"])
    second = Counting()
    with kept_vectors(tmp_path / "v.sqlite") as kept:
        embedder = RememberedEmbedder(second, kept)
        again = await embedder.embed(["bb", "a", "ccc"])
        passage = await embedder.embed(["a"], TextKind.PASSAGE)
    assert sorted(first.asked) == ["a", "bb"]
    assert second.asked == ["ccc", "a"]
    assert [vector.tobytes() for vector in again[:2]] == [fresh[1].tobytes(), fresh[0].tobytes()]
    assert passage[0][2] == 0


async def test_that_what_another_process_computes_meanwhile_is_not_computed_again(tmp_path: Path) -> None:
    every = [str(number) for number in range(20)]

    class Overtaken(Counting):
        async def embed(self, texts: Sequence[str], kind: TextKind = TextKind.QUERY) -> list[Vector]:
            with kept_vectors(tmp_path / "v.sqlite") as others:
                await RememberedEmbedder(Counting(), others).embed(every)
            return await super().embed(texts, kind)

    overtaken = Overtaken()
    with kept_vectors(tmp_path / "v.sqlite") as kept:
        vectors = await RememberedEmbedder(overtaken, kept).embed(every)
    assert len(overtaken.asked) == 1
    assert [vector[0] for vector in vectors] == [len(text) for text in every]
