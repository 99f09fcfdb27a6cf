"""The service with everything that it is connected to: three channels, and a subscriber to its events."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from frontdesk.channels.contract import ChannelKind
from tests.acceptance.processes import Start
from tests.acceptance.service import Service, example_playbook, running_service
from tests.fakes.telegram_server import TelegramServer, telegram_server
from tests.fakes.webhook_receiver import WebhookReceiver, webhook_receiver
from tests.fakes.whatsapp_server import API_VERSION, WhatsAppServer, whatsapp_server

Wire = TelegramServer | WhatsAppServer | WebhookReceiver
"""A channel as a contact knows it: `says` writes to us, `texts_to` is what came back."""


@dataclass(frozen=True, slots=True)
class Town:
    """The service and the outside world."""

    service: Service
    telegram: TelegramServer
    whatsapp: WhatsAppServer
    site: WebhookReceiver
    """Connected as a generic channel, and subscribed to every event."""

    @property
    def wires(self) -> tuple[Wire, ...]:
        """All channels."""
        return (self.telegram, self.whatsapp, self.site)


@asynccontextmanager
async def running_town(
    directory: Path,
    *,
    limits: dict[str, str],
    workers: int = 1,
    start_as: Start = Start.SPAWNED,
    documents: Path | None = None,
    **variables: str,
) -> AsyncIterator[Town]:
    """Start the example business with these limits in its playbook, and connect it."""
    playbook = example_playbook(directory, limits)
    async with (
        running_service(
            directory, playbook, workers=workers, start_as=start_as, documents=documents, **variables
        ) as service,
        telegram_server() as telegram,
        whatsapp_server() as whatsapp,
        webhook_receiver() as site,
    ):
        town = Town(service, telegram, whatsapp, site)
        await _connect(town)
        yield town


async def _connect(town: Town) -> None:
    telegram, whatsapp, site = town.telegram, town.whatsapp, town.site
    telegram.webhook = await town.service.add_channel(
        ChannelKind.TELEGRAM,
        {"base_url": telegram.base_url},
        {"bot_token": telegram.bot_token, "secret_token": telegram.secret_token},
    )
    whatsapp.webhook = await town.service.add_channel(
        ChannelKind.WHATSAPP,
        {"base_url": whatsapp.base_url, "phone_number_id": whatsapp.phone_number_id, "api_version": API_VERSION},
        {
            "app_secret": whatsapp.app_secret,
            "access_token": whatsapp.access_token,
            "verify_token": whatsapp.verify_token,
        },
    )
    site.webhook = await town.service.add_channel(ChannelKind.GENERIC, {"url": site.url}, {"secret": site.secret})
    subscribed = await town.service.api.post("/v1/webhook-endpoints", json={"url": site.url, "secret": site.secret})
    assert subscribed.is_success, subscribed.text
