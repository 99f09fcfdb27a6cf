"""Webhook endpoints: subscribed with a secret that is shown once."""

import base64
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from api.deps import ApiServices
from tests.integration.api.driver import is_problem

URL = "https://crm.example/hooks"


async def test_that_an_endpoint_is_added_listed_and_removed(client: httpx.AsyncClient) -> None:
    added = await client.post("/v1/webhook-endpoints", json={"url": URL, "events": ["stage.changed"]})
    assert added.status_code == 201
    assert len(base64.b64decode(added.json()["secret"].removeprefix("whsec_"))) == 32
    [listed] = (await client.get("/v1/webhook-endpoints")).json()
    assert (listed["url"], listed["events"], "secret" in listed) == (URL, ["stage.changed"], False)
    assert (await client.delete(f"/v1/webhook-endpoints/{listed['id']}")).status_code == 204
    assert (await client.get("/v1/webhook-endpoints")).json() == []


async def test_that_a_secret_is_stored_encrypted(client: httpx.AsyncClient, services: ApiServices) -> None:
    secret = "whsec_" + base64.b64encode(bytes(range(32))).decode()
    added = await client.post("/v1/webhook-endpoints", json={"url": URL, "secret": secret})
    assert added.json()["secret"] == secret
    async with services.database.reading() as connection:
        stored = bytes(await connection.scalar(text("SELECT secret FROM webhook_endpoints")) or b"")
    assert secret.encode() not in stored
    assert services.secrets.open(stored).decode() == secret


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"url": "ftp://crm.example"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "crm"}, "url"),
        ({"url": URL, "events": ["no.such"]}, "events.0"),
        ({"url": URL, "secret": "short"}, "secret"),
        ({"url": URL, "secret": "whsec_" + "A" * 33}, "secret"),
    ],
)
async def test_that_a_wrong_endpoint_is_refused(client: httpx.AsyncClient, body: dict[str, object], where: str) -> None:
    response = await client.post("/v1/webhook-endpoints", json=body)
    assert is_problem(response, 422, "request_invalid")
    assert [error["path"] for error in response.json()["errors"]] == [where]


async def test_that_an_unknown_endpoint_is_not_found(client: httpx.AsyncClient) -> None:
    assert is_problem(await client.delete(f"/v1/webhook-endpoints/{uuid4()}"), 404, "endpoint_not_found")
