"""Have the second model read a small collection before anybody asks: else the first doubtful questions wait for it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from knowledge.embedding import EmbeddingFailedError
from knowledge.retrieve import Retriever
from knowledge.search.passages.repository import passages_since
from knowledge.search.ranking import SearchedPassage
from knowledge.search.rerank import Reranker, read_texts

MOST_PASSAGES = 300
"""Some fifteen seconds of one core. Of more, few would be those that are asked for first."""
REST = 4
"""For how many times as long as it reads, it does nothing: what contacts wait for hardly notices."""

_NONE = UUID(int=0)
_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class ReadingAhead:
    """Reads what came since it looked last, a passage at a time, so that a question comes in between."""

    retriever: Retriever
    most: int = MOST_PASSAGES
    _read_to: UUID = _NONE

    async def run(self, interval: float) -> None:
        """Read whatever is new, until cancelled."""
        reranker = self.retriever.reranker
        while reranker is not None:
            try:
                await self.catch_up(reranker)
            except (EmbeddingFailedError, SQLAlchemyError, OSError) as error:
                _log.warning("passages cannot be read ahead yet", error=type(error).__name__)
            await asyncio.sleep(interval)

    async def catch_up(self, reranker: Reranker) -> None:
        """Read the new passages, if they are not too many. Raises EmbeddingFailedError."""
        clock = asyncio.get_running_loop().time
        for passage in await self._new():
            began = clock()
            await reranker.similarities("", [read_texts(passage)])
            await asyncio.sleep(REST * (clock() - began))

    async def _new(self) -> Sequence[SearchedPassage]:
        model = await self.retriever.models.active()
        async with self.retriever.database.reading() as connection:
            ids = await passages_since(connection, self._read_to, self.most + 1)
            few = ids if len(ids) <= self.most else ()
            new = await self.retriever.passages.read(connection, model.id, few)
        if ids and new is not None:
            self._read_to = ids[0]
        return new or ()
