"""Short documents stored side by side: while one is read, others are embedded, and others written."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from knowledge.embedding.repository import ModelRetiredError
from knowledge.storing import MODEL_CHANGES, DocumentStore, MadeDocuments, ReadDocument

MOST_WAITING = 16
"""Documents that were read and are not embedded yet."""
PASSAGES_TOGETHER = 32
"""Embedded and written together, if as many wait: so many small documents need few transactions."""
MOST_EMBEDDED = 1
"""How many such groups are embedded behind the one that is about to be written, so that the model always has work."""


@dataclass(frozen=True, slots=True)
class _Making:
    """Documents that are being embedded."""

    read: Sequence[ReadDocument]
    made: asyncio.Task[MadeDocuments]


@dataclass(slots=True)
class StoringPipeline:
    """Takes documents as they are read. What is under way when it is killed is read again by the next ingest."""

    store: DocumentStore
    _waiting: asyncio.Queue[ReadDocument | None] = field(default_factory=lambda: asyncio.Queue(MOST_WAITING))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Store what is added in the block; at its end everything is stored.

        Raises EmbeddingFailedError, also in the block.
        """
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._run())
                yield
                await self._waiting.put(None)
        except BaseExceptionGroup as group:
            raise _first(group) from None

    async def add(self, document: ReadDocument) -> None:
        """Have a document stored; waits while there are many."""
        await self._waiting.put(document)

    async def _run(self) -> None:
        making: asyncio.Queue[_Making | None] = asyncio.Queue(MOST_EMBEDDED)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._write_all(making))
            while together := await self._together():
                await making.put(_Making(together, tasks.create_task(self.store.make(together))))
            await making.put(None)

    async def _together(self) -> list[ReadDocument]:
        """Return the next documents, none at the end."""
        together: list[ReadDocument] = []
        while sum(len(document.passages) for document in together) < PASSAGES_TOGETHER:
            if together and self._waiting.empty():
                break
            document = await self._waiting.get()
            if document is None:
                self._waiting.put_nowait(None)
                break
            together.append(document)
        return together

    async def _write_all(self, making: asyncio.Queue[_Making | None]) -> None:
        while (group := await making.get()) is not None:
            await self._write(group.read, await group.made)

    async def _write(self, read: Sequence[ReadDocument], made: MadeDocuments) -> None:
        for attempt in range(1, MODEL_CHANGES + 1):
            try:
                await self.store.write(made)
                return
            except ModelRetiredError:
                if attempt == MODEL_CHANGES:
                    raise
                await self.store.models.active(fresh=True)
                made = await self.store.make(read)


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
