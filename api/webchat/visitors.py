"""Who a visitor is: a random id in a token that only we can sign.

The page keeps the token in `localStorage` and sends it as `Authorization: Bearer`. A cookie would not do: browsers
block or drop third-party cookies inside the iframe of an embedding site, and a cookie would be sent by requests that
other sites forge. Where even `localStorage` is refused to a frame, the embedding script keeps the token in its own
site's: that site could as well run a chat of its own with us, so it learns nothing that it could not.
The token is the visitor's only proof, so it never stands in a URL, which logs would keep.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from frontdesk.channels.constant_time import same
from frontdesk.errors import FrontdeskError

TOKEN_LIFETIME = timedelta(days=400)
"""A visitor who returns within this time is recognised; each visit renews the token."""

_PURPOSE = "frontdesk web chat visitor"
_TOKEN = re.compile(r"([0-9a-f]{32})\.([0-9]{1,12})\.([A-Za-z0-9_-]{43})", re.ASCII)


class VisitorUnknownError(FrontdeskError):
    """The token is missing, expired, or not ours (HTTP 401)."""

    code = "visitor_unknown"


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person in front of one web chat; `id` is their address on the channel."""

    channel_id: UUID
    id: str

    @property
    def topic(self) -> str:
        """Names this visitor among all of the installation."""
        return f"{self.channel_id}:{self.id}"


def issue_token(visitor: Visitor, key: str, now: datetime) -> str:
    """Sign the visitor's token; `visitor.id` is 32 hexadecimal digits."""
    issued = int(now.timestamp())
    return f"{visitor.id}.{issued}.{_signature(visitor, issued, key)}"


def read_token(token: str, channel_id: UUID, key: str, now: datetime) -> Visitor:
    """The visitor whom the token was issued to on this channel; raises VisitorUnknownError."""
    parts = _TOKEN.fullmatch(token)
    if parts is None:
        raise VisitorUnknownError("the visitor's token is missing or malformed; start a session to get one")
    visitor, issued = Visitor(channel_id, parts[1]), int(parts[2])
    if not same(_signature(visitor, issued, key), parts[3]):
        raise VisitorUnknownError("the visitor's token was not issued by this chat; start a session to get one")
    if now.timestamp() - issued > TOKEN_LIFETIME.total_seconds():
        raise VisitorUnknownError("the visitor's token has expired; start a session to get another")
    return visitor


def bearer_token(authorization: str | None) -> str:
    """The token of an `Authorization` header, as in RFC 6750; empty if there is none."""
    scheme, _, token = (authorization or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _signature(visitor: Visitor, issued: int, key: str) -> str:
    signed = f"{_PURPOSE}\n{visitor.channel_id}\n{visitor.id}\n{issued}"
    digest = hmac.digest(key.encode(), signed.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
