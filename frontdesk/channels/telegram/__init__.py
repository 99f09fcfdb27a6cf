"""Telegram bots, also those that serve a connected business account."""

from frontdesk.channels.contract import Adapter, ChannelKind, Redelivery
from frontdesk.channels.telegram.parse import parse
from frontdesk.channels.telegram.send import interpret, render
from frontdesk.channels.telegram.settings import TelegramSecrets, TelegramSettings
from frontdesk.channels.telegram.verify import verify

ADAPTER = Adapter(
    kind=ChannelKind.TELEGRAM,
    settings_model=TelegramSettings,
    secrets_model=TelegramSecrets,
    text_limit=4096,
    redelivery=Redelivery.BLIND,
    verify=verify,
    parse=parse,
    render=render,
    interpret=interpret,
)

__all__ = ["ADAPTER"]
