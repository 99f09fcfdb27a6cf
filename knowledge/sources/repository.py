"""SQL of sources: what is known of each, when it is due, and the files that were uploaded."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.models import Document, Json, JsonList, Passage, Source, UploadedPart
from frontdesk.errors import FrontdeskError

_PATIENCE = text("SET LOCAL lock_timeout = '3s'")
_LOCK_NOT_AVAILABLE = "55P03"


class SourceBusyError(FrontdeskError):
    """A document of the source is being written."""

    code = "source_busy"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as it stands; see the table for what each means."""

    id: UUID
    kind: str
    location: str
    created_at: datetime
    channels: list[str] | None
    every: timedelta | None
    due_at: datetime | None
    started_at: datetime | None
    ingested_at: datetime | None
    listed: int | None
    report: Json | None
    failures: JsonList
    error: str | None
    documents: int
    passages: int


@dataclass(frozen=True, slots=True)
class IngestStart:
    """An ingest that begins. `interrupted_at` is when the one before began, if it did not come to an end."""

    source_id: UUID
    interrupted_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class DueSource:
    """A source whose time has come."""

    id: UUID
    kind: str


@asynccontextmanager
async def ingest_lock(connection: AsyncConnection, location: str) -> AsyncIterator[bool]:
    """Let one process at a time ingest a source; yields whether it is this one.

    The session holds the lock, not a transaction, which would keep indexes from being made for hours; the session
    ends with it, so that the lock cannot stay behind in the pool.
    """
    taken = bool(await connection.scalar(select(func.pg_try_advisory_lock(func.hashtextextended(location, 0)))))
    try:
        yield taken
    finally:
        if taken:
            await connection.invalidate()


async def begin_ingest(
    connection: AsyncConnection,
    new_id: UUID,
    kind: str,
    location: str,
    listed: int,
    now: datetime,
    channels: Sequence[str] | None = None,
) -> IngestStart:
    """Note that an ingest of this location begins, and make the source with `new_id` if there is none yet.

    `channels` limits its documents to these kinds of channels, or to none in particular if there are none; None leaves
    that as it is.
    """
    held = select(Source.started_at, Source.due_at).where(Source.location == location).with_for_update()
    before = (await connection.execute(held)).one_or_none()
    statement = upsert(Source).values(
        id=new_id, kind=kind, location=location, created_at=now, started_at=now, listed=listed
    )
    statement = statement.on_conflict_do_update(
        index_elements=[Source.location],
        set_={"kind": kind, "listed": listed, "started_at": func.coalesce(Source.started_at, now), "error": None},
    )
    source_id = (await connection.execute(statement.returning(Source.id))).scalar_one()
    if channels is not None:
        values = {"channels": list(channels) or None}
        await connection.execute(update(Source).where(Source.id == source_id).values(values))
    return IngestStart(source_id, before.started_at if before else None, before.due_at if before else None)


async def end_ingest(
    connection: AsyncConnection,
    start: IngestStart,
    now: datetime,
    report: Json,
    failures: JsonList,
    error: str | None,
) -> None:
    """Note what an ingest came to; one that was stopped, for the reason in `error`, stays begun."""
    values: dict[str, object] = {"report": report, "failures": failures, "error": error}
    if error is None:
        values |= {"started_at": None, "ingested_at": now}
    await connection.execute(update(Source).where(Source.id == start.source_id).values(values))
    await _put_off(connection, Source.id == start.source_id, start.due_at, now)


async def fail_ingest(
    connection: AsyncConnection, location: str, due_at: datetime | None, now: datetime, error: str
) -> None:
    """Note why the ingest of a known source that was due at that time could not be done."""
    await connection.execute(update(Source).where(Source.location == location).values(error=error))
    await _put_off(connection, Source.location == location, due_at, now)


async def _put_off(
    connection: AsyncConnection, which: ColumnElement[bool], due_at: datetime | None, now: datetime
) -> None:
    """Set when it is due next, unless it was asked for anew in the meantime."""
    unasked = Source.due_at.is_not_distinct_from(due_at)
    await connection.execute(update(Source).where(which, unasked).values(due_at=now + Source.every))


async def is_known(connection: AsyncConnection, location: str) -> bool:
    """Whether there is a source at this location; it stays until the transaction ends."""
    held = select(Source.id).where(Source.location == location).with_for_update()
    return await connection.scalar(held) is not None


