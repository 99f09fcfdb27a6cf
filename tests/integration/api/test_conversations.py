"""Reading conversations, and acting in them as a person."""

from decimal import Decimal
from uuid import UUID, uuid4

import httpx
import pytest
from pydantic import JsonValue
from sqlalchemy import text

from agent.repository import TurnRecord, insert_turn, load_snapshot
from api.deps import ApiServices
from frontdesk.access.scopes import Scope
from frontdesk.conversations.learned.repository import insert_answers
from frontdesk.conversations.model import Author, DeliveryState
from frontdesk.conversations.repository import Outbound, insert_outbound
from frontdesk.evidence.types import Evidence
from frontdesk.ids import new_id
from frontdesk.lifecycle.facts import AnswerFact
from frontdesk.lifecycle.moves import Cause
from frontdesk.lifecycle.occasion import Occasion
from frontdesk.values.json_form import value_to_json
from frontdesk.values.types import Quantity
from tests.integration.api.driver import Clock, Site, hand_off, is_problem, key_with


def path(conversation_id: UUID, act: str = "") -> str:
    return f"/v1/conversations/{conversation_id}{act}"


def persons(count: int) -> Quantity:
    return Quantity(Decimal(count), Decimal(count))


async def answer_turn(services: ApiServices, conversation_id: UUID) -> tuple[UUID, UUID]:
    """What a turn leaves behind; returns the ids of the inbound message and of the turn."""
    now = services.clock()
    async with services.database.transaction() as connection:
        snapshot = await load_snapshot(connection, conversation_id, services.playbook.playbook, now)
        assert snapshot is not None
        turn_id, inbound = new_id(), snapshot.messages[0].id
        record = TurnRecord(
            turn_id, "replied", "v1", "offline", None, None, {"calls": []}, 1, 20, 5, Decimal("0.002"), 0, now, now
        )
        await insert_turn(connection, record, snapshot)
        cited: JsonValue = {"passage_id": str(uuid4()), "document": "prices.md", "title": "Canoes", "url": None}
        attributes: dict[str, JsonValue] = {
            "citations": [cited],
            "in_reply_to": ["m1"],
            "brain": "offline",
            "asks": "party_size",
        }
        outbound = Outbound(
            conversation_id, snapshot.channel_id, 2, Author.AGENT, "Yes.", attributes, 1, turn_id,
            DeliveryState.SENDING, now,
        )  # fmt: skip
        await insert_outbound(connection, outbound, now)
        for number in (3, 4):
            fact = AnswerFact(persons(number), (Evidence(inbound, 0, 5, "Hello"),))
            occasion = Occasion(snapshot.contact_id, conversation_id, now, turn_id)
            await insert_answers(connection, {"party_size": fact}, occasion, Cause.AGENT)
    return inbound, turn_id


async def test_that_a_conversation_shows_what_was_said_decided_and_proven(
    client: httpx.AsyncClient, services: ApiServices, conversation_id: UUID
) -> None:
    inbound, turn_id = await answer_turn(services, conversation_id)
    await hand_off(services, conversation_id)
    shown = (await client.get(path(conversation_id))).json()
    assert (shown["mode"], shown["stage"], shown["contact"]["name"]) == ("human", "New Lead", "Ina")
    assert [(m["author"], m["text"]) for m in shown["messages"]] == [
        ("contact", "Hello, do you rent canoes?"),
        ("agent", "Yes."),
    ]
    reply = shown["messages"][1]
    assert (reply["citations"][0]["document"], reply["in_reply_to"]) == ("prices.md", ["m1"])
    assert (reply["delivery"]["state"], reply["brain"], reply["attributes"]) == (
        "sending",
        "offline",
        {"asks": "party_size"},
    )
    [answer] = shown["answers"]
    assert (answer["field"], answer["value"]) == ("party_size", value_to_json(persons(4)))
    assert answer["evidence"] == [{"message_id": str(inbound), "start": 0, "end": 5, "quote": "Hello"}]
    assert [past["value"] for past in answer["history"]] == [value_to_json(persons(3))]
    assert [event["to_stage"] for event in shown["stage_events"]] == ["New Lead"]
    assert [handoff["state"] for handoff in shown["handoffs"]] == ["waiting"]
    assert [(turn["id"], turn["cost"]) for turn in shown["turns"]] == [(str(turn_id), "0.002")]


