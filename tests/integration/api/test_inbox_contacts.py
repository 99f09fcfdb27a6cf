"""Contacts in the inbox: found, read as one timeline, merged, exported and forgotten."""

import json
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from api.acts.human_messages import send
from api.deps import ApiServices
from frontdesk.access.people.roles import Role
from frontdesk.channels.contract import ChannelKind
from frontdesk.contacts import merging
from frontdesk.conversations.ownership import HumanMessage
from frontdesk.db.models import Base
from frontdesk.ids import new_id
from tests.integration.api.driver import SECRET, Clock, Site, add_channel, hand_off, is_problem
from tests.integration.api.people import Browser, employ, signed_in

SECRETS = ("Wanda Szczęsna", "+48600100200", "wanda@example.com", "canoes", "wanda-77")
"""What nobody may find after an erasure."""


@pytest.fixture
async def ada(anonymous: httpx.AsyncClient, services: ApiServices) -> Browser:
    """Ada, an owner, signed in."""
    return await signed_in(anonymous, services, "Ada", Role.OWNER)


@pytest.fixture
async def shop(services: ApiServices, anonymous: httpx.AsyncClient, clock: Clock) -> Site:
    """A second channel."""
    settings: dict[str, object] = {"url": "http://127.0.0.1:9/unused"}
    channel_id = await add_channel(services, ChannelKind.GENERIC, "shop", settings, {"secret": SECRET})
    return Site(channel_id, anonymous, clock)


async def wanda_says(site: Site, words: str, address: str = "wanda-77", message: str = "w1", **more: str) -> None:
    contact = {"id": address, "name": "Wanda Szczęsna", "phone": "+48600100200", **more}
    data = {"id": message, "contact": contact, "text": words}
    answer = await site.send(json.dumps({"type": "message.received", "data": data}).encode(), message)
    assert answer.status_code == 200


async def scalar(services: ApiServices, query: str, **values: object) -> object:
    async with services.database.reading() as connection:
        return await connection.scalar(text(query), values)


async def contact_at(services: ApiServices, address: str) -> UUID:
    found = await scalar(services, "SELECT contact_id FROM identities WHERE address = :address", address=address)
    assert isinstance(found, UUID)
    return found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=wanda", True),
        ("q=SZCZ%C4%98SNA", True),
        ("q=600+100+200", True),
        ("q=example.com", True),
        ("q=wanda-77", True),
        ("q=nobody", False),
        ("q=%25", False),
        ("q=_", False),
        ("stage=New+Lead", True),
        ("stage=Customer", False),
        ("before=nonsense", True),
        ("q=%00", True),
    ],
)
async def test_that_contacts_are_found_by_who_they_are(
    ada: Browser, site: Site, services: ApiServices, query: str, found: bool
) -> None:
    await wanda_says(site, "do you rent canoes?", email="wanda@example.com")
    page = await ada.read(f"/inbox/contacts?{query}")
    assert page.status_code == 200
    assert (str(await contact_at(services, "wanda-77")) in page.text) is found


async def test_that_the_list_goes_on_where_it_ends(ada: Browser, site: Site) -> None:
    for number in range(52):
        await site.says("Hi", f"m{number}", contact=f"c{number}")
    first = (await ada.read("/inbox/contacts")).text
    assert first.count('class="row"') == 50
    older = first.split('<a href="/inbox/contacts?before=')[1].split('"')[0]
    assert (await ada.read(f"/inbox/contacts?before={older}")).text.count('class="row"') == 2


