"""Bring the stored passages of one file or folder up to what it says now."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from frontdesk.db.engine import Database
from frontdesk.ids import new_id
from frontdesk.language.detect import detect_language
from knowledge import repository
from knowledge.document import DocumentUnreadableError, ParsedDocument, ParsedPassage
from knowledge.embedding import Embedder
from knowledge.repository import NewDocument, NewPassage, StoredDocument
from knowledge.sources import SourceFile, open_source, parse_document
from knowledge.words import lexemes

FORMAT = 1
"""Raise it when parsing, chunking, lexemes or what is embedded change: every document is then ingested again."""

Progress = Callable[[int, int, str], None]
"""Told how many files are done, of how many, and which was the last."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did: numbers of documents, each failed file with its reason, and the passages there are now."""

    added: int
    changed: int
    unchanged: int
    removed: int
    failed: tuple[tuple[str, str], ...]
    passages: int


class Outcome(StrEnum):
    """What became of one file."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Ingest:
    """Ingests sources; `languages` are those that documents may be in, by their ISO 639-1 codes."""

    database: Database
    embedder: Embedder
    languages: Sequence[str]

    async def run(self, path: Path, now: datetime, progress: Progress | None = None) -> IngestReport:
        """Ingest a file or folder: only what changed is read in, and what is gone is deleted.

        A file that cannot be read keeps its former passages and is named in the report. Runs over the same
        source wait for one another. Raises SourceNotFoundError and EmbeddingFailedError.
        """
        source = open_source(path)
        # This transaction only holds the lock; each document is swapped in one of its own.
        async with self.database.transaction() as holding:
            await repository.lock_source(holding, source.location)
            async with self.database.transaction() as connection:
                source_id = await repository.ensure_source(connection, new_id(), source.kind, source.location, now)
                stored = await repository.stored_documents(connection, source_id)
            outcomes: Counter[Outcome] = Counter()
            failed: list[tuple[str, str]] = []
            for done, file in enumerate(source.files, 1):
                try:
                    outcomes[await self._ingest_file(source_id, file, stored.get(file.path), now)] += 1
                except DocumentUnreadableError as error:
                    failed.append((file.path, str(error)))
                if progress is not None:
                    progress(done, len(source.files), file.path)
            gone = stored.keys() - {file.path for file in source.files}
            passages = await self._finish(source_id, [stored[name].id for name in gone], now)
        return IngestReport(
            added=outcomes[Outcome.ADDED],
            changed=outcomes[Outcome.CHANGED],
            unchanged=outcomes[Outcome.UNCHANGED],
            removed=len(gone),
            failed=tuple(failed),
            passages=passages,
        )

    async def _ingest_file(
        self, source_id: UUID, file: SourceFile, stored: StoredDocument | None, now: datetime
    ) -> Outcome:
        content = _read(file)
        content_hash = self._hash(content)
        if stored is not None and stored.content_hash == content_hash:
            return Outcome.UNCHANGED
        parsed = parse_document(file.path, content)
        passages = [await self._passage(parsed, passage) for passage in parsed.passages]
        document = NewDocument(
            id=new_id(),
            source_id=source_id,
            path=file.path,
            title=parsed.title,
            url=parsed.properties.url,
            language=_common_language(passages),
            content_hash=content_hash,
            valid_from=parsed.properties.valid_from,
            valid_until=parsed.properties.valid_until,
            ingested_at=now,
        )
        async with self.database.transaction() as connection:
            await repository.swap_document(connection, document, passages)
        return Outcome.ADDED if stored is None else Outcome.CHANGED

    async def _passage(self, document: ParsedDocument, passage: ParsedPassage) -> NewPassage:
        return NewPassage(
            id=new_id(),
            anchor=passage.anchor,
            heading=passage.heading,
            question=passage.question,
            text=passage.text,
            url=passage.url,
            language=self._language(document, passage),
            lexemes=tuple(lexemes("\n".join((document.title, passage.whole, *passage.aliases)))),
            vectors=tuple(await self.embedder.embed(passage.wordings)),
        )

    def _language(self, document: ParsedDocument, passage: ParsedPassage) -> str | None:
        """Return what the passage or its document says, else what most of its text looks like."""
        stated = passage.language or document.properties.language
        if stated is not None:
            return stated
        # Prose of one document is in one language, which more text tells better; rows of a table of questions differ.
        told_by = document.passages if document.is_prose else (passage,)
        detection = detect_language("\n".join(each.whole for each in told_by), self.languages)
        return detection.language if detection else None

    def _hash(self, content: bytes) -> str:
        """Return a hash of everything that the stored passages depend on."""
        settings = "\n".join((str(FORMAT), self.embedder.model, *sorted(self.languages)))
        return sha256(settings.encode() + b"\0" + content).hexdigest()

    async def _finish(self, source_id: UUID, gone: Sequence[UUID], now: datetime) -> int:
        async with self.database.transaction() as connection:
            await repository.delete_documents(connection, gone)
            await repository.mark_ingested(connection, source_id, now)
            return await repository.count_passages(connection, source_id)


def _read(file: SourceFile) -> bytes:
    try:
        return file.file.read_bytes()
    except OSError as error:
        raise DocumentUnreadableError(f"it cannot be read: {error.strerror}; check its permissions") from error


def _common_language(passages: Sequence[NewPassage]) -> str | None:
    """Return the language that all passages share."""
    languages = {passage.language for passage in passages}
    return languages.pop() if len(languages) == 1 else None
