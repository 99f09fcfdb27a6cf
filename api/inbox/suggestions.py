"""Passages to reply from, beside the reply of a conversation; without script, a page of their own."""

from collections.abc import Iterable, Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.deps import Services
from api.inbox.access import Answering
from api.inbox.errors import InboxRoute
from api.inbox.pages import render
from api.suggestions import suggestions
from frontdesk.ids import read_id
from frontdesk.text import storable

MOST_CITED = 10
"""Passages of one message."""

router = APIRouter(prefix="/inbox/conversations", include_in_schema=False, route_class=InboxRoute)


@router.get("/{conversation_id}/suggestions")
async def show_suggestions(
    request: Request,
    person: Answering,
    services: Services,
    conversation_id: UUID,
    q: Annotated[str, Query(max_length=1_000)] = "",
) -> Response:
    """What answers the contact's latest question, or `q`."""
    asked = storable(q).strip()
    found = await suggestions(services, conversation_id, asked or None)
    return render(
        request, services, person, "suggestions.html", conversation_id=conversation_id, asked=asked, found=found
    )


def known_ids(given: Iterable[str]) -> Sequence[UUID]:
    """The ids among what a form or an address names. Pure."""
    return [found for each in given if (found := read_id(each)) is not None]
