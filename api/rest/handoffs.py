"""Hand-offs: who waits for a person, and what that person needs to know."""

from fastapi import APIRouter

from api.deps import Reading
from api.problems import openapi_responses
from api.records import views
from api.rest.auth import Reader
from api.rest.conversations import Text
from api.rest.paging import DEFAULT_LIMIT, Cursor, Limit, Page, page_of, read_cursor
from frontdesk.handoffs import repository
from frontdesk.handoffs.state import HandoffState
from frontdesk.text import storable

router = APIRouter(prefix="/v1/handoffs", tags=["hand-offs"], responses=openapi_responses())


@router.get("")
async def list_handoffs(
    caller: Reader,
    connection: Reading,
    state: HandoffState | None = None,
    team: Text = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[views.Handoff]:
    """Hand-offs with their briefs, newest first."""
    found = await repository.list_handoffs(
        connection, state=state, team=team and storable(team), before=read_cursor(cursor), limit=limit + 1
    )
    return page_of([views.Handoff.model_validate(row) for row in found], limit, lambda handoff: handoff.id)
