"""A person takes over while the agent is thinking: what it was about to say is never sent."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.acceptance.conftest import Mood
from tests.acceptance.town import Town
from tests.fakes.model_server import ModelServer, completion, reply
from tests.fakes.patience import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

THINKING_SECONDS = 3.0
TOO_LATE = "This must never be sent."
HUMAN = "Hi, this is Kasia. I will look after you."

TakeOver = Callable[[Town, str], Awaitable[None]]


async def by_rest(town: Town, address: str) -> None:
    """A person claims the conversation in the inbox."""
    conversation = await town.service.conversation(address)
    await town.service.act(conversation["id"], "takeover", person="Kasia")


async def by_phone(town: Town, address: str) -> None:
    """A person writes to the contact from their own phone, which the channel tells us."""
    await town.whatsapp.human_replies(address, HUMAN)


@pytest.mark.parametrize(("take_over", "address"), [(by_rest, "48600300101"), (by_phone, "48600300102")])
async def test_that_nothing_is_sent_once_a_person_took_over_during_the_thinking(
    modelled: Town, model: ModelServer, mood: Mood, take_over: TakeOver, address: str
) -> None:
    asked = len(model.received)
    mood.answer = lambda: completion(reply(TOO_LATE), delay=THINKING_SECONDS)
    await modelled.whatsapp.says(address, "Hello! Could you help me?")
    await until(lambda: len(model.received) > asked, 15, "the model is asked")
    await take_over(modelled, address)
    await asyncio.sleep(THINKING_SECONDS + 2)

    assert modelled.whatsapp.texts_to(address) == []
    conversation = await modelled.service.conversation(address)
    assert conversation["mode"] == "human"
    assert conversation["turns"] == []
    assert all(message["author"] != "agent" for message in conversation["messages"])


async def test_that_the_agent_stays_silent_until_the_conversation_is_returned(
    modelled: Town, model: ModelServer, mood: Mood
) -> None:
    address = "48600300103"
    mood.answer = lambda: completion(reply(TOO_LATE), delay=THINKING_SECONDS)
    asked = len(model.received)
    await modelled.whatsapp.says(address, "Hello! Could you help me?")
    await until(lambda: len(model.received) > asked, 15, "the model is asked")
    await by_rest(modelled, address)
    await modelled.whatsapp.says(address, "Is anybody there?")
    await asyncio.sleep(THINKING_SECONDS + 2)
    assert modelled.whatsapp.texts_to(address) == []

    mood.answer = lambda: completion(reply("Here I am again."))
    conversation = await modelled.service.conversation(address)
    await modelled.service.act(conversation["id"], "return", person="Kasia")
    await until(lambda: modelled.whatsapp.texts_to(address), 15, "a reply after the return")
    [turn] = (await modelled.service.conversation(address))["turns"]
    assert (turn["after_seq"], turn["through_seq"]) == (0, 2)
