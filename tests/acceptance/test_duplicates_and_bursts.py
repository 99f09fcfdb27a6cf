"""One reply to a message however often it is delivered, and one reply to messages that belong together."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.acceptance.service import until
from tests.acceptance.town import Town, running_town

pytestmark = pytest.mark.asyncio(loop_scope="module")

REPLY_SECONDS = 15.0
SETTLED_SECONDS = 2.5
"""By then a second reply would have come."""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """With two workers, so that a job which runs twice would show."""
    directory = tmp_path_factory.mktemp("town")
    limits = {"quiet_window": "1s", "quiet_window_cap": "8s"}
    async with running_town(directory, limits=limits, workers=2, FRONTDESK_BRAIN="offline") as town:
        yield town


async def test_that_a_telegram_update_delivered_five_times_at_once_is_answered_once(town: Town) -> None:
    _, update = town.telegram.update("7001", "Hello!")
    await asyncio.gather(*(town.telegram.push(update) for _ in range(5)))
    await until(lambda: town.telegram.texts_to("7001"), REPLY_SECONDS, "a reply")
    await asyncio.sleep(SETTLED_SECONDS)
    assert len(town.telegram.texts_to("7001")) == 1
    await _assert_one_turn_over_one_message(town, "7001")


async def test_that_a_whatsapp_message_delivered_five_times_at_once_is_answered_once(town: Town) -> None:
    _, body = town.whatsapp.message("48600700200", "Hello!")
    await asyncio.gather(*(town.whatsapp.push(body) for _ in range(5)))
    await until(lambda: town.whatsapp.texts_to("48600700200"), REPLY_SECONDS, "a reply")
    await asyncio.sleep(SETTLED_SECONDS)
    assert len(town.whatsapp.texts_to("48600700200")) == 1
    await _assert_one_turn_over_one_message(town, "48600700200")


async def test_that_a_generic_message_delivered_five_times_at_once_in_other_words_is_answered_once(
    town: Town,
) -> None:
    """The id decides, not the bytes: each copy has a time of its own, so that no two bodies are the same."""
    data: dict[str, object] = {"id": "m-1", "contact": {"id": "c-3"}, "text": "Hello!"}
    await asyncio.gather(*(town.site.push("m-1", {**data, "copy": copy}) for copy in range(5)))
    await until(lambda: town.site.texts_to("c-3"), REPLY_SECONDS, "a reply")
    await asyncio.sleep(SETTLED_SECONDS)
    assert len(town.site.texts_to("c-3")) == 1
    assert not town.site.repeated
    await _assert_one_turn_over_one_message(town, "c-3")


async def test_that_a_message_delivered_again_after_its_answer_is_not_answered_again(town: Town) -> None:
    _, update = town.telegram.update("7004", "Hello!")
    await town.telegram.push(update)
    await until(lambda: town.telegram.texts_to("7004"), REPLY_SECONDS, "a reply")
    await town.telegram.push(update)
    await asyncio.sleep(SETTLED_SECONDS)
    assert len(town.telegram.texts_to("7004")) == 1


async def test_that_five_messages_in_two_seconds_are_one_turn_with_one_reply_to_all(town: Town) -> None:
    texts = ("Hello!", "We would like to travel", "to Crete", "with the children", "in July")
    ids = []
    for text in texts:
        ids.append(await town.site.says("c-5", text))
        await asyncio.sleep(0.35)
    await until(lambda: town.site.messages_to("c-5"), REPLY_SECONDS, "a reply")
    await asyncio.sleep(SETTLED_SECONDS)
    [reply] = town.site.messages_to("c-5")
    assert reply["in_reply_to"] == ids
    conversation = await town.service.conversation("c-5")
    [turn] = conversation["turns"]
    assert (turn["after_seq"], turn["through_seq"]) == (0, 5)
    assert [message["text"] for message in conversation["messages"][:5]] == list(texts)


async def _assert_one_turn_over_one_message(town: Town, address: str) -> None:
    conversation = await town.service.conversation(address)
    assert [message["direction"] for message in conversation["messages"]] == ["in", "out"]
    assert [turn["through_seq"] for turn in conversation["turns"]] == [1]
