"""A reply reaches its contact once, whatever the channel answers at first."""

import asyncio

import pytest

from tests.acceptance.town import Town
from tests.fakes.patience import until
from tests.fakes.telegram_server import server_error, too_many_requests
from tests.fakes.webhook_receiver import Trouble
from tests.fakes.whatsapp_server import Plan

pytestmark = pytest.mark.asyncio(loop_scope="session")

REPLY_SECONDS = 20.0
RESENT_SECONDS = 6.0
"""By then the first repetition would have come: it is due after 2 s, and the sweep looks every 5 s at the least."""


async def test_that_telegrams_wish_to_wait_is_respected(town: Town) -> None:
    town.telegram.fail(too_many_requests(retry_after=3))
    await town.telegram.says("830001", "Hello!")
    await until(lambda: town.telegram.texts_to("830001"), REPLY_SECONDS, "a reply")
    [sent] = [message for message in town.telegram.sent if message.chat_id == 830_001]
    assert sent.at - town.telegram.failed[-1] >= 3
    [message] = (await town.service.conversation("830001"))["messages"][1:]
    assert (message["delivery"]["state"], message["delivery"]["attempts"]) == ("sent", 2)


async def test_that_a_fault_on_telegrams_side_is_outlived(town: Town) -> None:
    town.telegram.fail(server_error())
    await town.telegram.says("830002", "Hello!")
    await until(lambda: town.telegram.texts_to("830002"), REPLY_SECONDS, "a reply")
    assert len(town.telegram.texts_to("830002")) == 1


async def test_that_a_message_is_not_sent_twice_when_only_whatsapps_answer_was_lost(town: Town) -> None:
    town.whatsapp.next(Plan(lose_response=True, delay=0.5))
    await town.whatsapp.says("48600830003", "Hello!")
    await until(lambda: town.whatsapp.texts_to("48600830003"), REPLY_SECONDS, "a reply")
    await asyncio.sleep(RESENT_SECONDS)
    assert len(town.whatsapp.texts_to("48600830003")) == 1
    [message] = (await town.service.conversation("48600830003"))["messages"][1:]
    assert message["delivery"]["state"] == "delivered"


async def test_that_a_message_is_not_sent_twice_when_whatsapps_report_comes_after_its_lost_answer(town: Town) -> None:
    town.whatsapp.next(Plan(lose_response=True, report_delay=2.5))
    await town.whatsapp.says("48600830004", "Hello!")
    await until(lambda: town.whatsapp.texts_to("48600830004"), REPLY_SECONDS, "a reply")
    await asyncio.sleep(RESENT_SECONDS)
    assert len(town.whatsapp.texts_to("48600830004")) == 1


async def test_that_a_number_that_whatsapp_refuses_ends_the_delivery_but_not_the_channel(town: Town) -> None:
    town.whatsapp.next(Plan(error_code=131026))
    await town.whatsapp.says("48600830005", "Hello!")
    await asyncio.sleep(RESENT_SECONDS)
    [message] = (await town.service.conversation("48600830005"))["messages"][1:]
    assert message["delivery"]["state"] == "failed"
    await town.whatsapp.says("48600830006", "Hello!")
    await until(lambda: town.whatsapp.texts_to("48600830006"), REPLY_SECONDS, "a reply to someone else")


async def test_that_a_receiver_sees_a_repetition_under_the_same_webhook_id(town: Town) -> None:
    town.site.fail(Trouble(500, keep=True))
    await town.site.says("c-830007", "Hello!")
    await until(lambda: town.site.repeated, REPLY_SECONDS, "a repetition")
    [message] = town.site.messages_to("c-830007")
    assert town.site.repeated[-1].data["id"] == message["id"]
    assert not town.site.refused
