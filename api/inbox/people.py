"""Colleagues: who may sign in, what they may do, who takes hand-offs now."""

from collections.abc import Mapping
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Form
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.deps import ApiServices, Services, Writing
from api.inbox.access import HOME, ManagingPeople, SeeingColleagues
from api.inbox.errors import InboxRoute
from api.inbox.pages import render
from frontdesk.access.people import service
from frontdesk.access.people.repository import UserRow, list_users
from frontdesk.access.people.roles import Role
from frontdesk.access.people.service import INVITATION_TIME, Person, UserNotFoundError
from frontdesk.text import storable

PEOPLE = f"{HOME}/people"

router = APIRouter(prefix="/inbox/people", include_in_schema=False, route_class=InboxRoute)

Line = Annotated[str, Form(max_length=320)]


async def names_by_email(connection: AsyncConnection) -> Mapping[str, str]:
    """The names of all who have an account: the playbook's teams know people by addresses, colleagues by names."""
    return {user.email: user.name for user in await list_users(connection)}


@router.get("")
async def show_people(request: Request, person: SeeingColleagues, services: Services) -> Response:
    """Everyone, those whose account has ended last."""
    return await _page(request, services, person)


@router.post("")
async def add_person(
    request: Request,
    person: ManagingPeople,
    services: Services,
    email: Line = "",
    name: Line = "",
    role: Annotated[Role, Form()] = Role.MEMBER,
) -> Response:
    """Make an account, and show the link by which its person chooses a password."""
    async with services.database.transaction() as connection:
        user = await service.add_user(connection, storable(email), name, role, None, services.clock())
        ticket = await service.invite(connection, user.email, services.clock())
    return await _page(request, services, person, invited=user, ticket=ticket)


@router.post("/{user_id}/invite")
async def invite_again(request: Request, person: ManagingPeople, services: Services, user_id: UUID) -> Response:
    """Forget how somebody signed in, and show a link by which they choose a new password."""
    async with services.database.transaction() as connection:
        user = await _user(connection, user_id)
        ticket = await service.invite(connection, user.email, services.clock())
    return await _page(request, services, person, invited=user, ticket=ticket)


@router.post("/{user_id}/available")
async def change_availability(
    person: SeeingColleagues, connection: Writing, user_id: UUID, available: Annotated[Literal["yes", "no"], Form()]
) -> Response:
    """Say for somebody whether they take hand-offs."""
    user = await _user(connection, user_id)
    await service.set_available(connection, user.email, available=available == "yes")
    return RedirectResponse(PEOPLE, status_code=303)


@router.post("/{user_id}/role")
async def change_role(
    person: ManagingPeople, connection: Writing, user_id: UUID, role: Annotated[Role, Form()]
) -> Response:
    """Let somebody do more, or less."""
    user = await _user(connection, user_id)
    await service.change_role(connection, user.email, role)
    return RedirectResponse(PEOPLE, status_code=303)


@router.post("/{user_id}/disable")
async def disable(person: ManagingPeople, services: Services, connection: Writing, user_id: UUID) -> Response:
    """End an account at once; what its person wrote stays."""
    user = await _user(connection, user_id)
    await service.disable_user(connection, user.email, services.clock())
    return RedirectResponse(PEOPLE, status_code=303)


@router.post("/{user_id}/enable")
async def enable(person: ManagingPeople, connection: Writing, user_id: UUID) -> Response:
    """Let somebody in again."""
    user = await _user(connection, user_id)
    await service.enable_user(connection, user.email)
    return RedirectResponse(PEOPLE, status_code=303)


async def _user(connection: AsyncConnection, user_id: UUID) -> UserRow:
    found = next((user for user in await list_users(connection) if user.id == user_id), None)
    if found is None:
        raise UserNotFoundError("there is no such account")
    return found


async def _page(
    request: Request,
    services: ApiServices,
    person: Person,
    *,
    invited: UserRow | None = None,
    ticket: str | None = None,
) -> Response:
    async with services.database.reading() as connection:
        users = await list_users(connection)
    address = (services.settings.public_url or str(request.base_url)).rstrip("/")
    return render(
        request,
        services,
        person,
        "people.html",
        users=sorted(users, key=lambda user: user.disabled_at is not None),
        roles=list(Role),
        teams={user.id: _teams_of(user, services) for user in users},
        invited=invited,
        link=f"{address}{HOME}/join/{ticket}" if ticket else None,
        days=INVITATION_TIME.days,
    )


def _teams_of(user: UserRow, services: ApiServices) -> list[str]:
    """The playbook's teams that name somebody, by e-mail address or name."""
    teams = services.playbook.playbook.handoff.teams
    return [team.name for team in teams if any(_is(user, member.name) for member in team.people)]


def _is(user: UserRow, written: str) -> bool:
    return written.casefold() == user.email or written == user.name
