"""What an operator gives us to connect a Telegram bot."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from frontdesk.channels.base_url import BaseUrl


class TelegramSettings(BaseModel):
    """Public settings of one bot."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    base_url: BaseUrl = "https://api.telegram.org"
    """Telegram's Bot API, or a Bot API server of one's own."""
    bot_username: Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{5,32}$")] | None = None
    """Without the @; makes the link that opens a chat with the bot."""


class TelegramSecrets(BaseModel):
    """Secrets of one bot, stored encrypted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bot_token: Annotated[str, Field(pattern=r"^[A-Za-z0-9:_-]+$", repr=False)]
    """From BotFather. It is part of every request's path, so request addresses must not be logged."""
    secret_token: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,256}$", repr=False)]
    """Given to `setWebhook`; Telegram repeats it with every update."""
