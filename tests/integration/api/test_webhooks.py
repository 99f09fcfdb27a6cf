"""Channels bring messages: stored before the answer, refused with the statuses that channels understand."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from api.app import create_app
from api.deps import ApiServices
from frontdesk.channels.contract import ChannelKind
from frontdesk.channels.directory import ChannelDirectory
from frontdesk.channels.intake import ChannelIntake
from frontdesk.channels.repository import update_channel
from frontdesk.db.engine import open_database
from tests.integration.api.driver import Site, add_channel, is_problem

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("\x00\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
TEXT = st.text(st.characters(), min_size=1, max_size=30)
NAME = TEXT | JSON
PERSON = st.fixed_dictionaries({"id": NAME}, optional={"name": NAME, "phone": JSON, "email": JSON, "extra": JSON})


async def count(services: ApiServices, table: str) -> int:
    async with services.database.reading() as connection:
        return int(await connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


@pytest.fixture
async def whatsapp(services: ApiServices) -> str:
    secrets = {"app_secret": "app", "access_token": "access", "verify_token": "subscribe-me"}
    return str(await add_channel(services, ChannelKind.WHATSAPP, "number", {"phone_number_id": "1"}, secrets))


@pytest.fixture
async def telegram(services: ApiServices) -> str:
    secrets = {"bot_token": "1:bot", "secret_token": "shared"}
    return str(await add_channel(services, ChannelKind.TELEGRAM, "bot", {}, secrets))


async def test_that_a_message_is_stored_and_wakes_a_turn_before_the_answer(site: Site, services: ApiServices) -> None:
    response = await site.says("Hello")
    assert (response.status_code, response.content) == (200, b"")
    assert await count(services, "messages") == 1
    assert await count(services, "procrastinate_jobs") == 1


async def test_that_a_message_delivered_five_times_at_once_is_stored_once(site: Site, services: ApiServices) -> None:
    responses = await asyncio.gather(*(site.says("Hello") for _ in range(5)))
    assert {response.status_code for response in responses} == {200}
    assert await count(services, "messages") == 1
    assert await count(services, "contacts") == 1


async def test_that_a_body_with_another_signature_is_refused_and_not_stored(site: Site, services: ApiServices) -> None:
    response = await site.client.post(f"/webhooks/{site.id}", content=b"{}", headers={"webhook-signature": "v1,AA"})
    assert is_problem(response, 401, "signature_refused")
    assert await count(services, "raw_events") == 0


@pytest.mark.parametrize("channel", ["01890000-0000-7000-8000-000000000000", "nonsense", "%00", "../x", "٣" * 32])
async def test_that_an_unknown_channel_is_not_found(site: Site, channel: str) -> None:
    response = await site.client.post(f"/webhooks/{channel}", content=b"{}")
    assert response.status_code == 404


async def test_that_a_removed_channel_is_not_found(site: Site, services: ApiServices) -> None:
    async with services.database.transaction() as connection:
        await update_channel(connection, site.id, state="removed")
    assert is_problem(await site.says("Hello"), 404, "channel_not_found")


@pytest.mark.parametrize("body", [b"", b"hello", b"[1]", b'{"type":', '{"a": "\udcff"}'.encode("utf-8", "replace")])
async def test_that_a_body_that_is_no_object_is_unreadable(site: Site, body: bytes) -> None:
    response = await site.send(body)
    expected = 200 if body.startswith(b'{"a"') else 400
    assert response.status_code == expected


async def test_that_a_body_over_the_limit_is_refused_by_its_declared_length(site: Site) -> None:
    response = await site.client.post(f"/webhooks/{site.id}", content=b"x" * 50_001)
    assert is_problem(response, 413, "body_too_large")


async def test_that_a_body_over_the_limit_is_refused_when_it_declares_no_length(site: Site) -> None:
    sent = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(100):
            sent += 1
            yield b"x" * 1000

    response = await site.client.post(f"/webhooks/{site.id}", content=chunks())
    assert is_problem(response, 413, "body_too_large")
    assert response.request.headers["transfer-encoding"] == "chunked"


async def test_that_metas_challenge_is_answered_as_it_was_given(whatsapp: str, anonymous: httpx.AsyncClient) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "subscribe-me", "hub.challenge": "1158201444"}
    response = await anonymous.get(f"/webhooks/{whatsapp}", params=query)
    assert (response.status_code, response.text) == (200, "1158201444")
    assert response.headers["content-type"].startswith("text/plain")


async def test_that_a_challenge_with_another_token_is_refused(whatsapp: str, anonymous: httpx.AsyncClient) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "guess", "hub.challenge": "1"}
    assert is_problem(await anonymous.get(f"/webhooks/{whatsapp}", params=query), 403, "challenge_refused")


async def test_that_a_channel_without_challenges_refuses_one(site: Site) -> None:
    assert is_problem(await site.client.get(f"/webhooks/{site.id}"), 403, "challenge_refused")


async def test_that_an_absent_database_is_the_senders_reason_to_try_again(site: Site, services: ApiServices) -> None:
    gone = open_database("postgresql://127.0.0.1:1/nowhere")
    for without in (
        replace(services, channels=ChannelDirectory(gone, services.secrets)),
        replace(services, intake=ChannelIntake(gone, services.intake.intake)),
    ):
        transport = httpx.ASGITransport(create_app(without))
        async with httpx.AsyncClient(transport=transport, base_url="http://frontdesk") as client:
            response = await Site(site.id, client, site.clock).says("Hello")
        assert is_problem(response, 503, "unavailable")
        assert response.headers["retry-after"]
        assert "127.0.0.1" not in response.text
    await gone.close()


HARDLY_BOUNDED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@HARDLY_BOUNDED
@given(
    data=st.fixed_dictionaries({"id": NAME, "contact": PERSON, "text": NAME}, optional={"sent_at": JSON, "more": JSON}),
    kind=st.sampled_from(["message.received", "message.sent_by_human", "message.status", "other"]),
)
async def test_that_no_generic_body_makes_a_server_error(site: Site, data: dict[str, object], kind: str) -> None:
    response = await site.send(json.dumps({"type": kind, "data": data}).encode())
    assert response.status_code in (200, 400)


@HARDLY_BOUNDED
@given(
    message=st.fixed_dictionaries(
        {"from": NAME, "id": NAME, "type": st.sampled_from(["text", "image", "button", "reaction"]) | JSON},
        optional={"text": st.fixed_dictionaries({"body": NAME}), "image": JSON, "context": JSON, "referral": JSON},
    ),
    contacts=st.lists(st.fixed_dictionaries({"wa_id": NAME, "profile": JSON}), max_size=2),
)
async def test_that_no_whatsapp_body_makes_a_server_error(
    whatsapp: str, anonymous: httpx.AsyncClient, message: dict[str, object], contacts: list[object]
) -> None:
    value = {"messaging_product": "whatsapp", "contacts": contacts, "messages": [message]}
    entry = {"id": "1", "changes": [{"field": "messages", "value": value}]}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
    signature = hmac.new(b"app", body, hashlib.sha256).hexdigest()
    headers = {"x-hub-signature-256": f"sha256={signature}"}
    assert (await anonymous.post(f"/webhooks/{whatsapp}", content=body, headers=headers)).status_code == 200


NUMBER = st.integers(1, 2**70) | JSON
CHAT = st.fixed_dictionaries({"id": NUMBER, "type": st.just("private") | JSON}, optional={"username": NAME})


@HARDLY_BOUNDED
@given(
    message=st.fixed_dictionaries(
        {"message_id": NUMBER, "chat": CHAT, "date": NUMBER},
        optional={
            "from": CHAT,
            "text": NAME,
            "caption": NAME,
            "photo": JSON,
            "contact": JSON,
            "reply_to_message": JSON,
        },
    ),
    kind=st.sampled_from(["message", "edited_message", "business_message", "other"]),
)
async def test_that_no_telegram_body_makes_a_server_error(
    telegram: str, anonymous: httpx.AsyncClient, message: dict[str, object], kind: str
) -> None:
    body = json.dumps({"update_id": 1, kind: message}).encode()
    headers = {"x-telegram-bot-api-secret-token": "shared"}
    assert (await anonymous.post(f"/webhooks/{telegram}", content=body, headers=headers)).status_code == 200
