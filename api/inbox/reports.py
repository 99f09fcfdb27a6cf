"""The reports: a chart for the eye, and beside it the table with the API's own numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import partial
from typing import Annotated
from urllib.parse import urlencode

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit
from fastapi import APIRouter, Query
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from api.deps import ApiServices, Services
from api.inbox.access import ReadingReports
from api.inbox.bar_chart import bar_chart
from api.inbox.charts import charts_of
from api.inbox.errors import InboxRoute
from api.inbox.pages import render
from api.inbox.repository import list_channels
from api.inbox.texts import language_of, text
from api.report_questions import ReportQuery, asking
from frontdesk.language.locales import locale_of
from frontdesk.lifecycle.playbook_versions.repository import list_used
from frontdesk.reports.figures.repository import list_campaigns
from frontdesk.reports.question import PERIODS, By, ReportName
from frontdesk.reports.rows import Row

router = APIRouter(prefix="/inbox", include_in_schema=False, route_class=InboxRoute)

Chosen = Annotated[str, Query(max_length=200)]

_FIGURES = (
    *("agent", "human", "requested", "accepted", "returned", "not_needed", "escalated"),
    *("answered", "abstained", "other"),
)
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


@router.get("/reports")
async def show_reports(
    request: Request, person: ReadingReports, services: Services, report: Chosen = ReportName.FUNNEL
) -> Response:
    """One report; a filter that cannot be read is none."""
    name = ReportName(report) if report in list(ReportName) else ReportName.FUNNEL
    query = _query(request)
    asked = await asking(services, query)
    tables = await asked.reports.ask(name, asked.question)
    language = language_of(person.language, request.headers.get("accept-language", ""))
    locale = locale_of(language)
    words = {figure: text(f"reports.{figure}", language) for figure in _FIGURES}
    return render(
        request,
        services,
        person,
        "reports.html",
        name=name,
        query_values=query,
        tables=[(table, _columns(rows), rows) for table, rows in tables.items()],
        charts=charts_of(name, tables, words, partial(_day, locale=locale)),
        bar_chart=partial(bar_chart, figure=partial(figure, locale=locale)),
        replayed=asked.reports.replayed,
        counted_until=None if asked.up_to_date else asked.question.as_of,
        figure=partial(figure, locale=locale),
        label=partial(_label, by=query.by, locale=locale),
        tabs=[(each, _link(query, each)) for each in ReportName],
        choices=await _choices(services),
    )


async def _choices(services: ApiServices) -> Mapping[str, object]:
    """What the form offers."""
    playbook = services.playbook.playbook
    async with services.database.reading() as connection:
        return {
            "channels": [channel for _, channel in await list_channels(connection)],
            "campaigns": await list_campaigns(connection),
            "versions": await list_used(connection),
            "teams": [team.name for team in playbook.handoff.teams],
            "business_languages": playbook.business.languages,
            "current_version": services.playbook.version,
            "groupings": list(By),
        }


def _query(request: Request) -> ReportQuery:
    given = dict(request.query_params)
    try:
        return ReportQuery.model_validate(given)
    except ValidationError as error:
        unread = {place["loc"][0] for place in error.errors()}
        return ReportQuery.model_validate({name: value for name, value in given.items() if name not in unread})


def _link(query: ReportQuery, name: ReportName) -> str:
    values = query.model_dump(mode="json", exclude_none=True)
    return "/inbox/reports?" + urlencode({"report": name.value, **values})


def _columns(rows: Sequence[object]) -> Sequence[str]:
    """The names of a table's figures; the group is named only where there are groups."""
    if not rows:
        return ()
    names = [field.name for field in fields(rows[0]) if field.name != "total"]  # type: ignore[arg-type]
    grouped = any(isinstance(row, Row) and not row.total for row in rows)
    return [name for name in names if name != "group" or grouped]


def figure(value: object, unit: str, *, locale: Locale) -> str:
    """A figure as people read it; `unit` is its name or count, seconds or share."""
    match value:
        case None:
            return "–"
        case float() | int() if unit.endswith("seconds"):
            return _span(float(value), locale)
        case float() if unit != "count":
            return str(
                format_percent(value, "#,##0.0 %" if locale.language in ("pl", "es") else "#,##0.0%", locale=locale)
            )
        case int() | float():
            return str(format_decimal(value, locale=locale))
        case date():
            return _day(value, locale)
    return str(value)


def _span(seconds: float, locale: Locale) -> str:
    unit, size = next(((unit, size) for unit, size in _UNITS if seconds >= size), _UNITS[-1])
    return str(format_unit(round(seconds / size, 1), f"duration-{unit}", "short", locale=locale))


def _day(day: date, locale: Locale) -> str:
    return str(format_date(day, "medium", locale=locale))


def _label(group: str, *, by: By | None, locale: Locale) -> str:
    """A group's name: of a period the day, or the month."""
    if by not in PERIODS:
        return group
    day = datetime.fromisoformat(group)
    return str(format_date(day, "LLLL y", locale=locale)) if by is By.MONTH else _day(day, locale)
