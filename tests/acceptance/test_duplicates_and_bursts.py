"""One reply to a message however often it is delivered, and one reply to messages that belong together."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from frontdesk.channels.contract import ChannelKind
from tests.acceptance.service import Service, example_playbook, running_service, until
from tests.fakes.telegram_server import TelegramServer, telegram_server
from tests.fakes.webhook_receiver import WebhookReceiver, webhook_receiver
from tests.fakes.whatsapp_server import WhatsAppServer, whatsapp_server

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUIET_SECONDS = 1.0
SETTLED_SECONDS = 3.0
"""By then a second reply would have come."""


@dataclass(frozen=True, slots=True)
class Town:
    """The service with three channels."""

    service: Service
    telegram: TelegramServer
    whatsapp: WhatsAppServer
    site: WebhookReceiver


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """Two workers, so that a job that runs twice would show."""
    directory = tmp_path_factory.mktemp("service")
    playbook = example_playbook(directory, quiet_window=f"{QUIET_SECONDS:g}s")
    async with (
        running_service(directory, playbook, workers=2, FRONTDESK_BRAIN="offline") as service,
        telegram_server() as telegram,
        whatsapp_server() as whatsapp,
        webhook_receiver() as site,
    ):
        await service.connect_telegram(telegram)
        await service.connect_whatsapp(whatsapp)
        await service.connect_site(site)
        yield Town(service, telegram, whatsapp, site)