async def test_that_an_unknown_conversation_is_not_found(client: httpx.AsyncClient) -> None:
    assert is_problem(await client.get(path(uuid4())), 404, "conversation_not_found")
    assert is_problem(await client.get(path(uuid4(), "/messages")), 404, "conversation_not_found")


async def test_that_an_id_that_is_none_is_named_as_the_mistake(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/conversations/nonsense")
    assert is_problem(response, 422, "request_invalid")
    [error] = response.json()["errors"]
    assert error == {"location": "path", "path": "conversation_id", "problem": "must be a UUID"}


async def test_that_conversations_are_found_by_contact_mode_and_stage(
    client: httpx.AsyncClient, site: Site, conversation_id: UUID
) -> None:
    await site.says("Hi", "m2", contact="c2")
    await client.post(path(conversation_id, "/takeover"))
    [mine] = (await client.get("/v1/conversations", params={"contact": "c1"})).json()["items"]
    for query, expected in (
        ({"contact": mine["contact"]["id"]}, 1),
        ({"contact": str(uuid4())}, 0),
        ({"contact": "c1\x00"}, 1),
        ({"mode": "human"}, 1),
        ({"mode": "closed"}, 0),
        ({"stage": "New Lead"}, 2),
        ({"stage": "Customer"}, 0),
    ):
        found = (await client.get("/v1/conversations", params=query)).json()["items"]
        assert len(found) == expected, query


async def test_that_pages_show_each_conversation_once(client: httpx.AsyncClient, site: Site) -> None:
    for number in range(5):
        await site.says("Hi", f"m{number}", contact=f"c{number}")
    seen, cursor = [], None
    while True:
        query = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/v1/conversations", params=query)).json()
        seen += [item["id"] for item in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert len(seen) == 5
    assert seen == sorted(set(seen), reverse=True)


@pytest.mark.parametrize("query", ["cursor=nonsense", "cursor=%00", "limit=0", "limit=201", "limit=x", "mode=asleep"])
async def test_that_a_wrong_query_is_refused(client: httpx.AsyncClient, query: str) -> None:
    response = await client.get(f"/v1/conversations?{query}")
    assert is_problem(response, 422, "cursor_invalid" if "cursor" in query else "request_invalid")


async def test_that_messages_are_paged_newest_first(client: httpx.AsyncClient, site: Site) -> None:
    for number in range(3):
        await site.says(f"line {number}", f"m{number}")
    [conversation] = (await client.get("/v1/conversations")).json()["items"]
    messages = path(conversation["id"], "/messages")
    first = (await client.get(messages, params={"limit": "2"})).json()
    second = (await client.get(messages, params={"limit": "2", "cursor": first["next_cursor"]})).json()
    assert [message["text"] for message in first["items"] + second["items"]] == ["line 2", "line 1", "line 0"]
    assert second["next_cursor"] is None


async def test_that_a_person_takes_over_writes_and_returns(
    client: httpx.AsyncClient, services: ApiServices, conversation_id: UUID
) -> None:
    await hand_off(services, conversation_id)
    taken = (await client.post(path(conversation_id, "/takeover"))).json()
    assert (taken["mode"], taken["owner"], taken["team"]) == ("human", "Ada", "sales")
    sent = await client.post(path(conversation_id, "/messages"), json={"text": "Ada here.", "person": "Ada L."})
    assert sent.status_code == 201
    assert (sent.json()["author"], sent.json()["author_name"]) == ("human", "Ada L.")
    assert sent.json()["delivery"]["state"] == "pending"
    returned = (await client.post(path(conversation_id, "/return"), json={})).json()
    assert (returned["mode"], returned["owner"], returned["epoch"]) == ("agent", None, taken["epoch"] + 1)
    [handoff] = (await client.get("/v1/handoffs")).json()["items"]
    assert (handoff["state"], handoff["owner"]) == ("returned", "Ada")


async def test_that_another_person_cannot_take_what_is_taken(client: httpx.AsyncClient, conversation_id: UUID) -> None:
    await client.post(path(conversation_id, "/takeover"), json={"person": "Ada"})
    response = await client.post(path(conversation_id, "/takeover"), json={"person": "Bo"})
    assert is_problem(response, 409, "not_owner")


@pytest.mark.parametrize("act", ["/messages", "/return"])
async def test_that_a_person_acts_only_after_taking_over(
    client: httpx.AsyncClient, conversation_id: UUID, act: str
) -> None:
    body = {"text": "Hello"} if act == "/messages" else {}
    assert is_problem(await client.post(path(conversation_id, act), json=body), 409, "not_owner")


async def test_that_a_repeated_request_stores_one_message(
    client: httpx.AsyncClient, services: ApiServices, conversation_id: UUID
) -> None:
    await client.post(path(conversation_id, "/takeover"))
    headers = {"Idempotency-Key": "order-1"}
    answers = [
        (await client.post(path(conversation_id, "/messages"), json={"text": "Once."}, headers=headers)).json()
        for _ in range(2)
    ]
    await client.post(path(conversation_id, "/close"))
    late = await client.post(path(conversation_id, "/messages"), json={"text": "Once."}, headers=headers)
    assert {answer["id"] for answer in answers} == {late.json()["id"]}
    assert "idempotency_key" not in late.json()["attributes"]
    async with services.database.reading() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM deliveries")) == 1


async def test_that_a_key_reused_for_another_text_is_refused(client: httpx.AsyncClient, conversation_id: UUID) -> None:
    await client.post(path(conversation_id, "/takeover"))
    headers = {"Idempotency-Key": "order-1"}
    await client.post(path(conversation_id, "/messages"), json={"text": "One."}, headers=headers)
    other = await client.post(path(conversation_id, "/messages"), json={"text": "Two."}, headers=headers)
    assert is_problem(other, 422, "idempotency_key_reused")


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("", "request_invalid"),
        (" \n", "request_invalid"),
        ("\x00", "request_invalid"),
        ("x" * 16_001, "text_too_long"),
        ("🛶" * 8_001, "text_too_long"),
    ],
)
async def test_that_a_text_the_channel_cannot_carry_is_refused(
    client: httpx.AsyncClient, conversation_id: UUID, message: str, code: str
) -> None:
    await client.post(path(conversation_id, "/takeover"))
    response = await client.post(path(conversation_id, "/messages"), json={"text": message})
    assert is_problem(response, 422, code)


