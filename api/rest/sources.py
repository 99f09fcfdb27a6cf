"""Sources: where the agent's knowledge comes from. Ingesting is a job of the worker, never of a request."""

from collections.abc import AsyncIterator
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import UploadFile

from api.deps import ApiServices, Reading, Services, Writing
from api.problems import openapi_responses
from api.records.sources import Source, SourceNotKnownError, find_source, source_of
from api.rest.auth import KnowledgeReader, KnowledgeWriter
from api.rest.paging import DEFAULT_LIMIT, Cursor, Limit, Page, page_of, read_cursor
from api.rest.source_bodies import FORM, AddSource, Upload, read_address, read_upload
from frontdesk.channels.contract import ChannelKind
from frontdesk.ids import new_id
from knowledge.sources import repository
from knowledge.sources.contract import SourceKind
from knowledge.sources.opening import source_limits
from knowledge.sources.uploads import PART_BYTES, keep_upload
from knowledge.web.addresses import refuse_literal

_PATH = "/v1/sources"

router = APIRouter(prefix=_PATH, tags=["sources"], responses=openapi_responses())

_BODIES = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": AddSource.model_json_schema()},
            FORM: {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "name": {"type": "string", "description": "Sent again under this name, files replace these."},
                        "schedule": {"type": "string", "description": "Such as 24h."},
                        "channels": {
                            "type": "array",
                            "items": {"type": "string", "enum": [kind.value for kind in ChannelKind]},
                            "description": "The kinds of channels that it may be used on; all if absent.",
                        },
                    },
                }
            },
        },
    }
}


def larger_bodies(services: ApiServices) -> dict[str, int]:
    """The paths here that take larger bodies than others, and how large."""
    return {_PATH: services.settings.max_upload_bytes}


@router.post("", status_code=201, openapi_extra=_BODIES)
async def add_source(caller: KnowledgeWriter, services: Services, request: Request, response: Response) -> Source:
    """Add a page, a sitemap or files, and have it ingested; one that is known already is ingested again (200).

    Files sent under a name that is known replace those that were sent under it before.
    """
    if request.headers.get("content-type", "").startswith(FORM):
        async with read_upload(request) as upload, services.database.transaction() as connection:
            source_id, is_new = await _keep(services, connection, upload)
            added = await find_source(connection, source_id, services.clock())
    else:
        given = await read_address(request)
        async with services.database.transaction() as connection:
            source_id, is_new = await _add(services, connection, given)
            added = await find_source(connection, source_id, services.clock())
    response.status_code = 201 if is_new else 200
    return added


@router.get("")
async def list_sources(
    caller: KnowledgeReader,
    services: Services,
    connection: Reading,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[Source]:
    """Sources, newest first, with what their last ingest came to."""
    found = await repository.list_sources(connection, read_cursor(cursor), limit + 1)
    now = services.clock()
    return page_of([source_of(row, now) for row in found], limit, lambda source: source.id)


@router.get("/{source_id}")
async def get_source(caller: KnowledgeReader, services: Services, connection: Reading, source_id: UUID) -> Source:
    """One source, with the documents of it that could not be read."""
    return await find_source(connection, source_id, services.clock())


@router.post("/{source_id}/ingest", status_code=202)
async def ingest_source(caller: KnowledgeWriter, services: Services, connection: Writing, source_id: UUID) -> Source:
    """Have the source ingested again, now."""
    kind = await repository.make_due(connection, source_id, services.clock())
    if kind is None:
        raise SourceNotKnownError(source_id)
    await services.jobs.wake_ingest(connection, source_id, kind)
    return await find_source(connection, source_id, services.clock())


@router.delete("/{source_id}", status_code=204)
async def delete_source(caller: KnowledgeWriter, connection: Writing, source_id: UUID) -> None:
    """Forget the source with all that was ingested from it."""
    if not await repository.delete_source(connection, source_id):
        raise SourceNotKnownError(source_id)


async def _add(services: ApiServices, connection: AsyncConnection, given: AddSource) -> tuple[UUID, bool]:
    kind, address = (SourceKind.PAGE, given.url) if given.url is not None else (SourceKind.SITEMAP, given.sitemap or "")
    address = address.strip()
    refuse_literal(address, source_limits(services.settings).web.networks)
    now = services.clock()
    source_id, is_new = await repository.put_source(
        connection, new_id(), kind, address, given.schedule, now, given.channels
    )
    await services.jobs.wake_ingest(connection, source_id, kind)
    return source_id, is_new


async def _keep(services: ApiServices, connection: AsyncConnection, upload: Upload) -> tuple[UUID, bool]:
    location, now = f"{SourceKind.UPLOAD}:{upload.name}", services.clock()
    source_id, is_new = await repository.put_source(
        connection, new_id(), SourceKind.UPLOAD, location, upload.schedule, now, upload.channels
    )
    await repository.delete_uploads(connection, source_id)
    for name, file in upload.files.items():
        await keep_upload(connection, source_id, name, _parts(file))
    await services.jobs.wake_ingest(connection, source_id, SourceKind.UPLOAD)
    return source_id, is_new


async def _parts(file: UploadFile) -> AsyncIterator[bytes]:
    while part := await file.read(PART_BYTES):
        yield part