async def put_source(
    connection: AsyncConnection,
    new_id: UUID,
    kind: str,
    location: str,
    every: timedelta | None,
    now: datetime,
    channels: Sequence[str] | None = None,
) -> tuple[UUID, bool]:
    """Add a source that is due now, or make the known one due; returns its id, and whether it is new.

    `channels` are the kinds of channels that its documents may be used on, None means all.
    """
    changed = {"kind": kind, "every": every, "due_at": now, "channels": None if channels is None else list(channels)}
    statement = upsert(Source).values(id=new_id, location=location, created_at=now, **changed)
    statement = statement.on_conflict_do_update(index_elements=[Source.location], set_=changed)
    source_id: UUID = (await connection.execute(statement.returning(Source.id))).scalar_one()
    return source_id, source_id == new_id


async def set_schedule(connection: AsyncConnection, location: str, every: timedelta | None, now: datetime) -> None:
    """Set how often a source is ingested from now on; None: only when asked."""
    values = {"every": every, "due_at": None if every is None else now + every}
    await connection.execute(update(Source).where(Source.location == location).values(values))


async def make_due(connection: AsyncConnection, source_id: UUID, now: datetime) -> str | None:
    """Ask for an ingest of a source; returns its kind, or None if there is no such source."""
    statement = update(Source).where(Source.id == source_id).values(due_at=now).returning(Source.kind)
    return (await connection.execute(statement)).scalar_one_or_none()


async def due_sources(connection: AsyncConnection, now: datetime, limit: int) -> list[DueSource]:
    """Sources whose time has come and that no job is to ingest; their rows are locked."""
    rows = await connection.execute(_DUE, {"now": now, "limit": limit})
    return [DueSource(row.id, row.kind) for row in rows]


async def get_source(connection: AsyncConnection, source_id: UUID) -> SourceRow | None:
    """A source with its numbers of documents and passages."""
    row = (await connection.execute(_sources().where(Source.id == source_id))).one_or_none()
    return None if row is None else SourceRow(**row._mapping)


async def list_sources(connection: AsyncConnection, before: UUID | None, limit: int) -> list[SourceRow]:
    """Sources, newest first, from the one after `before` on."""
    statement = _sources().order_by(Source.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(Source.id < before)
    return [SourceRow(**row._mapping) for row in await connection.execute(statement)]


async def delete_source(connection: AsyncConnection, source_id: UUID) -> bool:
    """Delete a source with all that was ingested from it; False if there is none. Raises SourceBusyError."""
    await connection.execute(_PATIENCE)
    try:
        deleted = await connection.execute(delete(Source).where(Source.id == source_id).returning(Source.id))
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
            raise
        raise SourceBusyError("one of its documents is being written; try again in a few seconds") from error
    return deleted.scalar_one_or_none() is not None


async def add_part(connection: AsyncConnection, source_id: UUID, path: str, ordinal: int, content: bytes) -> None:
    """Keep the next part of an uploaded file."""
    values = {"source_id": source_id, "path": path, "ordinal": ordinal, "content": content}
    await connection.execute(insert(UploadedPart).values(values))


async def delete_uploads(connection: AsyncConnection, source_id: UUID) -> None:
    """Forget the files of an upload."""
    await connection.execute(delete(UploadedPart).where(UploadedPart.source_id == source_id))


async def uploaded_paths(connection: AsyncConnection, source_id: UUID) -> Sequence[str]:
    """The names of an upload's files, sorted."""
    statement = select(UploadedPart.path).where(UploadedPart.source_id == source_id).distinct()
    return (await connection.scalars(statement.order_by(UploadedPart.path))).all()


async def uploaded_part(connection: AsyncConnection, source_id: UUID, path: str, ordinal: int) -> bytes | None:
    """A part of an uploaded file; None behind the last."""
    found: bytes | None = await connection.scalar(
        select(UploadedPart.content).where(
            UploadedPart.source_id == source_id, UploadedPart.path == path, UploadedPart.ordinal == ordinal
        )
    )
    return found


def _sources() -> Select[tuple[object, ...]]:
    documents = select(func.count()).select_from(Document).where(Document.source_id == Source.id)
    passages = select(func.count()).select_from(Passage).join(Document).where(Document.source_id == Source.id)
    columns = (getattr(Source, name) for name in SourceRow.__slots__[:-2])
    return select(
        *columns, documents.scalar_subquery().label("documents"), passages.scalar_subquery().label("passages")
    )


_DUE = text(
    """
    SELECT id, kind FROM sources
    WHERE due_at <= :now AND NOT EXISTS (
        SELECT FROM procrastinate_jobs AS job
        WHERE job.queueing_lock = 'ingest:' || sources.id AND job.status IN ('todo', 'doing')
    )
    ORDER BY due_at
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
    """
)
