"""Any other system, by Standard Webhooks in both directions."""

from frontdesk.channels.contract import Adapter, ChannelKind, Redelivery
from frontdesk.channels.generic.parse import parse
from frontdesk.channels.generic.send import interpret, render
from frontdesk.channels.generic.settings import GenericSecrets, GenericSettings
from frontdesk.channels.generic.signature import verify

ADAPTER = Adapter(
    kind=ChannelKind.GENERIC,
    settings_model=GenericSettings,
    secrets_model=GenericSecrets,
    text_limit=16_000,
    redelivery=Redelivery.IDEMPOTENT,
    verify=verify,
    parse=parse,
    render=render,
    interpret=interpret,
)

__all__ = ["ADAPTER"]