async def test_that_one_timeline_has_every_channel_and_the_link_to_the_words(
    ada: Browser, site: Site, shop: Site, services: ApiServices, client: httpx.AsyncClient
) -> None:
    await wanda_says(site, "do you rent canoes?")
    await wanda_says(shop, "and kayaks?", "w-2", "w2")
    kept, other = await contact_at(services, "wanda-77"), await contact_at(services, "w-2")
    await ada.send(f"/inbox/contacts/{kept}/merge", other=str(other))
    event = {"id": "e1", "name": "checkout_started", "contact": {"id": str(other)}, "data": {"cart": 3}}
    assert (await client.post("/v1/events", json=event)).status_code == 200
    page = (await ada.read(f"/inbox/contacts/{kept}")).text
    for shown in (
        "do you rent canoes?",
        "and kayaks?",
        "checkout_started",
        "Stage: New Lead",
        "Stage: Payment",
        "shop",
    ):
        assert shown in page, shown
    message = await scalar(services, "SELECT id FROM messages WHERE text = 'and kayaks?'")
    assert f"#m-{message}" in page
    moved = await ada.read(f"/inbox/contacts/{other}")
    assert (moved.status_code, moved.headers["location"]) == (303, f"/inbox/contacts/{kept}")


async def test_that_contacts_with_one_phone_are_suggested_merged_and_taken_apart(
    ada: Browser, site: Site, shop: Site, services: ApiServices
) -> None:
    await wanda_says(site, "do you rent canoes?")
    await wanda_says(shop, "and kayaks?", "w-2", "w2")
    page = (await ada.read("/inbox/contacts")).text
    assert "same phone number" in page
    accept = page.split('action="/inbox/contacts/merges/')[1].split('"')[0]
    assert (await ada.send(f"/inbox/contacts/merges/{accept}")).status_code == 303
    assert "same phone number" not in (await ada.read("/inbox/contacts")).text
    kept = await contact_at(services, "w-2")
    assert kept == await contact_at(services, "wanda-77")
    page = (await ada.read(f"/inbox/contacts/{kept}")).text
    undo = page.split('action="/inbox/contacts/merges/')[1].split('"')[0]
    assert undo.endswith("/undo")
    assert (await ada.send(f"/inbox/contacts/merges/{undo}")).status_code == 303
    assert await contact_at(services, "w-2") != await contact_at(services, "wanda-77")
    again = await ada.send(f"/inbox/contacts/merges/{undo}")
    assert again.status_code == 404
    assert 'role="alert"' in again.text


async def test_that_a_colleague_without_the_permission_sees_no_merge_and_no_erasure(
    app: FastAPI, services: ApiServices, site: Site
) -> None:
    await wanda_says(site, "hi")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://frontdesk") as client:
        bea = Browser(client)
        await bea.enter(services, await employ(services, "Bea", Role.MEMBER))
        here = f"/inbox/contacts/{await contact_at(services, 'wanda-77')}"
        page = (await bea.read(here)).text
        assert "Wanda" in page
        assert f"{here}/erase" not in page
        assert "/merge" not in page
        assert (await bea.send(f"{here}/erase", name="Wanda Szczęsna")).status_code == 403


