"""The Standard Webhooks signature, both ways (`webhook-id`, `webhook-timestamp`, `webhook-signature`).

The library signs, but its own check reads the clock and lets malformed input raise whatever comes, so the time and
the comparison are ours.
"""

import base64
import binascii
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from standardwebhooks import Webhook
from standardwebhooks.webhooks import EmptyWebhookSecretError

from frontdesk.channels.constant_time import same
from frontdesk.channels.contract import ChannelAccount, SignatureRefusedError

TOLERANCE = timedelta(minutes=5)
"""How far the sender's clock and ours may lie apart, either way (Standard Webhooks, "Verifying timestamps")."""

_TIMESTAMP_DIGITS = 11
_SECRET_BYTES = 32


def verify(account: ChannelAccount, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Check time and signature of a request; raises SignatureRefusedError, whatever is wrong with it."""
    message_id = headers.get("webhook-id", "")
    sent_at = _timestamp(headers.get("webhook-timestamp", ""))
    if not message_id or abs(now - sent_at) > TOLERANCE:
        raise SignatureRefusedError("the webhook-id is missing or the webhook-timestamp is more than 5 minutes off")
    try:
        expected = _sign(account.secrets.get("secret", ""), message_id, sent_at, body.decode())
    except (ValueError, binascii.Error, EmptyWebhookSecretError) as error:
        raise SignatureRefusedError("the request cannot be checked against this channel's secret") from error
    given = headers.get("webhook-signature", "").split(" ")
    if not any(same(expected, signature) for signature in given):
        raise SignatureRefusedError("no webhook-signature matches the id, the timestamp, the body and the secret")


def sign(secret: str, message_id: str, sent_at: datetime, body: str) -> dict[str, str]:
    """The three headers of a request of ours; `sent_at` is the time of this attempt."""
    moment = sent_at.astimezone(UTC)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": _sign(secret, message_id, moment, body),
    }


def new_secret() -> str:
    """A fresh secret as the specification writes it: `whsec_` and 32 random bytes in base64."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode("ascii")


def _sign(secret: str, message_id: str, moment: datetime, body: str) -> str:
    """The library wants the time in UTC."""
    signature: str = Webhook(secret).sign(msg_id=message_id, timestamp=moment, data=body)
    return signature


def _timestamp(value: str) -> datetime:
    if not (value.isascii() and value.isdecimal() and len(value) <= _TIMESTAMP_DIGITS):
        raise SignatureRefusedError("the webhook-timestamp is not a Unix time in seconds")
    return datetime.fromtimestamp(int(value), UTC)
