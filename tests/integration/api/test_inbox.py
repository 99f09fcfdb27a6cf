"""The inbox's pages: who gets in, what each role may do, and what a person does with a lead."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from sqlalchemy import text

from api.deps import ApiServices
from api.inbox.access import COOKIE, Allowed
from api.inbox.routes import ROUTERS
from frontdesk.access.people.roles import Permission, Role, may
from frontdesk.access.people.service import MOST_FOR_ONE, disable_user, issue_ticket, known_user
from tests.integration.api.driver import Clock, Site, hand_off
from tests.integration.api.people import PASSWORD, Browser, employ

OPEN = {
    ("GET", "/inbox/assets/{version}/{name}"),
    ("GET", "/inbox/sign-in"),
    ("POST", "/inbox/sign-in"),
    ("GET", "/inbox/enter/{ticket}"),
    ("GET", "/inbox/join/{ticket}"),
    ("POST", "/inbox/join/{ticket}"),
    ("GET", "/inbox/sign-in/elsewhere"),
    ("GET", "/inbox/sign-in/elsewhere/back"),
}
"""For people who are not signed in yet."""


def routes() -> dict[tuple[str, str], APIRoute]:
    found = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    return {(method, route.path): route for route in found for method in route.methods or ()}


def permission_of(dependant: Dependant) -> Permission | None:
    for each in dependant.dependencies:
        if isinstance(each.call, Allowed):
            return each.call.permission
    return None


GUARDED = {key: permission_of(route.dependant) for key, route in routes().items() if key not in OPEN}


def address(path: str) -> str:
    return "/".join(str(uuid4()) if part.startswith("{") else part for part in path.split("/"))


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[Browser]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://frontdesk") as client:
        yield Browser(client)


@pytest.fixture
async def ada(browser: Browser, services: ApiServices) -> Browser:
    """Ada, an owner, signed in."""
    await browser.enter(services, await employ(services, "Ada", Role.OWNER))
    return browser


def test_that_every_page_is_guarded_by_a_permission_or_listed_as_open() -> None:
    assert set(routes()) >= OPEN
    assert [key for key, permission in GUARDED.items() if permission is None] == []


@pytest.mark.parametrize(("method", "path"), sorted(GUARDED))
async def test_that_each_role_reaches_what_its_permissions_name_and_nothing_else(
    browser: Browser, services: ApiServices, method: str, path: str
) -> None:
    if path == "/inbox/live":
        pytest.skip("an endless answer; its guard is the same dependency")
    needed = GUARDED[method, path]
    assert needed is not None
    for role in Role:
        await browser.enter(services, await employ(services, role.capitalize(), role))
        headers = {"x-csrf-token": browser.csrf}
        answer = await browser.client.request(method, address(path), headers=headers)
        if may(role, needed):
            assert answer.status_code not in (401, 403)
        else:
            assert answer.status_code == 403
        browser.client.cookies.clear()


@pytest.mark.parametrize(("method", "path"), sorted(GUARDED))
async def test_that_whoever_is_not_signed_in_gets_nothing(browser: Browser, method: str, path: str) -> None:
    answer = await browser.client.request(method, address(path))
    assert answer.status_code == 401
    as_page = await browser.client.request(method, address(path), headers={"accept": "text/html"})
    assert as_page.status_code == 303
    assert as_page.headers["location"].startswith("/inbox/sign-in?next=")


@pytest.mark.parametrize(("method", "path"), sorted(key for key in GUARDED if key[0] == "POST"))
async def test_that_a_form_of_another_site_is_refused(ada: Browser, method: str, path: str) -> None:
    for data in ({}, {"csrf": "wrong"}):
        answer = await ada.client.request(method, address(path), data=data)
        assert answer.status_code == 403
        assert answer.json()["code"] == "foreign_form"


async def test_that_a_person_signs_in_and_out(browser: Browser, services: ApiServices) -> None:
    email = await employ(services, "Ada", Role.MEMBER, PASSWORD)
    answer = await browser.sign_in(email)
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Ada" in (await browser.read("/inbox/queue")).text
    await browser.send("/inbox/sign-out")
    assert (await browser.read("/inbox/queue")).status_code == 303


async def test_that_the_token_of_a_session_that_ended_is_worth_nothing(ada: Browser) -> None:
    token = ada.client.cookies[COOKIE]
    await ada.send("/inbox/sign-out")
    ada.client.cookies.set(COOKIE, token)
    assert (await ada.read("/inbox/queue")).status_code == 303


async def test_that_a_wrong_password_is_refused_and_many_of_them_have_to_wait(
    browser: Browser, services: ApiServices, clock: Clock
) -> None:
    email = await employ(services, "Ada", Role.MEMBER, PASSWORD)
    for _ in range(MOST_FOR_ONE):
        assert (await browser.sign_in(email, "a wrong password")).status_code == 401
    assert (await browser.sign_in(email, PASSWORD)).status_code == 429
    clock.now += timedelta(minutes=16)
    assert (await browser.sign_in(email, PASSWORD)).status_code == 303


async def test_that_an_unknown_person_is_told_the_same_as_one_with_a_wrong_password(
    browser: Browser, services: ApiServices
) -> None:
    email = await employ(services, "Ada", Role.MEMBER, PASSWORD)
    known = await browser.sign_in(email, "a wrong password")
    unknown = await browser.sign_in("nobody@reed-boats.example", "a wrong password")
    assert known.text.replace(email, "") == unknown.text.replace("nobody@reed-boats.example", "")


async def test_that_a_disabled_person_is_out_at_once(ada: Browser, services: ApiServices) -> None:
    await employ(services, "Bea", Role.OWNER, PASSWORD)
    async with services.database.transaction() as connection:
        await disable_user(connection, "ada@reed-boats.example", services.clock())
    assert (await ada.read("/inbox/queue")).status_code == 303
    assert (await ada.sign_in("ada@reed-boats.example")).status_code == 401


async def test_that_a_link_signs_in_once(browser: Browser, services: ApiServices) -> None:
    email = await employ(services, "Ada", Role.OWNER)
    async with services.database.transaction() as connection:
        user = await known_user(connection, email)
        ticket = await issue_ticket(connection, user.id, services.clock())
    assert (await browser.read(f"/inbox/enter/{ticket}")).headers["location"] == "/inbox"
    assert (await browser.read("/inbox/queue")).status_code == 200
    browser.client.cookies.clear()
    assert (await browser.read(f"/inbox/enter/{ticket}")).headers["location"] == "/inbox/sign-in"
    assert (await browser.read("/inbox/queue")).status_code == 303


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/inbox//evil", "/v1/contacts", "/inboxes"]
)
async def test_that_signing_in_never_leads_to_another_place(
    browser: Browser, services: ApiServices, elsewhere: str
) -> None:
    email = await employ(services, "Ada", Role.MEMBER, PASSWORD)
    data = {"email": email, "password": PASSWORD, "next": elsewhere}
    answer = await browser.client.post("/inbox/sign-in", data=data)
    assert answer.headers["location"] == "/inbox"


async def test_that_who_waits_is_in_the_queue_and_leaves_it_when_taken(
    ada: Browser, services: ApiServices, conversation_id: UUID
) -> None:
    assert str(conversation_id) not in (await ada.read("/inbox/queue")).text
    await hand_off(services, conversation_id)
    page = (await ada.read("/inbox/queue")).text
    assert str(conversation_id) in page
    assert "do you rent canoes?" in page
    taken = await ada.send(f"/inbox/conversations/{conversation_id}/take")
    assert taken.status_code == 303
    assert str(conversation_id) not in (await ada.read("/inbox/queue")).text
    assert str(conversation_id) in (await ada.read("/inbox/queue?tab=mine")).text


async def test_that_the_queue_finds_words_of_messages_and_nothing_else(
    ada: Browser, services: ApiServices, conversation_id: UUID
) -> None:
    await hand_off(services, conversation_id)
    for words, found in (("CANOES", True), ("100%", False), ("_", False), ("c1", True), ("kayak", False)):
        page = await ada.read(f"/inbox/queue?tab=all&q={httpx.QueryParams({'q': words})['q'].replace('%', '%25')}")
        assert (str(conversation_id) in page.text) is found, words


async def test_that_an_unknown_filter_is_none_and_no_error(ada: Browser) -> None:
    page = await ada.read("/inbox/queue?tab=all&channel=nonsense&team=%00&stage=?&before=2026-01-01")
    assert page.status_code == 200


async def test_that_a_person_replies_notes_corrects_and_hands_back(
    ada: Browser, services: ApiServices, conversation_id: UUID
) -> None:
    here = f"/inbox/conversations/{conversation_id}"
    await hand_off(services, conversation_id)
    await ada.send(f"{here}/take")
    await ada.send(f"{here}/reply", text="Yes, from May on.")
    await ada.send(f"{here}/note", text="Regular guest.")
    await ada.send(f"{here}/answer", field="party_size", value="we are 4", reason="she said so on the phone")
    await ada.send(f"{here}/stage", stage="Payment", reason="called me")
    page = (await ada.read(here)).text
    for shown in ("Yes, from May on.", "Regular guest.", "<b>4</b>", "she said so on the phone", "Payment"):
        assert shown in page
    await ada.send(f"{here}/return", reason="not_needed")
    async with services.database.reading() as connection:
        row = (await connection.execute(text("SELECT state, end_reason FROM handoffs"))).one()
        kinds = (await connection.execute(text("SELECT kind, after FROM corrections ORDER BY id"))).all()
        sent = await connection.scalar(text("SELECT count(*) FROM messages WHERE author = 'human'"))
    assert tuple(row) == ("returned", "not_needed")
    assert [kind for kind, _ in kinds] == ["answer", "stage"]
    assert kinds[0][1]["value"] is not None
    assert sent == 1


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("answer", {"field": "party_size", "value": "plenty", "reason": "x"}),
        ("answer", {"field": "colour", "value": "red", "reason": "x"}),
        ("answer", {"field": "party_size", "value": "4", "reason": " "}),
        ("stage", {"stage": "Nowhere", "reason": "x"}),
        ("stage", {"stage": "Hot Lead", "reason": ""}),
        ("note", {"text": "  "}),
    ],
)
async def test_that_a_correction_that_cannot_be_recorded_changes_nothing_and_says_why(
    ada: Browser, services: ApiServices, conversation_id: UUID, path: str, fields: dict[str, str]
) -> None:
    answer = await ada.send(f"/inbox/conversations/{conversation_id}/{path}", **fields)
    assert answer.status_code in (409, 422)
    assert 'role="alert"' in answer.text
    async with services.database.reading() as connection:
        counted = await connection.scalar(
            text("SELECT (SELECT count(*) FROM corrections) + (SELECT count(*) FROM notes)")
        )
    assert counted == 0


async def test_that_two_people_cannot_both_answer(
    ada: Browser, app: FastAPI, services: ApiServices, conversation_id: UUID
) -> None:
    here = f"/inbox/conversations/{conversation_id}"
    await hand_off(services, conversation_id)
    assert (await ada.send(f"{here}/take")).status_code == 303
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://frontdesk") as client:
        bea = Browser(client)
        await bea.enter(services, await employ(services, "Bea", Role.MEMBER))
        assert (await bea.send(f"{here}/take")).status_code == 409
        page = (await bea.read(here)).text
        assert "Ada answers this conversation" in page
        assert f"{here}/take" not in page


async def test_that_what_a_contact_writes_is_never_markup(ada: Browser, site: Site) -> None:
    await site.says('<script>alert("x")</script>')
    page = (await ada.read("/inbox/queue?tab=all")).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


async def test_that_the_pages_speak_the_browser_s_language(ada: Browser) -> None:
    page = await ada.client.get("/inbox/queue", headers={"accept": "text/html", "accept-language": "pl"})
    assert '<html lang="pl">' in page.text
    assert "Kolejka" in page.text


async def test_that_the_pages_may_load_nothing_from_elsewhere(ada: Browser) -> None:
    page = await ada.read("/inbox/queue")
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    assert "style=" not in page.text
