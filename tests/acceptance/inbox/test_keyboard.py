"""From signing in to handing back without a mouse, and always with the focus in sight."""

import pytest
from playwright.async_api import Page, expect

from tests.acceptance.chromium import NEEDS_CHROMIUM
from tests.acceptance.inbox.office import REPLY_SECONDS, Chat, Office
from tests.fakes.patience import until

pytestmark = [NEEDS_CHROMIUM, pytest.mark.asyncio(loop_scope="session")]

MOST_STEPS = 60
TEXT = "All by hand."

_FOCUS_IS_VISIBLE = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  return at.matches(":focus-visible") && parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none"
    && box.bottom > 0 && box.top < innerHeight;
}"""


async def press(page: Page, *keys: str) -> None:
    """Press the keys; whatever has the focus then shows it."""
    for key in keys:
        await page.keyboard.press(key)


async def focus_shows(page: Page) -> None:
    """The focus is on something, and can be seen."""
    assert await page.evaluate(_FOCUS_IS_VISIBLE), await page.evaluate("document.activeElement.outerHTML")


async def tab_to(page: Page, name: str) -> None:
    """Go on with the tab key until what has this name has the focus; on the way the focus can always be seen."""
    for _ in range(MOST_STEPS):
        await press(page, "Tab")
        await focus_shows(page)
        if name in await page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel || ''"):
            return
    raise AssertionError(f"{name} cannot be reached with the tab key")


async def test_that_a_lead_is_served_without_a_mouse(office: Office, waiting: Chat) -> None:
    kasia, telegram, address = office.people["Kasia"], office.town.telegram, waiting.address
    known = len(telegram.texts_to(address))
    async with office.window(None) as page:
        await page.goto("/inbox")
        await expect(page.get_by_label("E-mail")).to_be_focused()
        await page.keyboard.type(kasia.email)
        await press(page, "Tab")
        await focus_shows(page)
        await page.keyboard.type(kasia.password)
        await press(page, "Enter")
        await page.wait_for_url("**/inbox/queue")

        row = page.locator(f'a[href="{waiting.page}"]')
        while not await row.evaluate("row => row === document.activeElement"):
            await press(page, "j")
            await focus_shows(page)
        await press(page, "Enter")
        await expect(page.get_by_role("button", name="Take over")).to_be_visible()

        await press(page, "t")
        await expect(page.get_by_label("Reply")).to_be_focused()
        await focus_shows(page)
        await page.keyboard.type(TEXT)
        await press(page, "Control+Enter")
        await until(lambda: telegram.texts_to(address)[known:] == [TEXT], REPLY_SECONDS, "the reply on the wire")
        await page.wait_for_url("**#newest")

        await press(page, "h")
        await focus_shows(page)
        await tab_to(page, "Hand back")
        await press(page, "Enter")
        await expect(page.get_by_text("The agent answers")).to_be_visible()
        await press(page, "u")
        await page.wait_for_url("**/inbox/queue")


async def test_that_everything_of_a_lead_is_reached_with_the_tab_key(office: Office, hot_lead: Chat) -> None:
    async with office.window("Kasia") as page:
        await page.goto(hot_lead.page)
        for name in ("Skip to the content", "Take over", "Crete", "Note for colleagues", "Correct"):
            await tab_to(page, name)
