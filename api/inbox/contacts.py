"""The list of contacts: found by who they are, and those who may be one person."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.deps import Services
from api.inbox.access import Answering
from api.inbox.errors import InboxRoute
from api.inbox.pages import render
from frontdesk.access.people.roles import Permission
from frontdesk.contacts.merges.repository import list_suggested
from frontdesk.contacts.overview.repository import PAGE, find_names, list_contacts
from frontdesk.ids import read_id
from frontdesk.text import storable

MOST_SUGGESTIONS = 20

router = APIRouter(prefix="/inbox", include_in_schema=False, route_class=InboxRoute)

Chosen = Annotated[str, Query(max_length=200)]


@router.get("/contacts")
async def show_contacts(
    request: Request, person: Answering, services: Services, q: Chosen = "", stage: Chosen = "", before: Chosen = ""
) -> Response:
    """Contacts, newest first; an empty filter is none."""
    words, chosen = storable(q).strip(), storable(stage)
    may_merge = person.may(Permission.CONTACTS)
    async with services.database.reading() as connection:
        found = await list_contacts(connection, words or None, chosen or None, read_id(before), PAGE + 1)
        suggested = await list_suggested(connection, MOST_SUGGESTIONS) if may_merge else ()
        pairs = [each for merge in suggested for each in (merge.kept_id, merge.other_id)]
        names = await find_names(connection, pairs) if pairs else {}
    shown = found[:PAGE]
    older = {"q": words, "stage": chosen, "before": str(shown[-1].id)} if len(found) > PAGE else None
    return render(
        request,
        services,
        person,
        "contacts.html",
        contacts=shown,
        words=words,
        stage=chosen,
        stages=[each.name for each in services.playbook.playbook.lifecycle.all_stages],
        suggested=suggested,
        names=names,
        older="/inbox/contacts?" + urlencode({name: value for name, value in older.items() if value}) if older else "",
    )
