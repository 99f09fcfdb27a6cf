"""A source opened by what is stored of it, within the limits that the settings give."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from frontdesk.config import Settings, SettingsInvalidError
from frontdesk.db.engine import Database
from knowledge.sources.contract import MAX_DOCUMENT_BYTES, DocumentSource, SourceKind, SourceUnavailableError
from knowledge.sources.files import FileSource
from knowledge.sources.repository import SourceRow
from knowledge.sources.uploads import UploadSource
from knowledge.sources.web import open_web_source
from knowledge.web.addresses import read_networks
from knowledge.web.client import WebLimits


@dataclass(frozen=True, slots=True)
class SourceLimits:
    """How large documents may be, and how the web is asked."""

    document_bytes: int = MAX_DOCUMENT_BYTES
    web: WebLimits = field(default_factory=WebLimits)


def source_limits(settings: Settings) -> SourceLimits:
    """Read the limits from the settings. Raises SettingsInvalidError."""
    try:
        networks = read_networks(settings.fetch_networks)
    except ValueError:
        raise SettingsInvalidError(
            f"FRONTDESK_FETCH_NETWORKS is {settings.fetch_networks!r}; write addresses or networks, separated by "
            "commas, such as 10.1.0.0/16, 127.0.0.1"
        ) from None
    web = WebLimits(
        between_requests=settings.fetch_interval,
        page_seconds=settings.fetch_seconds,
        page_bytes=settings.max_document_bytes,
        crawl_seconds=settings.crawl_seconds,
        crawl_pages=settings.crawl_pages,
        networks=networks,
        contact=settings.public_url,
    )
    return SourceLimits(settings.max_document_bytes, web)


@asynccontextmanager
async def open_stored_source(row: SourceRow, database: Database, limits: SourceLimits) -> AsyncIterator[DocumentSource]:
    """Open a source for one ingest. Raises SourceUnavailableError for a kind that is not read from anywhere."""
    match row.kind:
        case SourceKind.FOLDER | SourceKind.FILE:
            yield FileSource(Path(row.location), limits.document_bytes)
        case SourceKind.UPLOAD:
            yield UploadSource(database, row.id, row.location, limits.document_bytes)
        case SourceKind.PAGE | SourceKind.SITEMAP:
            async with open_web_source(SourceKind(row.kind), row.location, limits.web) as source:
                yield source
        case _:
            raise SourceUnavailableError(f"a source of the kind {row.kind} is not ingested from anywhere")
