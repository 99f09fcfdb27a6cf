"""What is shown of sources."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from api.records.views import View
from frontdesk.errors import FrontdeskError
from frontdesk.playbook.scalars import format_duration
from knowledge.sources.repository import SourceRow, get_source


class SourceNotKnownError(FrontdeskError):
    """There is no such source."""

    code = "source_not_known"

    def __init__(self, source_id: UUID) -> None:
        super().__init__(f"there is no source {source_id}")


class SourceState(StrEnum):
    """What happens with a source now."""

    WAITING = "waiting"
    """It is due, and a worker takes it up as soon as it can."""
    INGESTING = "ingesting"
    IDLE = "idle"


class IngestCounts(View):
    """Numbers of documents in the last ingest."""

    added: int
    changed: int
    unchanged: int
    removed: int
    failed: int


class DocumentFailure(View):
    """A document that could not be read; what it said before stands."""

    document: str
    problem: str


class Source(View):
    """Where knowledge comes from."""

    id: UUID
    kind: str
    """`folder`, `file`, `page`, `sitemap` or `upload`."""
    location: str
    """A path, an address, or an upload's name."""
    state: SourceState
    channels: list[str] | None
    """The kinds of channels that it may be used on; all if null."""
    schedule: str | None
    """How often it is ingested again by itself."""
    due_at: datetime | None
    created_at: datetime
    started_at: datetime | None
    """When the ingest began that runs or was interrupted."""
    ingested_at: datetime | None
    """When it was last read through."""
    listed: int | None
    """How many documents the ingest found to read."""
    documents: int
    passages: int
    last_ingest: IngestCounts | None
    failures: list[DocumentFailure]
    """The first hundred documents that the last ingest could not read."""
    error: str | None
    """Why the last ingest could not be done, or not to its end."""


async def find_source(connection: AsyncConnection, source_id: UUID, now: datetime) -> Source:
    """A source as it stands now. Raises SourceNotKnownError."""
    row = await get_source(connection, source_id)
    if row is None:
        raise SourceNotKnownError(source_id)
    return source_of(row, now)


def source_of(row: SourceRow, now: datetime) -> Source:
    """Show a source as it stands now."""
    return Source(
        id=row.id,
        kind=row.kind,
        location=row.location,
        state=_state(row, now),
        channels=row.channels,
        schedule=format_duration(row.every) if row.every is not None else None,
        due_at=row.due_at,
        created_at=row.created_at,
        started_at=row.started_at,
        ingested_at=row.ingested_at,
        listed=row.listed,
        documents=row.documents,
        passages=row.passages,
        last_ingest=IngestCounts.model_validate(row.report) if row.report is not None else None,
        failures=[DocumentFailure.model_validate(failure) for failure in row.failures],
        error=row.error,
    )


def _state(row: SourceRow, now: datetime) -> SourceState:
    if row.started_at is not None and row.error is None:
        return SourceState.INGESTING
    return SourceState.WAITING if row.due_at is not None and row.due_at <= now else SourceState.IDLE