_RECORDED = (
    "INSERT INTO answers (id, contact_id, conversation_id, field, status, value, evidence, cause, created_at)"
    " VALUES (:id, :c, :t, 'city', 'answered', '\"canoes\"', :proof, 'agent', :now)",
    "INSERT INTO seen_intents (id, contact_id, conversation_id, intent, evidence, created_at)"
    " VALUES (:id, :c, :t, 'pricing', :proof, :now)",
    "INSERT INTO stage_events (id, contact_id, to_stage, cause, reason, evidence, created_at)"
    " VALUES (:id, :c, 'Payment', 'human', 'wants canoes', :proof, :now)",
    "INSERT INTO notes (id, conversation_id, author, text, after_seq, created_at)"
    " VALUES (:id, :t, 'Ada', 'Wanda Szczęsna wants canoes', 1, :now)",
    "INSERT INTO corrections (id, conversation_id, kind, subject, before, after, reason, by, after_seq,"
    " created_at) VALUES (:id, :t, 'answer', 'city', '{\"value\": \"canoes\"}', '{\"value\": \"canoes\"}',"
    " 'canoes', 'Ada', 1, :now)",
    "INSERT INTO contact_events (id, external_id, contact_id, name, data, occurred_at, created_at)"
    " VALUES (:id, 'order-wanda-77', :c, 'purchase', '{\"what\": \"canoes\"}', :now, :now)",
    "INSERT INTO turns (id, conversation_id, after_seq, through_seq, epoch, outcome, playbook_version, brain,"
    " trace, model_calls, tokens_in, tokens_out, cost, superseded, started_at, finished_at)"
    " VALUES (:id, :t, 0, 1, 1, 'replied', 'v', 'offline',"
    ' \'{"confidence": 0.5, "calls": ["canoes"]}\', 0, 0, 0, 0, 0, :now, :now)',
    "INSERT INTO webhook_endpoints (id, url, secret, events, created_at) VALUES (:c, 'https://x', '', '{}', :now)",
    "INSERT INTO outgoing_events (id, endpoint_id, type, payload, state, due_at, created_at)"
    " VALUES (:id, :c, 'x', jsonb_build_object('contact_id', CAST(:c AS text), 'brief', 'canoes'), 'sent',"
    " :now, :now)",
    "INSERT INTO knowledge_gaps (id, state, question, asked, newest_at, created_at)"
    " VALUES (:c, 'open', 'do you rent canoes?', 1, :now, :now)",
    "INSERT INTO playbook_replays (id, source, author, days, state, created_at, seen_at)"
    " VALUES (:c, '', 'Ada', 7, 'done', :now, :now)",
    "INSERT INTO replayed_leads (id, replay_id, conversation_id, changes, why)"
    ' VALUES (:id, :c, :t, \'[{"before": "canoes"}]\', \'[{"reason": "now: canoes"}]\')',
    "INSERT INTO gap_questions (id, gap_id, conversation_id, message_id, text, nearest, confidence, asked_at)"
    " VALUES (:id, :c, :t, :message, 'do you rent canoes?', '[]', 0.1, :now)",
)
"""A row of hers in each table that nothing else fills: `:c` is the contact, `:t` the conversation."""


async def fill(services: ApiServices, site: Site, shop: Site) -> UUID:
    """Wanda with something of her in every table that can hold it."""
    await wanda_says(site, "do you rent canoes?", email="wanda@example.com")
    await wanda_says(shop, "canoes, wanda-77 again", "w-2", "w2")
    kept, other = await contact_at(services, "wanda-77"), await contact_at(services, "w-2")
    talk = await scalar(services, "SELECT id FROM conversations WHERE contact_id = :id", id=kept)
    assert isinstance(talk, UUID)
    await hand_off(services, talk)
    proof = [{"message_id": str(talk), "start": 0, "end": 6, "quote": "canoes"}]
    values = {"c": kept, "t": talk, "now": services.clock(), "proof": json.dumps(proof), "at": services.clock()}
    async with services.database.transaction() as connection:
        await send(
            connection,
            services.jobs,
            talk,
            HumanMessage("Yes, canoes", "Ada"),
            services.clock(),
            idempotency_key="k",
        )
        message = await connection.scalar(text("SELECT id FROM messages WHERE text LIKE 'do you%'"))
        for statement in _RECORDED:
            await connection.execute(text(statement), {**values, "id": new_id(), "message": message})
        await merging.merge(connection, kept, other, "ada", services.clock())
    return kept


async def holding(services: ApiServices, words: str) -> list[str]:
    """The tables in which the words still stand, anywhere in a row."""
    found = []
    async with services.database.reading() as connection:
        for name, table in Base.metadata.tables.items():
            bodies = ", convert_from(body, 'UTF8')" if name == "raw_events" else ""
            query = f"SELECT count(*) FROM {table.name} AS t WHERE concat(to_jsonb(t)::text{bodies}) ILIKE :words"
            if await connection.scalar(text(query), {"words": f"%{words}%"}):
                found.append(name)
    return found


async def counts(services: ApiServices) -> dict[str, object]:
    return {name: await scalar(services, f"SELECT count(*) FROM {name}") for name in Base.metadata.tables}


