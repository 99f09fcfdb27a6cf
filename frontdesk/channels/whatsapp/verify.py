"""Proof that a request comes from Meta.

Meta signs the raw bytes with the app secret (HMAC-SHA256, header `X-Hub-Signature-256: sha256=<hex>`), and asks once
by GET with `hub.mode`, `hub.verify_token` and `hub.challenge` whether the webhook is wanted
(Graph API documentation, "Getting started with webhooks").
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from frontdesk.channels.constant_time import same
from frontdesk.channels.contract import ChallengeRefusedError, ChannelAccount, SignatureRefusedError

_HEADER = "x-hub-signature-256"


def verify(account: ChannelAccount, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Check the signature over the raw body; raises SignatureRefusedError. The protocol carries no time."""
    app_secret = account.secrets.get("app_secret", "")
    expected = "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()
    if not app_secret or not same(expected, headers.get(_HEADER, "").strip().lower()):
        raise SignatureRefusedError("the X-Hub-Signature-256 header does not match the body and the app secret")


def challenge(account: ChannelAccount, query: Mapping[str, str]) -> str:
    """The answer to Meta's subscription request; raises ChallengeRefusedError."""
    expected = account.secrets.get("verify_token", "")
    answer = query.get("hub.challenge", "")
    if query.get("hub.mode") != "subscribe" or not answer or not same(expected, query.get("hub.verify_token", "")):
        raise ChallengeRefusedError("the subscription request does not carry this channel's verify token")
    return answer
