"""Bring the stored passages of one source up to what it says now."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from frontdesk.db.engine import Database
from frontdesk.db.models import Json
from frontdesk.ids import new_id
from knowledge.document import DocumentUnreadableError, ParsedPassage
from knowledge.embedding.models import EmbeddingModels
from knowledge.embedding.repository import ModelRetiredError
from knowledge.making import prepare
from knowledge.pipeline import StoringPipeline
from knowledge.readers.process import ReadingProcess
from knowledge.repository import (
    StoredDocument,
    count_passages,
    delete_documents,
    mark_checked,
    stored_documents,
)
from knowledge.search.calibrate import calibrate
from knowledge.sources import repository
from knowledge.sources.contract import (
    DocumentGoneError,
    DocumentSource,
    IngestStoppedError,
    KnownVersion,
    Listing,
    SourceNotFoundError,
)
from knowledge.sources.files import FileSource
from knowledge.staging.repository import clear_staged
from knowledge.storing import MODEL_CHANGES, DocumentStore, Placement

FORMAT = 2
"""Raise it when parsing, chunking, lexemes or what is embedded change: every document is then ingested again."""

RESUMED_WITHIN = timedelta(days=1)
"""An ingest that was interrupted longer ago is not gone on with, but begun anew."""

KEPT_FAILURES = 100
_LOCK_POLL_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class IngestProgress:
    """How far an ingest is: documents done, of how many, the one in work with the share of it that is done, and the
    passages made so far."""

    done: int
    total: int
    document: str
    position: float
    passages: int


Progress = Callable[[IngestProgress], None]


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did: numbers of documents, each failed one with its reason, and the passages there are now.

    `stopped` says why it did not come to its end, if it did not.
    """

    added: int
    changed: int
    unchanged: int
    removed: int
    failed: tuple[tuple[str, str], ...]
    passages: int
    stopped: str | None = None


