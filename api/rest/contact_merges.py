"""Contacts who are one person: suggested, merged, and taken apart again."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from api.deps import Reading, Services, Writing
from api.problems import openapi_responses
from api.records.views import View
from api.rest.auth import Reader, Writer
from api.rest.bodies import Act
from api.rest.paging import DEFAULT_LIMIT, Cursor, Limit, Page, page_of, read_cursor
from frontdesk.contacts import merging
from frontdesk.contacts.merges import repository
from frontdesk.contacts.merges.repository import MergeState
from frontdesk.conversations.repository import announce

_NO_ONE_NAMED = Act()

router = APIRouter(prefix="/v1/contact-merges", tags=["contacts"], responses=openapi_responses())


class ContactMerge(View):
    """Two contacts who may be, are or were one person."""

    id: UUID
    kept_id: UUID
    """The contact who stands for both."""
    other_id: UUID
    state: MergeState
    because: str
    """`phone` or `email`: channels vouch for the same one; `typed_phone`, `typed_email`: the same one was given in a
    chat; `hand`: a person chose."""
    by: str | None
    """Who decided; `rule` if it was the playbook."""
    created_at: datetime
    decided_at: datetime | None
    undone_at: datetime | None


class MergeContacts(Act):
    """Make two contacts one."""

    kept_id: UUID
    """The contact who stands for both from now on."""
    other_id: UUID
    """Their addresses, conversations, answers and events move to the one who is kept."""


@router.get("")
async def list_contact_merges(
    caller: Reader,
    connection: Reading,
    state: MergeState | None = None,
    contact: Annotated[UUID | None, Query(description="Only those of this contact.")] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[ContactMerge]:
    """Merges and suggestions, newest first."""
    found = await repository.list_page(connection, state, contact, read_cursor(cursor), limit + 1)
    return page_of([ContactMerge.model_validate(row) for row in found], limit, lambda one: one.id)


@router.post("", status_code=201)
async def merge_contacts(caller: Writer, services: Services, connection: Writing, body: MergeContacts) -> ContactMerge:
    """Make two contacts one, by a person's decision; it can be undone."""
    by = body.person or caller.name
    made = await merging.merge(connection, body.kept_id, body.other_id, by, services.clock())
    await announce(connection, body.kept_id)
    return ContactMerge.model_validate(await repository.get_merge(connection, made))


@router.post("/{merge_id}/accept")
async def accept_contact_merge(
    caller: Writer, merge_id: UUID, services: Services, connection: Writing, body: Act = _NO_ONE_NAMED
) -> ContactMerge:
    """Merge as suggested."""
    kept = await merging.accept(connection, merge_id, body.person or caller.name, services.clock())
    await announce(connection, kept)
    made = await repository.newest_merged(connection, kept)
    assert made is not None
    return ContactMerge.model_validate(await repository.get_merge(connection, made))


@router.post("/{merge_id}/dismiss")
async def dismiss_contact_merge(
    caller: Writer, merge_id: UUID, services: Services, connection: Writing, body: Act = _NO_ONE_NAMED
) -> ContactMerge:
    """Say that the two are two people: they are not suggested again, and no rule merges them."""
    kept = await merging.dismiss(connection, merge_id, body.person or caller.name, services.clock())
    await announce(connection, kept)
    return ContactMerge.model_validate(await repository.get_merge(connection, merge_id))


@router.post("/{merge_id}/undo")
async def undo_contact_merge(caller: Writer, merge_id: UUID, services: Services, connection: Writing) -> ContactMerge:
    """Take two contacts apart again; no rule merges them any more."""
    undone = await merging.undo(connection, merge_id, services.clock())
    await announce(connection, undone.kept_id)
    return ContactMerge.model_validate(await repository.get_merge(connection, merge_id))
