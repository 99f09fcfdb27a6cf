"""One reply to a message however often it is delivered, and one reply to messages that belong together."""

import asyncio

import pytest

from tests.acceptance.town import Town
from tests.fakes.patience import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

REPLY_SECONDS = 15.0
SETTLED_SECONDS = 2.5
"""By then a second reply would have come."""


async def test_that_a_telegram_update_delivered_five_times_at_once_is_answered_once(modelled: Town) -> None:
    _, update = modelled.telegram.update("7001", "Hello!")
    await asyncio.gather(*(modelled.telegram.push(update) for _ in range(5)))
    await until(lambda: modelled.telegram.texts_to("7001"), REPLY_SECONDS, "a reply")
    await asyncio.sleep(SETTLED_SECONDS)
    assert len(modelled.telegram.texts_to("7001")) == 1
    await _assert_one_turn_over_one_message(modelled, "7001")


async def test_that_a_whatsapp_message_delivered_five_times_at_once_is_answered_once(modelled: Town) -> None:
    _, body = modelled.whatsapp.message("48600700200", "Hello!")
    await asyncio.gather(*(modelled.whatsapp.push(body) for _ in range(5)))
    await until(lambda: modelled.whatsapp.texts_to("48600700200"), REPLY_SECONDS, "a reply")
    await asyncio.sleep(SETTLED_SECONDS)
    assert len(modelled.whatsapp.texts_to("48600700200")) == 1
    await _assert_one_turn_over_one_message(modelled, "48600700200")


async def test_that_a_generic_message_delivered_five_times_at_once_in_other_words_is_answered_once(
    modelled: Town,
) -> None:
    """The id decides, not the bytes: each copy has a time of its own, so that no two bodies are the same."""
    data: dict[str, object] = {"id": "m-1", "contact": {"id": "c-3"}, "text": "Hello!"}
    await asyncio.gather(*(modelled.site.push("m-1", {**data, "copy": copy}) for copy in range(5)))
    await until(lambda: modelled.site.texts_to("c-3"), REPLY_SECONDS, "a reply")
    await asyncio.sleep(SETTLED_SECONDS)
    assert len(modelled.site.texts_to("c-3")) == 1
    assert not modelled.site.repeated
    await _assert_one_turn_over_one_message(modelled, "c-3")


async def test_that_a_message_delivered_again_after_its_answer_is_not_answered_again(modelled: Town) -> None:
    _, update = modelled.telegram.update("7004", "Hello!")
    await modelled.telegram.push(update)
    await until(lambda: modelled.telegram.texts_to("7004"), REPLY_SECONDS, "a reply")
    await modelled.telegram.push(update)
    await asyncio.sleep(SETTLED_SECONDS)
    assert len(modelled.telegram.texts_to("7004")) == 1


async def test_that_five_messages_in_two_seconds_are_one_turn_with_one_reply_to_all(modelled: Town) -> None:
    texts = ("Hello!", "We would like to travel", "to Crete", "with the children", "in July")
    ids = []
    for text in texts:
        ids.append(await modelled.site.says("c-5", text))
        await asyncio.sleep(0.35)
    await until(lambda: modelled.site.messages_to("c-5"), REPLY_SECONDS, "a reply")
    await asyncio.sleep(SETTLED_SECONDS)
    [reply] = modelled.site.messages_to("c-5")
    assert reply["in_reply_to"] == ids
    conversation = await modelled.service.conversation("c-5")
    [turn] = conversation["turns"]
    assert (turn["after_seq"], turn["through_seq"]) == (0, 5)
    assert [message["text"] for message in conversation["messages"][:5]] == list(texts)


async def _assert_one_turn_over_one_message(modelled: Town, address: str) -> None:
    conversation = await modelled.service.conversation(address)
    assert [message["direction"] for message in conversation["messages"]] == ["in", "out"]
    assert [turn["through_seq"] for turn in conversation["turns"]] == [1]
