"""The office of the example business: colleagues with accounts, and the inbox in their browsers."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

from playwright.async_api import Browser, BrowserContext, Page, StorageState

from frontdesk.access.people.roles import Role
from tests.acceptance.service import Json
from tests.acceptance.town import Town
from tests.fakes.patience import until

DESK = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
REPLY_SECONDS = 60.0

HOT = "We would like to go to Crete in July 2027, we are 4 people, about 3000 euros in all: robin.hill@gmail.com"
"""All that an offer needs, in one message."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone with an account."""

    name: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class Chat:
    """A contact on Telegram."""

    address: str
    conversation: Json
    """As the REST API shows it."""

    @property
    def page(self) -> str:
        """The path of the conversation's page."""
        return f"/inbox/conversations/{self.conversation['id']}"


@dataclass(slots=True)
class Office:
    """Colleagues sign in by the form once; the windows that they open later know them."""

    town: Town
    browser: Browser
    people: dict[str, Colleague] = field(default_factory=dict)
    """By name."""
    _signed_in: dict[str, StorageState] = field(default_factory=dict)
    _chats: "count[int]" = field(default_factory=lambda: count(7_700_001))

    @property
    def base_url(self) -> str:
        """Where the inbox is."""
        return self.town.service.base_url

    async def employ(self, name: str, role: Role) -> Colleague:
        """Make an account by the command line."""
        email = f"{name.lower()}@bocian-tours.example"
        printed = await self.town.service.command("users", "add", email, "--name", name, "--role", role)
        found = re.search(r"with the password (\S+)", printed)
        assert found, printed
        self.people[name] = Colleague(name, email, found[1])
        return self.people[name]

    @asynccontextmanager
    async def window(
        self,
        name: str | None,
        viewport: dict[str, int] = DESK,
        *,
        scheme: str = "light",
        language: str = "en-GB",
        script: bool = True,
    ) -> AsyncIterator[Page]:
        """A browser window; somebody's, once they have signed in, or that of a stranger."""
        known = await self._session(name) if name else None
        async with self._context(viewport, scheme, language, known, script) as context:
            yield await context.new_page()

    @asynccontextmanager
    async def _context(
        self, viewport: dict[str, int], scheme: str, language: str, known: StorageState | None, script: bool = True
    ) -> AsyncIterator[BrowserContext]:
        context = await self.browser.new_context(
            base_url=self.base_url,
            viewport={"width": viewport["width"], "height": viewport["height"]},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            locale=language,
            storage_state=known,
            java_script_enabled=script,
        )
        yield context
        await context.close()

    async def _session(self, name: str) -> StorageState:
        if name not in self._signed_in:
            async with self._context(DESK, "light", "en-GB", None) as context:
                page = await context.new_page()
                await sign_in(page, self.people[name])
                self._signed_in[name] = await context.storage_state()
        return self._signed_in[name]

    def newcomer(self) -> str:
        """The address of a contact who has not written yet, on Telegram."""
        return str(next(self._chats))

    async def hears(self, text: str, address: str | None = None, *, hands_over: bool = False) -> Chat:
        """A contact writes on Telegram; returns once the agent has answered."""
        chat, telegram = address or self.newcomer(), self.town.telegram
        known = len(telegram.texts_to(chat))
        await telegram.says(chat, text)
        await until(lambda: len(telegram.texts_to(chat)) > known, REPLY_SECONDS, f"a reply to {text}")
        found = await self.chat(chat)
        assert not hands_over or found.conversation["mode"] == "human", found
        return found

    async def chat(self, address: str) -> Chat:
        """A contact as they stand now."""
        return Chat(address, await self.town.service.conversation(address))


async def sign_in(page: Page, colleague: Colleague) -> None:
    """By the form."""
    await page.goto("/inbox")
    await page.get_by_label("E-mail").fill(colleague.email)
    await page.get_by_label("Password").fill(colleague.password)
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url("**/inbox/queue")
