"""Contacts and hand-offs in lists."""

from uuid import UUID, uuid4

import httpx

from api.deps import ApiServices
from tests.integration.api.driver import Site, hand_off, is_problem


async def test_that_a_contact_shows_addresses_stage_and_conversations(
    client: httpx.AsyncClient, site: Site, conversation_id: UUID
) -> None:
    [listed] = (await client.get("/v1/contacts", params={"address": "c1"})).json()["items"]
    shown = (await client.get(f"/v1/contacts/{listed['id']}")).json()
    assert (shown["name"], shown["stage"]) == ("Ina", "New Lead")
    assert shown["identities"] == [
        {"channel": {"id": str(site.id), "kind": "generic", "name": "site"}, "address": "c1"}
    ]
    assert [conversation["id"] for conversation in shown["conversations"]] == [str(conversation_id)]


async def test_that_contacts_are_found_by_stage_and_paged(client: httpx.AsyncClient, site: Site) -> None:
    for number in range(3):
        await site.says("Hi", f"m{number}", contact=f"c{number}")
    first = (await client.get("/v1/contacts", params={"stage": "New Lead", "limit": "2"})).json()
    rest = (await client.get("/v1/contacts", params={"limit": "2", "cursor": first["next_cursor"]})).json()
    assert len({item["id"] for item in first["items"] + rest["items"]}) == 3
    assert (await client.get("/v1/contacts", params={"stage": "Customer"})).json()["items"] == []


async def test_that_an_unknown_contact_is_not_found(client: httpx.AsyncClient) -> None:
    assert is_problem(await client.get(f"/v1/contacts/{uuid4()}"), 404, "contact_not_found")


async def test_that_handoffs_are_found_by_state_and_team(
    client: httpx.AsyncClient, services: ApiServices, conversation_id: UUID
) -> None:
    await hand_off(services, conversation_id)
    for query, expected in (
        ({"state": "waiting"}, 1),
        ({"state": "claimed"}, 0),
        ({"team": "sales"}, 1),
        ({"team": "support"}, 0),
    ):
        found = (await client.get("/v1/handoffs", params=query)).json()["items"]
        assert len(found) == expected, query
    assert is_problem(await client.get("/v1/handoffs", params={"state": "lost"}), 422, "request_invalid")
