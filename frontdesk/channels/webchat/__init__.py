"""The chat on the business's own web site.

Visitors write to our own API and read replies from our database, so nothing comes by webhook and nothing is sent.
"""

from collections.abc import Mapping
from datetime import datetime

from frontdesk.channels.contract import (
    Adapter,
    ChannelAccount,
    ChannelKind,
    InboundEvent,
    PayloadUnreadableError,
    Redelivery,
    SignatureRefusedError,
)
from frontdesk.channels.webchat.settings import WebChatSecrets, WebChatSettings

_NO_WEBHOOK = "the web chat takes no webhooks"


def _verify(account: ChannelAccount, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    raise SignatureRefusedError(_NO_WEBHOOK)


def _parse(account: ChannelAccount, body: bytes, received_at: datetime) -> tuple[InboundEvent, ...]:
    raise PayloadUnreadableError(_NO_WEBHOOK)


ADAPTER = Adapter(
    kind=ChannelKind.WEBCHAT,
    settings_model=WebChatSettings,
    secrets_model=WebChatSecrets,
    text_limit=4000,
    redelivery=Redelivery.IDEMPOTENT,
    verify=_verify,
    parse=_parse,
)

__all__ = ["ADAPTER"]
