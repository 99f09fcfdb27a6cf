"""A person's own account: whether they take hand-offs now, the language of the pages, their password."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.deps import ApiServices, Services, Writing
from api.inbox.access import COOKIE, HOME, SIGN_IN, Answering, let_in, within_inbox
from api.inbox.errors import InboxRoute
from api.inbox.pages import render
from api.inbox.texts import LANGUAGES
from frontdesk.access.people.passwords import SHORTEST, PasswordUnfitError
from frontdesk.access.people.repository import UserRow, update_user
from frontdesk.access.people.service import (
    Person,
    SignInRefusedError,
    accept_invitation,
    change_own_password,
    invited,
    known_user,
    set_available,
)

ACCOUNT = f"{HOME}/account"

router = APIRouter(prefix="/inbox", include_in_schema=False, route_class=InboxRoute)

Password = Annotated[str, Form(max_length=1_000)]


@router.get("/account")
async def show_account(request: Request, person: Answering, services: Services) -> Response:
    """The page."""
    return await _page(request, services, person)


@router.post("/account/available")
async def change_availability(
    person: Answering,
    connection: Writing,
    available: Annotated[Literal["yes", "no"], Form()],
    next: Annotated[str, Form(max_length=2_000)] = ACCOUNT,
) -> Response:
    """Take hand-offs from now on, or no more."""
    await set_available(connection, person.email, available=available == "yes")
    return RedirectResponse(within_inbox(next), status_code=303)


@router.post("/account/language")
async def change_language(
    person: Answering, connection: Writing, language: Annotated[str, Form(max_length=10)] = ""
) -> Response:
    """Choose the language of the pages; anything else leaves it to the browser."""
    await update_user(connection, person.id, language=language if language in LANGUAGES else None)
    return RedirectResponse(ACCOUNT, status_code=303)


@router.post("/account/password")
async def change_password(
    request: Request, person: Answering, services: Services, present: Password = "", wanted: Password = ""
) -> Response:
    """Set another password; every other session of theirs ends."""
    try:
        async with services.database.transaction() as connection:
            await change_own_password(connection, person, request.cookies[COOKIE], present, wanted)
    except (SignInRefusedError, PasswordUnfitError) as error:
        return await _page(request, services, person, problem=error.code, status=422)
    return await _page(request, services, person, done=True)


async def _page(
    request: Request,
    services: ApiServices,
    person: Person,
    *,
    problem: str | None = None,
    done: bool = False,
    status: int = 200,
) -> Response:
    async with services.database.reading() as connection:
        user = await known_user(connection, person.email)
    values = {"user": user, "shortest": SHORTEST, "problem": problem and f"account.{problem}", "done": done}
    return render(request, services, person, "account.html", status=status, **values)


@router.get("/join/{ticket}")
async def show_invitation(request: Request, services: Services, ticket: str) -> Response:
    """Where somebody who was invited chooses a password; only sending the form uses the link up."""
    async with services.database.reading() as connection:
        try:
            user = await invited(connection, ticket, services.clock())
        except SignInRefusedError:
            return RedirectResponse(SIGN_IN, status_code=303)
    return _invitation(request, services, user)


@router.post("/join/{ticket}")
async def join(request: Request, services: Services, ticket: str, wanted: Password = "") -> Response:
    """Set the password and sign in."""
    now = services.clock()
    try:
        async with services.database.transaction() as connection:
            user = await invited(connection, ticket, now)
            token = await accept_invitation(connection, ticket, wanted, now)
    except SignInRefusedError:
        return RedirectResponse(SIGN_IN, status_code=303)
    except PasswordUnfitError as error:
        return _invitation(request, services, user, problem=f"account.{error.code}", status=422)
    return let_in(request, services, token, HOME)


def _invitation(
    request: Request, services: ApiServices, user: UserRow, problem: str | None = None, status: int = 200
) -> Response:
    values = {"user": user, "shortest": SHORTEST, "problem": problem}
    return render(request, services, None, "join.html", status=status, **values)
