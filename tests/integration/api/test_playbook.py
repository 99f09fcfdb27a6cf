"""The playbook over REST: drafts of it checked, replayed over what was written, and published."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from api.app import create_app
from api.deps import ApiServices
from frontdesk.access.scopes import Scope
from frontdesk.lifecycle.playbook_versions.repository import list_versions
from frontdesk.playbook.loading import load_playbook
from tests.integration.api.drafts import DRAFT, FAILS, WAITS, stand_in, tells, with_own_file
from tests.integration.api.driver import is_problem, key_with


@pytest.fixture
def own(services: ApiServices, tmp_path: Path) -> ApiServices:
    """The services, with a playbook file of their own."""
    return with_own_file(services, tmp_path)


@pytest.fixture
async def caller(own: ApiServices) -> AsyncIterator[httpx.AsyncClient]:
    """Someone whose key may read the playbook and publish another."""
    headers = await key_with(own, Scope.PLAYBOOK_READ, Scope.PLAYBOOK_WRITE, name="deploy")
    transport = httpx.ASGITransport(create_app(own))
    async with httpx.AsyncClient(transport=transport, base_url="http://frontdesk", headers=headers) as client:
        yield client


async def settled(caller: httpx.AsyncClient, replay: str, state: str) -> dict[str, object]:
    """The replay once it stands so."""
    async with asyncio.timeout(30):
        while (found := (await caller.get(f"/v1/playbook/replays/{replay}")).json())["state"] != state:
            await asyncio.sleep(0.05)
    assert isinstance(found, dict)
    return found


async def started(caller: httpx.AsyncClient, **body: object) -> str:
    """The id of a replay that goes on."""
    answer = await caller.post("/v1/playbook/replays", json={"draft": DRAFT, **body})
    assert (answer.status_code, answer.json()["state"]) == (202, "running")
    return str(answer.json()["id"])


async def test_that_a_draft_is_made_from_what_runs(caller: httpx.AsyncClient, own: ApiServices) -> None:
    running = (await caller.get("/v1/playbook")).json()
    assert running["source"] == own.playbook.path.read_text()
    assert running["writable"]
    check = (await caller.post("/v1/playbook/check", json={"draft": running["source"]})).json()
    assert check == {"usable": True, "version": running["version"], "running": running["version"], "findings": []}


async def test_that_each_mistake_of_a_draft_is_told_with_its_line(caller: httpx.AsyncClient) -> None:
    wrong = "business:\n  name: Reed Boats\nfields:\n  - {name: size, type: numbr, ask: How many?}\n"
    check = (await caller.post("/v1/playbook/check", json={"draft": wrong})).json()
    assert (check["usable"], check["version"]) == (False, None)
    [found] = check["findings"]
    assert (found["line"], found["severity"]) == (4, "error")
    assert "number" in found["right"]


async def test_that_a_replay_names_the_leads_that_would_have_ended_otherwise(
    caller: httpx.AsyncClient, own: ApiServices, conversation_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, message_id = await tells(own, conversation_id)
    stand_in(monkeypatch, code)
    replay = await started(caller, days=7)
    done = await settled(caller, replay, "done")
    assert (done["author"], done["conversations"], done["replayed"], done["changed"]) == ("deploy", 2, 2, 1)
    assert done["draft"] == DRAFT
    page = (await caller.get(f"/v1/playbook/replays/{replay}/leads", params={"limit": 1})).json()
    [lead] = page["items"]
    assert (lead["conversation_id"], lead["message_id"]) == (str(conversation_id), str(message_id))
    assert lead["changes"] == [{"what": "stage", "before": "New Lead", "after": "<b>Hot</b> Lead"}]
    assert lead["why"] == ["now: intent pricing"]
    assert page["next_cursor"] is None
    assert [each["id"] for each in (await caller.get("/v1/playbook/replays")).json()] == [replay]


async def test_that_a_replay_says_how_far_it_is_and_keeps_others_waiting(
    caller: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = stand_in(monkeypatch, WAITS)
    replay = await started(caller, person="Ola")
    again = await caller.post("/v1/playbook/replays", json={"draft": DRAFT})
    assert is_problem(again, 409, "replay_busy")
    async with asyncio.timeout(30):
        while (await caller.get(f"/v1/playbook/replays/{replay}")).json()["conversations"] != 4:
            await asyncio.sleep(0.05)
    await running.close()


async def test_that_a_replay_that_fails_says_so(caller: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, FAILS)
    assert (await settled(caller, await started(caller), "failed"))["problem"] == "the service's log says why"


async def test_that_publishing_replaces_the_file_and_keeps_who_did_it(
    caller: httpx.AsyncClient, own: ApiServices
) -> None:
    base = own.playbook.version
    answer = await caller.post("/v1/playbook/publish", json={"draft": DRAFT, "base": base, "person": "Ola"})
    assert answer.json() == {"version": load_playbook(own.playbook.path).version}
    assert own.playbook.path.read_text() == DRAFT
    async with own.database.reading() as connection:
        [version] = await list_versions(connection, 2)
    assert (version.version, version.published_by) == (answer.json()["version"], "Ola")
    late = await caller.post("/v1/playbook/publish", json={"draft": DRAFT, "base": base})
    assert is_problem(late, 409, "playbook_changed")


@pytest.mark.parametrize("path", ["replays", "publish"])
async def test_that_a_draft_with_mistakes_is_refused(caller: httpx.AsyncClient, own: ApiServices, path: str) -> None:
    body = {"draft": "business: {}"} | ({"base": own.playbook.version} if path == "publish" else {})
    assert is_problem(await caller.post(f"/v1/playbook/{path}", json=body), 422, "draft_unusable")
    assert own.playbook.path.read_text() != "business: {}"
