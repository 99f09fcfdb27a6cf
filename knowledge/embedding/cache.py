"""Vectors that were computed lately, by the hash of their text: a long text is not kept for the sake of its vector."""

from collections import OrderedDict
from hashlib import sha256
from typing import Protocol

from knowledge.embedding.protocol import Vector

CACHED_VECTORS = 4_096


class VectorStore(Protocol):
    """Where vectors of one model are kept, of queries or of passages. One thread uses it at a time."""

    def get(self, text: str) -> Vector | None:
        """Return the text's vector if it is still known."""
        ...

    def put(self, text: str, vector: Vector) -> None:
        """Remember a vector."""
        ...


class VectorCache:
    """Forgets what was not asked for the longest. The caller sees to it that one thread uses it at a time."""

    def __init__(self, most: int = CACHED_VECTORS) -> None:
        self._most = most
        self._vectors: OrderedDict[bytes, Vector] = OrderedDict()

    def get(self, text: str) -> Vector | None:
        """Return the text's vector if it is still known."""
        key = _key(text)
        if (vector := self._vectors.get(key)) is not None:
            self._vectors.move_to_end(key)
        return vector

    def put(self, text: str, vector: Vector) -> None:
        """Remember a vector."""
        self._vectors[_key(text)] = vector
        if len(self._vectors) > self._most:
            self._vectors.popitem(last=False)


def _key(text: str) -> bytes:
    return sha256(text.encode()).digest()
