"""One contact: everything that happened with them on every channel, merging, and their right to be forgotten."""

import json
from datetime import datetime
from functools import partial
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.deps import Reading, Services, Writing
from api.erasure import erase_contact
from api.inbox.access import Answering, GuardingPrivacy, MergingContacts
from api.inbox.answers import shown
from api.inbox.errors import InboxRoute
from api.inbox.pages import render
from api.inbox.people import names_by_email
from api.records import repository as records
from frontdesk.contacts import merging, privacy
from frontdesk.contacts.merges.repository import MergeState, list_merges
from frontdesk.contacts.overview.repository import PAGE, find_names, list_contacts, read_timeline
from frontdesk.contacts.standing.repository import ContactNotFoundError, family, standing
from frontdesk.conversations.repository import announce
from frontdesk.ids import read_id
from frontdesk.text import storable

MOST_CANDIDATES = 8

router = APIRouter(prefix="/inbox/contacts", include_in_schema=False, route_class=InboxRoute)

Line = Annotated[str, Form(max_length=400)]


@router.get("/{contact_id}")
async def show_contact(
    request: Request,
    person: Answering,
    services: Services,
    connection: Reading,
    contact_id: UUID,
    before: datetime | None = None,
    other: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The page; `other` are words by which to find whom to merge with, and `before` goes back in the timeline."""
    known = await standing(connection, contact_id)
    if known != contact_id:
        return RedirectResponse(_address(known), status_code=303)
    contact = await records.get_contact(connection, contact_id)
    if contact is None:
        raise ContactNotFoundError(f"there is no contact {contact_id}")
    everyone = await family(connection, contact_id)
    older_than = before if before is not None and before.tzinfo else None
    timeline = await read_timeline(connection, everyone, older_than, PAGE + 1)
    merges = await list_merges(connection, contact_id, (MergeState.SUGGESTED, MergeState.MERGED))
    wanted = storable(other).strip()
    candidates = await list_contacts(connection, wanted, None, None, MOST_CANDIDATES + 1) if wanted else ()
    playbook = services.playbook.playbook
    return render(
        request,
        services,
        person,
        "contact.html",
        contact=contact,
        timeline=timeline[:PAGE],
        older=quote(timeline[PAGE - 1].at.isoformat(), safe="") if len(timeline) > PAGE else "",
        suggested=[each for each in merges if each.state is MergeState.SUGGESTED],
        merged=[each for each in merges if each.state is MergeState.MERGED and each.kept_id == contact_id],
        wanted=wanted,
        candidates=[each for each in candidates if each.id != contact_id and each.erased_at is None],
        by_rule=merging.BY_RULE,
        contacts=await find_names(connection, [each for row in merges for each in (row.kept_id, row.other_id)]),
        names=await names_by_email(connection),
        shown=partial(shown, playbook),
        to_type=privacy.name_to_type(contact.id, contact.name, contact.phone, contact.email),
    )


@router.post("/{contact_id}/merge")
async def merge(
    person: MergingContacts,
    services: Services,
    connection: Writing,
    contact_id: UUID,
    other: Annotated[str, Form()] = "",
) -> Response:
    """Make another contact part of this one."""
    other_id = read_id(other)
    if other_id is None:
        raise ContactNotFoundError("choose whom to merge with")
    await merging.merge(connection, contact_id, other_id, person.email, services.clock())
    await announce(connection, contact_id)
    return RedirectResponse(_address(contact_id), status_code=303)


@router.post("/merges/{merge_id}/accept")
async def accept_merge(person: MergingContacts, services: Services, connection: Writing, merge_id: UUID) -> Response:
    """Merge as suggested."""
    kept = await merging.accept(connection, merge_id, person.email, services.clock())
    await announce(connection, kept)
    return RedirectResponse(_address(kept), status_code=303)


@router.post("/merges/{merge_id}/dismiss")
async def dismiss_merge(person: MergingContacts, services: Services, connection: Writing, merge_id: UUID) -> Response:
    """The two are two people."""
    kept = await merging.dismiss(connection, merge_id, person.email, services.clock())
    await announce(connection, kept)
    return RedirectResponse(_address(kept), status_code=303)


@router.post("/merges/{merge_id}/undo")
async def undo_merge(person: MergingContacts, services: Services, connection: Writing, merge_id: UUID) -> Response:
    """Take two contacts apart again."""
    undone = await merging.undo(connection, merge_id, services.clock())
    await announce(connection, undone.kept_id)
    return RedirectResponse(_address(undone.kept_id), status_code=303)


@router.get("/{contact_id}/export")
async def export(person: GuardingPrivacy, services: Services, connection: Reading, contact_id: UUID) -> Response:
    """Everything that is known, as a file."""
    exported = await privacy.export(connection, contact_id, services.clock())
    headers = {
        "Content-Disposition": f'attachment; filename="contact-{contact_id}.json"',
        "Cache-Control": "no-store",
    }
    body = json.dumps(exported, ensure_ascii=False, indent=2).encode()
    return Response(body, media_type="application/json", headers=headers)


@router.post("/{contact_id}/erase")
async def erase(
    person: GuardingPrivacy, services: Services, connection: Writing, contact_id: UUID, name: Line = ""
) -> Response:
    """Forget the contact; `name` is typed to confirm."""
    await erase_contact(connection, services, contact_id, storable(name))
    return RedirectResponse(_address(contact_id), status_code=303)


def _address(contact_id: UUID) -> str:
    return f"/inbox/contacts/{contact_id}"
