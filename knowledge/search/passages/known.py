"""The passages that were found lately, so that finding one again costs the database nothing but its id.

A passage never changes: a document that does gets new ones. So what is kept cannot be out of date, and whether a
passage is still there, the search has just found out.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.search.passages.repository import read_passages
from knowledge.search.ranking import SearchedPassage

KEPT_BYTES = 32_000_000
"""Of vectors: several thousand passages."""


@dataclass(slots=True)
class KnownPassages:
    """Forgets what was not found for the longest."""

    kept_bytes: int = KEPT_BYTES
    _model_id: UUID | None = None
    _bytes: int = 0
    _passages: OrderedDict[UUID, SearchedPassage] = field(default_factory=OrderedDict)

    async def read(
        self, connection: AsyncConnection, model_id: UUID, ids: Sequence[UUID]
    ) -> list[SearchedPassage] | None:
        """Return passages in the order of their ids, with a model's vectors; None if one of them is gone."""
        if model_id != self._model_id:
            self._forget(model_id)
        found = [self._known(id) for id in ids]
        missing = [id for id, passage in zip(ids, found, strict=True) if passage is None]
        if missing:
            read = {passage.passage_id: passage for passage in await read_passages(connection, model_id, missing)}
            self._keep(model_id, read)
            found = [passage or read.get(id) for id, passage in zip(ids, found, strict=True)]
        there = [passage for passage in found if passage is not None]
        return there if len(there) == len(ids) else None

    def _forget(self, model_id: UUID) -> None:
        """Start anew: vectors of two models are not searched by turns."""
        self._model_id, self._bytes = model_id, 0
        self._passages.clear()

    def _known(self, id: UUID) -> SearchedPassage | None:
        passage = self._passages.get(id)
        if passage is not None:
            self._passages.move_to_end(id)
        return passage

    def _keep(self, model_id: UUID, read: Mapping[UUID, SearchedPassage]) -> None:
        if model_id != self._model_id:
            return
        for id, passage in read.items():
            if id not in self._passages:
                self._passages[id] = passage
                self._bytes += passage.vectors.nbytes
        while self._bytes > self.kept_bytes:
            _, oldest = self._passages.popitem(last=False)
            self._bytes -= oldest.vectors.nbytes