async def test_that_closing_ends_the_conversation_with_its_outcome(
    client: httpx.AsyncClient, conversation_id: UUID
) -> None:
    closed = (await client.post(path(conversation_id, "/close"), json={"outcome": "booked"})).json()
    assert (closed["mode"], closed["outcome"]) == ("closed", "booked")
    assert is_problem(await client.post(path(conversation_id, "/takeover")), 409, "conversation_closed")


async def test_that_a_person_moves_the_stage_under_their_name(
    client: httpx.AsyncClient, conversation_id: UUID, clock: Clock
) -> None:
    body = {"stage": "Customer", "reason": "paid in cash", "person": "Bo"}
    assert (await client.post(path(conversation_id, "/stage"), json=body)).json()["stage"] == "Customer"
    event = (await client.get(path(conversation_id))).json()["stage_events"][-1]
    assert (event["from_stage"], event["cause"], event["actor"], event["reason"]) == (
        "New Lead",
        "human",
        "Bo",
        "paid in cash",
    )
    assert is_problem(await client.post(path(conversation_id, "/stage"), json=body), 422, "stage_move_refused")


async def test_that_an_unknown_stage_is_refused(client: httpx.AsyncClient, conversation_id: UUID) -> None:
    body = {"stage": "Nirvana", "reason": "why not"}
    response = await client.post(path(conversation_id, "/stage"), json=body)
    assert is_problem(response, 422, "stage_move_refused")
    assert "Nirvana" in response.json()["detail"]


async def test_that_who_acts_is_the_key_unless_the_request_names_a_person(
    anonymous: httpx.AsyncClient, services: ApiServices, conversation_id: UUID
) -> None:
    headers = await key_with(services, Scope.CONVERSATIONS_WRITE, name="inbox")
    taken = await anonymous.post(path(conversation_id, "/takeover"), headers=headers)
    assert taken.json()["owner"] == "inbox"
