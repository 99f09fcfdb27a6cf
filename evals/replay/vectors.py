"""Vectors that were computed before: the playbook's examples at every start, and messages that are replayed again;
likewise those of the second model, which reads a passage a thousand times slower than a file.

Kept in a file for each embedding model. Several processes may share it.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from random import shuffle

import numpy as np

from evals.replay.shared_file import shared_file
from knowledge.embedding import Embedder, TextKind, Vector
from knowledge.embedding.cache import VectorStore

_MOST = 100_000
"""Vectors that are kept, of 2 kB each; later ones are computed whenever they are needed."""

_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (text BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID;"


class KeptVectors:
    """Vectors of queries or of passages in the file, to the last bit."""

    def __init__(self, file: sqlite3.Connection, kind: TextKind) -> None:
        self._file = file
        self._kind = kind
        [(kept,)] = file.execute("SELECT count(*) FROM vectors")
        self._room = _MOST - int(kept)

    def get(self, text: str) -> Vector | None:
        """Return the text's vector if it is there."""
        row = self._file.execute("SELECT vector FROM vectors WHERE text = ?", (self._key(text),)).fetchone()
        return np.frombuffer(row[0], np.float32) if row is not None else None

    def put(self, text: str, vector: Vector) -> None:
        """Write a vector, while there is room."""
        if self._room <= 0:
            return
        self._room -= 1
        row = (self._key(text), vector.astype(np.float32).tobytes())
        with self._file:
            self._file.execute("INSERT OR IGNORE INTO vectors VALUES (?, ?)", row)

    def _key(self, text: str) -> bytes:
        return sha256(f"{self._kind}\0{text}".encode("utf-8", "surrogatepass")).digest()


class RememberedEmbedder:
    """Computes through another, and remembers."""

    def __init__(self, embedder: Embedder, kept: Mapping[TextKind, VectorStore]) -> None:
        self._embedder = embedder
        self._kept = kept

    @property
    def model(self) -> str:
        """The model's name."""
        return self._embedder.model

    @property
    def dimensions(self) -> int:
        """The length of every vector."""
        return self._embedder.dimensions

    @property
    def batch(self) -> int:
        """As the other one takes them."""
        return self._embedder.batch

    async def embed(self, texts: Sequence[str], kind: TextKind = TextKind.QUERY) -> list[Vector]:
        """Return one vector per text, in order. Raises EmbeddingFailedError."""
        # Processes that begin together want the same at once; in another order each, they share the work.
        distinct = [*dict.fromkeys(texts)]
        shuffle(distinct)
        known = {text: await self._vector(text, kind) for text in distinct}
        return [known[text] for text in texts]

    async def _vector(self, text: str, kind: TextKind) -> Vector:
        kept = self._kept[kind].get(text)
        if kept is not None:
            return kept
        [vector] = await self._embedder.embed([text], kind)
        self._kept[kind].put(text, vector)
        return vector


@contextmanager
def kept_vectors(path: Path) -> Iterator[Mapping[TextKind, KeptVectors]]:
    """Open one model's file, which is made if it is missing."""
    with shared_file(path, _SCHEMA) as file:
        yield {kind: KeptVectors(file, kind) for kind in TextKind}
