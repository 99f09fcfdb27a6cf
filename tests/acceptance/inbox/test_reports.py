"""The reports show what happened, no more and no less, and the same numbers as the API."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.acceptance.chromium import NEEDS_CHROMIUM
from tests.acceptance.inbox.office import HOT, REPLY_SECONDS, Office
from tests.acceptance.service import Json
from tests.fakes.patience import until
from tests.fakes.webhook_receiver import WebhookReceiver, webhook_receiver

pytestmark = [NEEDS_CHROMIUM, pytest.mark.asyncio(loop_scope="session")]

CHANNEL = "the shop window"
QUESTION = "Can I bring my dog on a trip?"
HUMAN = "Hello, Kasia here."


@dataclass(frozen=True, slots=True)
class ShopWindow:
    """A channel that only this module's contacts write on."""

    office: Office
    receiver: WebhookReceiver

    async def hears(self, address: str, text: str) -> Json:
        """A contact writes; returns the conversation once it has been answered."""
        known = len(self.receiver.texts_to(address))
        await self.receiver.says(address, text)
        await until(lambda: len(self.receiver.texts_to(address)) > known, REPLY_SECONDS, f"a reply to {text}")
        return await self.office.town.service.conversation(address)


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def window(office: Office) -> AsyncIterator[ShopWindow]:
    """The channel, and what happened on it: four contacts, one of whom bought and one of whom is not for us."""
    service = office.town.service
    async with webhook_receiver() as receiver:
        settings = ("--set", f"url={receiver.url}", "--secret", f"secret={receiver.secret}")
        printed = await service.command("channels", "add", "generic", CHANNEL, *settings)
        found = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", printed)
        assert found, printed
        receiver.webhook = f"{service.base_url}/webhooks/{found[0]}"
        window = ShopWindow(office, receiver)
        await _four_contacts(window)
        yield window


async def _four_contacts(window: ShopWindow) -> None:
    service = window.office.town.service
    bought = await window.hears("window-1", HOT)
    await service.act(bought["id"], "takeover", person="Kasia")
    known = len(window.receiver.texts_to("window-1"))
    await service.act(bought["id"], "messages", person="Kasia", text=HUMAN)
    await until(lambda: window.receiver.texts_to("window-1")[known:] == [HUMAN], REPLY_SECONDS, HUMAN)
    await service.act(bought["id"], "return", person="Kasia", reason="answered")
    event = {"id": "window-event", "contact": {"id": bought["contact"]["id"]}, "name": "purchase"}
    assert (await service.api.post("/v1/events", json=event)).is_success
    await window.hears("window-2", "We have 300 euros for all of us to go to Lisbon")
    for address in ("window-3", "window-4"):
        await window.hears(address, QUESTION)


async def open_report(page: Page, report: str) -> None:
    """By the menu, the tab and the form, as a reader does."""
    await page.goto("/inbox/queue")
    await page.get_by_role("link", name="Reports").click()
    await page.get_by_role("navigation", name="Reports").get_by_role("link", name=report).click()
    await page.locator("select[name=channel]").select_option(CHANNEL)
    await page.get_by_role("button", name="Show").click()


async def numbers(page: Page, table: str) -> dict[str, list[str]]:
    """The figures of each row by its first cell, as the page's own markup names them."""
    rows = page.locator(f'[data-table="{table}"] tbody tr')
    read: list[list[str]] = await rows.evaluate_all(
        "rows => rows.map(row => [...row.cells].map("
        "cell => cell.querySelector('data')?.getAttribute('value') ?? cell.innerText))"
    )
    return {row[0]: row[1:] for row in read}


async def test_that_the_funnel_shows_who_came_how_far(office: Office, window: ShopWindow) -> None:
    async with office.window("Kasia") as page:
        await open_report(page, "Funnel")
        shown = await numbers(page, "stages")
        drawn = await page.locator("svg.chart text.value").all_text_contents()
    reached = {stage: int(row[1]) for stage, row in shown.items()}
    assert reached == {"New Lead": 4, "Hot Lead": 1, "Payment": 1, "Customer": 1}, shown
    told = (await office.town.service.api.get("/v1/reports/funnel", params={"channel": CHANNEL})).json()
    assert {row["stage"]: row["reached"] for row in told["stages"]} == reached
    assert [int(figure) for figure in reversed(drawn)] == list(reached.values())


async def test_that_the_report_of_the_lost_shows_who_was_lost(office: Office, window: ShopWindow) -> None:
    async with office.window("Kasia") as page:
        await open_report(page, "Lost")
        row = page.locator("table tbody tr").filter(has_text="Unqualified")
        await expect(row).to_have_count(1)
        await expect(row.locator("data").first).to_have_attribute("value", "1")


async def test_that_the_report_of_hand_offs_shows_the_one_that_was_taken_and_returned(
    office: Office, window: ShopWindow
) -> None:
    async with office.window("Kasia") as page:
        await open_report(page, "Hand-offs")
        figures = [each.get_attribute("value") for each in await page.locator("table tbody data").all()]
        shown = [int(float(str(await each))) for each in figures][:4]
    told = (await office.town.service.api.get("/v1/reports/handoffs", params={"channel": CHANNEL})).json()
    [row] = told["rows"]
    assert (row["requested"], row["accepted"], row["returned"]) == (1, 1, 1)
    assert shown == [row["requested"], row["waiting"], row["accepted"], row["returned"]]
