"""Proof that a request comes from Telegram: the header holds the `secret_token` given to `setWebhook` (Bot API)."""

from collections.abc import Mapping
from datetime import datetime

from frontdesk.channels.constant_time import same
from frontdesk.channels.contract import ChannelAccount, SignatureRefusedError

_HEADER = "x-telegram-bot-api-secret-token"


def verify(account: ChannelAccount, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Check the secret token; raises SignatureRefusedError. The protocol signs neither body nor time."""
    if not same(account.secrets.get("secret_token", ""), headers.get(_HEADER, "")):
        raise SignatureRefusedError("the X-Telegram-Bot-Api-Secret-Token header is not this channel's secret token")
