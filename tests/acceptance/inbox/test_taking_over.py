"""A person takes over: the agent falls silent, and colleagues see it at once."""

from functools import partial

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from frontdesk.access.people.roles import Role
from tests.acceptance.chromium import NEEDS_CHROMIUM
from tests.acceptance.conftest import Mood
from tests.acceptance.inbox.office import Chat, Office
from tests.acceptance.town import Town
from tests.fakes.model_server import ModelServer, completion, reply
from tests.fakes.patience import until

pytestmark = [NEEDS_CHROMIUM, pytest.mark.asyncio(loop_scope="session")]

THINKING_SECONDS = 4.0
TOO_LATE = "This must never be sent."
HUMAN = "Hi, this is Tomek. I will look after you."


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def with_model(modelled: Town, chromium: Browser) -> Office:
    """An office whose agent asks a model."""
    office = Office(modelled, chromium)
    await office.employ("Tomek", Role.MEMBER)
    return office


async def test_that_nothing_of_the_agent_is_sent_once_a_person_took_over(
    with_model: Office, model: ModelServer, mood: Mood
) -> None:
    chat, telegram = await with_model.hears("Hello! Is anybody there?"), with_model.town.telegram
    known = len(telegram.texts_to(chat.address))
    async with with_model.window("Tomek") as page:
        await page.goto(chat.page)
        asked = len(model.received)
        mood.answer = partial(completion, reply(TOO_LATE), delay=THINKING_SECONDS)
        await telegram.says(chat.address, "Could you help me?")
        await until(lambda: len(model.received) > asked, 15, "the model is asked")

        await page.get_by_role("button", name="Take over").click()
        await page.get_by_label("Reply").fill(HUMAN)
        await page.get_by_role("button", name="Send").click()
        await until(lambda: len(telegram.texts_to(chat.address)) > known, 15, "the person's message is sent")
        await page.wait_for_timeout(THINKING_SECONDS * 1000)
        await expect(page.get_by_text(HUMAN)).to_be_visible()
        await expect(page.get_by_text(TOO_LATE)).to_have_count(0)
    assert telegram.texts_to(chat.address)[known:] == [HUMAN]


async def test_that_two_people_cannot_both_own_a_conversation(office: Office, waiting: Chat) -> None:
    async with office.window("Kasia") as kasia, office.window("Ola", script=False) as ola:
        await ola.goto(waiting.page)
        await kasia.goto(waiting.page)
        await kasia.get_by_role("button", name="Take over").click()
        await expect(kasia.get_by_label("Reply")).to_be_visible()
        await ola.get_by_role("button", name="Take over").click()
        await expect(ola.get_by_role("heading", name="That did not work")).to_be_visible()
        await ola.goto(waiting.page)
        await expect(ola.get_by_text("Kasia answers this conversation").first).to_be_visible()
        await expect(ola.get_by_label("Reply")).to_have_count(0)
    owner = (await office.chat(waiting.address)).conversation["owner"]
    assert owner == office.people["Kasia"].email


async def test_that_a_colleague_who_takes_over_or_types_shows_at_once(office: Office, waiting: Chat) -> None:
    async with office.window("Kasia") as kasia, office.window("Ola") as ola:
        await kasia.clock.install()
        for page in (kasia, ola):
            await page.goto(waiting.page)
        await stays(kasia)
        await ola.get_by_role("button", name="Take over").click()
        await expect(kasia.get_by_text("Ola answers this conversation").first).to_be_visible()
        await expect(kasia.get_by_role("button", name="Take over")).to_have_count(0)

        await ola.get_by_label("Reply").press_sequentially("Good morn")
        await expect(kasia.get_by_text("Ola is typing…")).to_be_visible()
        await expect(ola.get_by_text("is typing…")).to_have_count(0)
        await kasia.clock.fast_forward(10_000)
        await expect(kasia.get_by_text("is typing…")).to_have_count(0)
        assert await kasia.evaluate("window.stayed")


async def stays(page: Page) -> None:
    """Mark the page, so that a reload would show."""
    await page.evaluate("window.stayed = true")


async def test_that_a_hand_off_appears_in_an_open_queue(office: Office) -> None:
    async with office.window("Ola") as page:
        await page.goto("/inbox/queue")
        await stays(page)
        chat = await office.hears("I want to talk to a human", hands_over=True)
        await expect(page.locator(f'a[href="{chat.page}"]')).to_be_visible()
        assert await page.evaluate("window.stayed")