class Outcome(StrEnum):
    """What became of one document."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class _Run:
    """One ingest as it goes."""

    source: DocumentSource
    source_id: UUID
    now: datetime
    resumed_from: datetime | None
    listing: Listing
    stored: dict[str, StoredDocument]
    progress: Progress
    store: DocumentStore
    pipeline: StoringPipeline
    done: int = 0
    made: int = 0
    removed: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def tell(self, document: str, position: float = 0.0) -> None:
        self.progress(IngestProgress(self.done, len(self.listing.paths), document, position, self.made))

    def was_done(self, stored: StoredDocument | None) -> bool:
        """Whether the interrupted ingest came past this document already."""
        return (
            self.source.is_remote
            and self.resumed_from is not None
            and stored is not None
            and stored.checked_at >= self.resumed_from
        )


@dataclass(frozen=True, slots=True)
class Ingest:
    """Ingests sources; `languages` are those that documents may be in, by their ISO 639-1 codes."""

    database: Database
    models: EmbeddingModels
    languages: Sequence[str]

    async def run(self, path: Path, now: datetime, progress: Progress | None = None) -> IngestReport:
        """Ingest a file or folder."""
        return await self.run_source(FileSource(path), now, progress)

    async def run_source(
        self,
        source: DocumentSource,
        now: datetime,
        progress: Progress | None = None,
        *,
        only_known: bool = False,
        channels: Sequence[str] | None = None,
    ) -> IngestReport:
        """Ingest a source: only what changed is read in, and what is gone is deleted.

        A document that cannot be read keeps its former passages and is named in the report. Documents are stored one
        by one, so an ingest that is interrupted goes on where it was. Runs over the same source wait for one another.
        With `only_known`, a source that was deleted meanwhile is not added again. `channels` limits its documents to
        these kinds of channels, or to none in particular if there are none; None leaves that as it is.
        Raises SourceNotFoundError, SourceUnavailableError and EmbeddingFailedError.
        """
        async with self._alone(source.location), _reading() as reader:
            listing = await source.listing()
            async with self.database.transaction() as connection:
                if only_known and not await repository.is_known(connection, source.location):
                    raise SourceNotFoundError(f"the source {source.location} was deleted")
                start = await repository.begin_ingest(
                    connection, new_id(), source.kind, source.location, len(listing.paths), now, channels
                )
                stored = await stored_documents(connection, start.source_id)
            run = self._begun(source, start, listing, stored, now, progress or _silent)
            return await self._run(run, start, reader)

    def _begun(
        self,
        source: DocumentSource,
        start: repository.IngestStart,
        listing: Listing,
        stored: dict[str, StoredDocument],
        now: datetime,
        progress: Progress,
    ) -> _Run:
        store = DocumentStore(self.database, self.models, self.languages)
        return _Run(
            source=source,
            source_id=start.source_id,
            now=now,
            resumed_from=_resumed_from(start, now),
            listing=listing,
            stored=stored,
            progress=progress,
            store=store,
            pipeline=StoringPipeline(store),
            failed=list(listing.problems),
        )

    async def _run(self, run: _Run, start: repository.IngestStart, reader: ReadingProcess) -> IngestReport:
        if not run.stored.keys() >= set(run.listing.paths):
            prepare(self.languages)
        async with run.pipeline.running():
            stopped = await self._each_document(run, reader)
        if run.listing.is_complete:
            vanished = [run.stored[path].id for path in run.stored.keys() - set(run.listing.paths)]
            run.removed += len(vanished)
            async with self.database.transaction() as connection:
                await delete_documents(connection, vanished)
        return await self._end(run, start, stopped)

    async def _each_document(self, run: _Run, reader: ReadingProcess) -> str | None:
        """Go through the documents; returns why it had to stop, if so."""
        for path in run.listing.paths:
            run.tell(path)
            try:
                await self._document(run, reader, path)
            except DocumentUnreadableError as error:
                run.failed.append((path, str(error)))
            except DocumentGoneError as error:
                run.failed.append((path, str(error)))
                await self._remove(run, path)
            except IngestStoppedError as error:
                return str(error)
            run.done += 1
            run.tell(path)
        return None

    async def _document(self, run: _Run, reader: ReadingProcess, path: str) -> None:
        stored = run.stored.get(path)
        if run.was_done(stored):
            run.outcomes[Outcome.UNCHANGED] += 1
            return
        async with run.source.fetch(path, self._known(stored)) as fetched:
            content_hash = self._hash(fetched.digest) if fetched is not None else ""
            if stored is not None and (fetched is None or stored.content_hash == content_hash):
                async with self.database.transaction() as connection:
                    await mark_checked(connection, stored.id, run.now)
                run.outcomes[Outcome.UNCHANGED] += 1
                return
            assert fetched is not None
            await self._store(run, reader, Placement(run.source_id, path, content_hash, fetched, run.now))
            run.outcomes[Outcome.ADDED if stored is None else Outcome.CHANGED] += 1

    async def _store(self, run: _Run, reader: ReadingProcess, placement: Placement) -> None:
        made = run.made

        def told(last: ParsedPassage, count: int) -> None:
            run.made += count
            run.tell(placement.path, last.position)

        for attempt in range(1, MODEL_CHANGES + 1):
            try:
                async with reader.read(placement.fetched.raw) as opened:
                    document = await run.store.take(placement, opened, told)
                if document is not None:
                    await run.pipeline.add(document)
                return
            except ModelRetiredError:
                run.made = made
                if attempt == MODEL_CHANGES:
                    raise

    async def _remove(self, run: _Run, path: str) -> None:
        stored = run.stored.get(path)
        if stored is not None:
            async with self.database.transaction() as connection:
                await delete_documents(connection, [stored.id])
            run.removed += 1

    async def _end(self, run: _Run, start: repository.IngestStart, stopped: str | None) -> IngestReport:
        counts = {outcome.value: run.outcomes[outcome] for outcome in Outcome}
        report: Json = {**counts, "removed": run.removed, "failed": len(run.failed)}
        failures: list[Json] = [{"document": path, "problem": why} for path, why in run.failed[:KEPT_FAILURES]]
        async with self.database.transaction() as connection:
            await repository.end_ingest(connection, start, run.now, report, failures, stopped)
            if stopped is None:
                await clear_staged(connection, run.source_id)
            passages = await count_passages(connection, run.source_id)
        if run.made or run.removed:
            await calibrate(self.database, (await self.models.active()).id)
        return IngestReport(**counts, removed=run.removed, failed=tuple(run.failed), passages=passages, stopped=stopped)

    def _hash(self, digest: str) -> str:
        """Return a hash of everything that the stored passages depend on, what is ours first."""
        return f"{self._settings_hash()}-{digest}"

    def _settings_hash(self) -> str:
        return sha256("\n".join((str(FORMAT), *sorted(self.languages))).encode()).hexdigest()[:16]

    def _known(self, stored: StoredDocument | None) -> KnownVersion | None:
        """Return what may be asked for a change of; a document that is to be read again anyhow is asked for whole."""
        if stored is None or not stored.content_hash.startswith(self._settings_hash()):
            return None
        return KnownVersion(stored.etag, stored.last_modified)

    @asynccontextmanager
    async def _alone(self, location: str) -> AsyncIterator[None]:
        while True:
            async with (
                self.database.reading() as connection,
                repository.ingest_lock(connection, location) as taken,
            ):
                if taken:
                    yield
                    return
            await asyncio.sleep(_LOCK_POLL_SECONDS)


@asynccontextmanager
async def _reading() -> AsyncIterator[ReadingProcess]:
    reader = ReadingProcess()
    try:
        yield reader
    finally:
        await reader.close()


def _resumed_from(start: repository.IngestStart, now: datetime) -> datetime | None:
    interrupted = start.interrupted_at
    return interrupted if interrupted is not None and now - interrupted < RESUMED_WITHIN else None


def _silent(_: IngestProgress) -> None:
    return
