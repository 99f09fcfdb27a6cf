"""What a person does with a lead: understand it, answer, set right, give it back."""

import pytest
from playwright.async_api import Page, expect

from tests.acceptance.chromium import NEEDS_CHROMIUM
from tests.acceptance.inbox.office import DESK, PHONE, REPLY_SECONDS, Chat, Office
from tests.fakes.patience import until

pytestmark = [NEEDS_CHROMIUM, pytest.mark.asyncio(loop_scope="session")]


async def test_that_a_reply_reaches_the_contact_and_shows_that_it_did(office: Office, waiting: Chat) -> None:
    address, telegram = waiting.address, office.town.telegram
    known = len(telegram.texts_to(address))
    async with office.window("Kasia") as page:
        await page.goto(waiting.page)
        await page.get_by_role("button", name="Take over").click()
        await page.get_by_label("Reply").fill("Hello, Kasia here.\nWhat can I do?")
        await page.get_by_role("button", name="Send").dblclick()
        await until(lambda: len(telegram.texts_to(address)) > known, REPLY_SECONDS, "the reply on the wire")
        sent = page.locator(".message.human").filter(has_text="Hello, Kasia here.")
        await expect(sent.locator(".delivery")).to_have_text("sent")
        await expect(page.get_by_label("Reply")).to_have_value("")
    assert telegram.texts_to(address)[known:] == ["Hello, Kasia here.\nWhat can I do?"]


async def test_that_what_was_not_sent_outlives_the_page(office: Office, waiting: Chat) -> None:
    async with office.window("Kasia") as page:
        await page.goto(waiting.page)
        await page.get_by_role("button", name="Take over").click()
        await page.get_by_label("Reply").fill("Half a thou")
        await page.goto("/inbox/queue")
        await page.goto(waiting.page)
        await expect(page.get_by_label("Reply")).to_have_value("Half a thou")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_that_a_claim_leads_to_the_words_that_prove_it(
    office: Office, hot_lead: Chat, viewport: dict[str, int]
) -> None:
    async with office.window("Kasia", viewport) as page:
        await page.goto(hot_lead.page)
        brief = page.get_by_role("region", name="Why this lead")
        await brief.get_by_role("link", name="“3000 euros”", exact=True).click()
        marked = page.locator(".message.contact mark")
        await expect(marked).to_have_text("3000 euros")
        await expect(marked).to_be_in_viewport()


async def test_that_a_stage_is_set_right_with_a_reason(office: Office, waiting: Chat) -> None:
    async with office.window("Kasia") as page:
        await page.goto(waiting.page)
        await page.get_by_text("Correct", exact=True).click()
        form = page.locator("form").filter(has=page.get_by_label("Change the stage"))
        await form.get_by_label("Change the stage").select_option("Lost to Competitor")
        await form.get_by_role("button", name="Save").click()
        assert await has_stage(page, "New Lead")  # the browser asks for the reason first
        await form.get_by_label("Why").fill("Told me on the phone that they booked elsewhere")
        await form.get_by_role("button", name="Save").click()
        await expect(page.locator(".talk-top .stage")).to_have_text("Lost to Competitor")
        await expect(page.get_by_text("Told me on the phone").first).to_be_visible()


async def has_stage(page: Page, stage: str) -> bool:
    """Whether the page names this stage at its top."""
    return await page.locator(".talk-top .stage").inner_text() == stage


async def test_that_the_agent_answers_again_after_the_conversation_is_handed_back(
    office: Office, waiting: Chat
) -> None:
    async with office.window("Kasia") as page:
        await page.goto(waiting.page)
        await page.get_by_role("button", name="Take over").click()
        await page.get_by_text("Hand back to the agent").first.click()
        await page.get_by_label("Reason").select_option("answered")
        await page.get_by_role("button", name="Hand back to the agent").click()
        await expect(page.get_by_text("The agent answers")).to_be_visible()
        await office.hears("Can I bring my dog on a trip?", waiting.address)
        await expect(page.locator(".message.agent").last).to_contain_text("assistance dogs")
