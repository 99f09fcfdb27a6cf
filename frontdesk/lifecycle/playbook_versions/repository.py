"""SQL of playbook versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.models import PlaybookVersion


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A playbook with its text, when processes started with it first and last, and who published it when, if anyone."""

    version: str
    source: str
    first_used_at: datetime
    last_used_at: datetime
    published_at: datetime | None
    published_by: str | None


async def upsert_version(connection: AsyncConnection, version: str, source: str, now: datetime) -> None:
    """Store a version when it is first used, and note each further use."""
    statement = insert(PlaybookVersion).values(version=version, source=source, first_used_at=now, last_used_at=now)
    again = statement.on_conflict_do_update(index_elements=["version"], set_={"last_used_at": now})
    await connection.execute(again)


async def list_versions(connection: AsyncConnection, limit: int) -> Sequence[VersionRow]:
    """The newest versions, by when they were first used or last published."""
    columns = [getattr(PlaybookVersion, name) for name in VersionRow.__slots__]
    since = func.greatest(PlaybookVersion.first_used_at, PlaybookVersion.published_at)
    query = select(*columns).order_by(since.desc(), PlaybookVersion.version).limit(limit)
    return [VersionRow(**row._mapping) for row in await connection.execute(query)]


async def upsert_publication(connection: AsyncConnection, version: str, source: str, by: str, now: datetime) -> None:
    """Store that a person published a version, and its text as they did."""
    published = {"published_at": now, "published_by": by, "source": source}
    statement = insert(PlaybookVersion).values(version=version, first_used_at=now, last_used_at=now, **published)
    await connection.execute(statement.on_conflict_do_update(index_elements=["version"], set_=published))


async def last_published(connection: AsyncConnection) -> str | None:
    """The version that was published last."""
    query = select(PlaybookVersion.version).where(PlaybookVersion.published_at.is_not(None))
    found: str | None = await connection.scalar(query.order_by(PlaybookVersion.published_at.desc()).limit(1))
    return found


async def list_used(connection: AsyncConnection) -> Sequence[tuple[str, datetime]]:
    """The versions that the service has run with and when it first did, the one used last first."""
    found = select(PlaybookVersion.version, PlaybookVersion.first_used_at).order_by(PlaybookVersion.last_used_at.desc())
    return [(row.version, row.first_used_at) for row in await connection.execute(found)]


async def find_source(connection: AsyncConnection, version: str) -> str | None:
    """The text of a version, if it was ever used or published."""
    found: str | None = await connection.scalar(
        select(PlaybookVersion.source).where(PlaybookVersion.version == version)
    )
    return found
