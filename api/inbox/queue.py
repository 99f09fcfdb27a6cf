"""The queue: who waits, since when, and why they are worth answering."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.deps import Services
from api.inbox.access import Answering
from api.inbox.errors import InboxRoute
from api.inbox.pages import render
from api.inbox.people import names_by_email
from api.inbox.repository import PAGE, Filters, QueueRow, Tab, count_tabs, list_channels, list_queue
from api.inbox.saved_views.repository import list_views
from api.inbox.views import LONGEST_NAME
from frontdesk.ids import read_id
from frontdesk.text import storable

router = APIRouter(prefix="/inbox", include_in_schema=False, route_class=InboxRoute)

Chosen = Annotated[str, Field(max_length=200)]


class QueueQuery(BaseModel):
    """What the queue is narrowed to; an empty filter is none."""

    tab: Tab = Tab.WAITING
    team: Chosen = ""
    stage: Chosen = ""
    channel: Chosen = ""
    language: Chosen = ""
    q: Chosen = ""
    before: datetime | None = None

    def filters(self) -> Filters:
        """The filters that are set."""
        return Filters(
            tab=self.tab,
            team=storable(self.team) or None,
            stage=storable(self.stage) or None,
            channel=read_id(self.channel),
            language=storable(self.language) or None,
            search=storable(self.q).strip() or None,
            before=self.before if self.before is not None and self.before.tzinfo else None,
        )


@router.get("")
async def open_inbox(person: Answering) -> Response:
    """Who opens the inbox sees who waits."""
    return RedirectResponse("/inbox/queue", status_code=303)


@router.get("/queue")
async def show_queue(
    request: Request,
    person: Answering,
    services: Services,
    query: Annotated[QueueQuery, Query()],
) -> Response:
    """One tab of the queue, narrowed by the filters."""
    filters = query.filters()
    async with services.database.reading() as connection:
        rows = await list_queue(connection, filters, person.email)
        counts = await count_tabs(connection, person.email)
        names = await names_by_email(connection)
        channels = await list_channels(connection)
        views = await list_views(connection, person.id)
    playbook = services.playbook.playbook
    return render(
        request,
        services,
        person,
        "queue.html",
        rows=rows,
        names=names,
        tabs=[(each, counts.get(each)) for each in Tab],
        filters=filters,
        teams=[each.name for each in playbook.handoff.teams],
        stages=[each.name for each in playbook.lifecycle.all_stages],
        channels=channels,
        business_languages=playbook.business.languages,
        older=_older(filters, rows),
        views=views,
        chosen=_chosen(filters),
        longest_name=LONGEST_NAME,
        query_of=urlencode,
        tab_link=lambda chosen: _link(filters, tab=chosen),
    )


def _older(filters: Filters, rows: Sequence[QueueRow]) -> str | None:
    """Where the list goes on, if it may."""
    if len(rows) < PAGE or filters.tab not in (Tab.ALL, Tab.MINE):
        return None
    return _link(filters, before=rows[-1].active_at.isoformat())


def _link(filters: Filters, **changed: str) -> str:
    return "/inbox/queue?" + urlencode({**_chosen(filters), **changed})


def _chosen(filters: Filters) -> dict[str, str]:
    """The parameters of the page that are set, but for where the list goes on."""
    values = {**asdict(filters), "before": None}
    values["q"] = values.pop("search")
    return {name: str(value) for name, value in values.items() if value}