async def test_that_an_erasure_leaves_no_word_anywhere_and_every_count(
    ada: Browser, site: Site, shop: Site, services: ApiServices
) -> None:
    contact_id = await fill(services, site, shop)
    site.clock.advance(seconds=1)
    await site.says("I like boats", "m9", contact="c9")
    before = await counts(services)
    assert all([await holding(services, words) for words in SECRETS])
    here = f"/inbox/contacts/{contact_id}"
    refused = await ada.send(f"{here}/erase", name="Wanda")
    assert refused.status_code == 422
    assert await holding(services, "canoes")
    assert (await ada.send(f"{here}/erase", name=" wanda szczęsna ")).status_code == 303
    for words in SECRETS:
        assert await holding(services, words) == [], words
    assert await counts(services) == before
    assert set(await holding(services, "I like boats")) == {"messages", "raw_events"}
    assert await scalar(services, "SELECT count(*) FROM conversations WHERE mode <> 'closed'") == 1
    assert await scalar(services, "SELECT count(*) FROM deliveries WHERE state = 'pending'") == 0
    assert await scalar(services, "SELECT count(*) FROM handoffs WHERE state = 'closed'") == 1
    assert await scalar(services, "SELECT count(*) FROM contacts WHERE erased_at IS NOT NULL") == 2
    page = await ada.read(here)
    assert page.status_code == 200
    assert "Erased contact" in page.text
    assert (await ada.read("/inbox/queue?tab=all")).status_code == 200
    assert (await ada.send(f"{here}/erase", name="Wanda Szczęsna")).status_code == 409


async def test_that_who_was_erased_and_writes_again_is_a_new_contact(
    ada: Browser, site: Site, services: ApiServices
) -> None:
    await wanda_says(site, "hello")
    old = await contact_at(services, "wanda-77")
    await ada.send(f"/inbox/contacts/{old}/erase", name="Wanda Szczęsna")
    await wanda_says(site, "hello", message="w1")  # the channel repeats itself
    assert await scalar(services, "SELECT count(*) FROM contacts") == 1
    await wanda_says(site, "me again", message="w2")
    assert await contact_at(services, "wanda-77") != old


async def test_that_an_export_has_everything_and_of_nobody_else(
    ada: Browser, client: httpx.AsyncClient, site: Site, shop: Site, services: ApiServices
) -> None:
    contact_id = await fill(services, site, shop)
    site.clock.advance(seconds=1)
    await site.says("I like boats", "m9", contact="c9")
    answer = await ada.read(f"/inbox/contacts/{contact_id}/export")
    assert answer.headers["content-disposition"].startswith("attachment")
    exported = answer.json()
    assert exported == (await client.get(f"/v1/contacts/{contact_id}/export")).json()
    text_of_it = json.dumps(exported, ensure_ascii=False)
    for words in SECRETS:
        assert words in text_of_it
    assert "I like boats" not in text_of_it
    assert {name for name, rows in exported["records"].items() if not rows} <= {
        "follow_ups",
        "conversation_figures",
        "turn_figures",
        "move_figures",
    }
    assert len(exported["records"]["contacts"]) == 2


async def test_that_the_api_erases_only_by_the_name(
    client: httpx.AsyncClient, site: Site, services: ApiServices
) -> None:
    await wanda_says(site, "do you rent canoes?")
    contact_id = await contact_at(services, "wanda-77")
    wrong = await client.post(f"/v1/contacts/{contact_id}/erase", json={"name": "Someone"})
    assert is_problem(wrong, 422, "erasure_unconfirmed")
    done = await client.post(f"/v1/contacts/{contact_id}/erase", json={"name": "Wanda Szczęsna"})
    assert done.json()["messages"] == 1
    shown = (await client.get(f"/v1/contacts/{contact_id}")).json()
    assert (shown["name"], shown["phone"], shown["erased_at"] is not None) == (None, None, True)
    again = await client.post(f"/v1/contacts/{contact_id}/erase", json={"name": "Wanda Szczęsna"})
    assert is_problem(again, 409, "contact_erased")


async def test_that_what_a_contact_is_called_is_never_markup(ada: Browser, site: Site, services: ApiServices) -> None:
    await wanda_says(site, "<script>alert(1)</script>", name="<img src=x onerror=alert(2)>")
    for path in ("/inbox/contacts", f"/inbox/contacts/{await contact_at(services, 'wanda-77')}"):
        page = (await ada.read(path)).text
        assert "<img" not in page
        assert "<script>alert" not in page
