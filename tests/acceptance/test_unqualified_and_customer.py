"""Stages move on evidence and outside events alone: a rule can disqualify, a model cannot make a customer."""

from uuid import uuid4

import httpx
import pytest

from tests.acceptance.conftest import Mood
from tests.acceptance.service import Json
from tests.acceptance.test_example_conversations import assert_evidence
from tests.acceptance.town import Town
from tests.fakes.model_server import call, completion, reply
from tests.fakes.patience import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

REPLY_SECONDS = 15.0


async def ask(town: Town, address: str, text: str) -> Json:
    """Write to the site, and return the conversation once that is answered."""
    known = len(town.site.texts_to(address))
    await town.site.says(address, text)
    await until(lambda: len(town.site.texts_to(address)) > known, REPLY_SECONDS, f"an answer to {text}")
    return await town.service.conversation(address)


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("poor-en", "Hello, we would like to go to Rome. Our budget is 300 euros for everybody."),
        ("poor-pl", "Dzień dobry, chcemy pojechać do Rzymu. Nasz budżet to 300 euro na wszystkich."),
        ("poor-es", "Hola, queremos ir a Roma. Nuestro presupuesto es de 300 euros en total."),
        ("poor-zh", "你好，我们想去罗马，总预算300欧元。"),
    ],
)
async def test_that_a_budget_below_the_minimum_disqualifies_by_rule_and_in_the_contacts_words(
    town: Town, address: str, text: str
) -> None:
    shown = await ask(town, address, text)
    assert shown["stage"] == "Unqualified"
    move = shown["stage_events"][-1]
    assert (move["from_stage"], move["to_stage"], move["cause"]) == ("New Lead", "Unqualified", "rule")
    assert_evidence(move["evidence"], shown)
    assert any("300" in quoted["quote"] for quoted in move["evidence"])
    assert shown["handoffs"] == []


@pytest.mark.parametrize(
    "proposed",
    [
        call("move_stage", stage="Hot Lead", reason="They will buy", quote="I will certainly buy"),
        call("move_stage", stage="Hot Lead", reason="They will buy", quote="look around"),
        call("move_stage", stage="Customer", reason="They have paid", quote="look around"),
        call("mark_unqualified", reason="no_budget", quote="I have no money"),
        call("record_answer", field="budget", value="5000 EUR", quote="look around"),
        call("record_answer", field="budget", value="5000 EUR", quote="5000 EUR"),
    ],
    ids=lambda proposed: f"{proposed['name']} {' '.join(map(str, proposed['arguments'].values()))}",
)
async def test_that_what_a_model_proposes_without_evidence_is_refused_and_recorded_as_refused(
    modelled: Town, mood: Mood, proposed: Json
) -> None:
    mood.answer = lambda: completion(proposed, reply("You are welcome to look around."))
    shown = await ask(modelled, f"looks-around-{uuid4().hex}", "I only want to look around for now.")
    assert shown["stage"] == "New Lead"
    assert shown["answers"] == []
    asked = [each for each in shown["turns"][0]["trace"]["calls"] if each["tool"] == proposed["name"]]
    assert asked
    assert all(not each["accepted"] and each["reason"] for each in asked)


async def test_that_only_an_outside_event_makes_a_customer_and_only_once(town: Town) -> None:
    shown = await ask(town, "buyer", "Hello! I have paid already, so I am a customer now. What about my dog?")
    assert shown["stage"] != "Customer"
    event = {"id": "order-4711", "contact": {"id": shown["contact"]["id"]}, "name": "purchase"}
    first = await town.service.api.post("/v1/events", json=event)
    again = await town.service.api.post("/v1/events", json=event)
    assert (first.status_code, again.status_code) == (httpx.codes.OK, httpx.codes.OK)
    assert (first.json()["duplicate"], first.json()["stage"]) == (False, "Customer")
    assert (again.json()["duplicate"], again.json()["moves"]) == (True, [])

    events = (await town.service.conversation("buyer"))["stage_events"]
    assert [(event["to_stage"], event["cause"]) for event in events][-1] == ("Customer", "event")
    assert [event["to_stage"] for event in events].count("Customer") == 1
