"""What every channel adapter offers: pure functions over bytes, and the events and requests they exchange.

An adapter never touches the database, the clock or the network. The webhook route verifies and parses with it,
the delivery job renders with it, sends the request itself, and lets the adapter interpret the answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, JsonValue

from frontdesk.errors import FrontdeskError


class ChannelKind(StrEnum):
    """The protocols that we speak."""

    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"
    GENERIC = "generic"
    WEBCHAT = "webchat"


class SignatureRefusedError(FrontdeskError):
    """The request does not prove that it comes from the channel (HTTP 401)."""

    code = "signature_refused"


class PayloadUnreadableError(FrontdeskError):
    """The body as a whole is not what the channel sends, for example not JSON (HTTP 400)."""

    code = "payload_unreadable"


class ChallengeRefusedError(FrontdeskError):
    """The subscription challenge does not carry our token (HTTP 403)."""

    code = "challenge_refused"


class MessageKind(StrEnum):
    """What an inbound item is; only some kinds start a turn."""

    TEXT = "text"
    MEDIA = "media"
    LOCATION = "location"
    CONTACT_CARD = "contact_card"
    POSTBACK = "postback"
    ORDER = "order"
    REACTION = "reaction"
    EDIT = "edit"
    DELETION = "deletion"
    GROUP = "group"
    SYSTEM = "system"
    UNSUPPORTED = "unsupported"


SILENT_KINDS = frozenset(
    {MessageKind.REACTION, MessageKind.EDIT, MessageKind.DELETION, MessageKind.GROUP, MessageKind.SYSTEM}
)
"""Kinds that are stored and start no turn."""


@dataclass(frozen=True, slots=True)
class Person:
    """The contact as the channel names them.

    `addresses` are the identifiers that a reply can go to, the most stable first (a WhatsApp business-scoped
    user id before the phone number); never empty. `phone` is E.164 when the channel vouches for it.
    """

    addresses: tuple[str, ...]
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """A message from a contact. `external_id` is unique in its channel; `text` may be empty for media."""

    external_id: str
    person: Person
    kind: MessageKind
    text: str
    sent_at: datetime
    attributes: Mapping[str, JsonValue] = field(default_factory=dict)
    """Extras worth keeping: `reply_to`, `referral`, `media`, `payload`, `edited_id`, `deleted_id`, …"""


@dataclass(frozen=True, slots=True)
class MessageEchoed:
    """A message that the business sent outside Frontdesk (a human on their phone, another app)."""

    external_id: str
    person: Person
    """The contact it went to."""
    text: str
    sent_at: datetime
    reference: str | None = None
    """Our own reference, where the channel carries one: then it is our own delivery, not a human's."""


class DeliveryStatus(StrEnum):
    """How far an outbound message came, in this order; `failed` ends it."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class StatusReported:
    """The channel reports on one of our messages, known by the channel's id and, if carried, our reference."""

    external_id: str
    status: DeliveryStatus
    at: datetime | None
    reference: str | None = None
    failure: "SendResult | None" = None
    """For `failed`: what the channel's error code means for us (retry, rejected, disable)."""


@dataclass(frozen=True, slots=True)
class AddressChanged:
    """A contact's address was replaced by another (new number, new user id)."""

    old: str
    new: str
    external_id: str
    old_phone: str | None = None
    new_phone: str | None = None
    """E.164, where the addresses are telephone numbers: then the contact's phone changes with them."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """An item understood as nothing to do, or not understood; kept for the record with its reason."""

    reason: str


InboundEvent = MessageReceived | MessageEchoed | StatusReported | AddressChanged | Ignored


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that a reply relies on, as shown to the channel."""

    document: str
    passage_id: str
    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Template:
    """A message that the channel has approved beforehand, for when it takes no free text."""

    name: str
    language: str
    """The contact's, as an ISO 639 code."""


@dataclass(frozen=True, slots=True)
class OutboundMessage:
    """A message to send. `reference` is our delivery's own id, carried where the channel allows it."""

    message_id: UUID
    reference: str
    conversation_id: UUID
    address: str
    text: str
    attempted_at: datetime
    """The time of this attempt, for protocols that sign it."""
    in_reply_to: tuple[str, ...] = ()
    """The channel's ids of the inbound messages that this answers."""
    citations: tuple[Citation, ...] = ()
    author: Literal["agent", "human", "system"] = "agent"
    brain: str | None = None
    template: Template | None = None
    """Send this in place of the text; only where the adapter takes templates."""


@dataclass(frozen=True, slots=True)
class SendRequest:
    """One HTTP request to the channel."""

    method: Literal["POST", "PUT"]
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class SendResponse:
    """The channel's answer to a `SendRequest`."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """Accepted; `external_id` is the channel's id where it gives one."""

    external_id: str | None


@dataclass(frozen=True, slots=True)
class Retry:
    """Worth another try; `after` is the channel's own wish, else our schedule applies."""

    reason: str
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """This message will never be accepted."""

    reason: str


@dataclass(frozen=True, slots=True)
class Disable:
    """The whole channel cannot send until a person mends it (revoked token, unpaid account)."""

    reason: str


SendResult = Sent | Retry | Rejected | Disable


@dataclass(frozen=True, slots=True)
class ChannelAccount:
    """One connected channel: its public settings and its decrypted secrets, validated by the adapter's models."""

    id: UUID
    kind: ChannelKind
    settings: Mapping[str, JsonValue]
    secrets: Mapping[str, str]


class Redelivery(StrEnum):
    """What a second sending of the same message would do, so that recovery knows how careful to be."""

    IDEMPOTENT = "idempotent"
    """The receiver drops a repeated id: resend at once."""
    CORRELATED = "correlated"
    """Statuses carry our reference: wait for one before resending."""
    BLIND = "blind"
    """The channel cannot tell: resend after the wait, at worst twice."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """The functions of one channel.

    verify(account, headers with lower-case names, raw body, now): raises SignatureRefusedError.
    challenge(account, query) -> body of the answer: raises ChallengeRefusedError; None where the protocol has none.
    parse(account, raw body, received at) -> every item's event: raises PayloadUnreadableError only if the body as
    a whole is unreadable; one bad item becomes `Ignored` and never loses the rest.
    render(account, message) -> the request that sends it; None where the channel reads replies from our database.
    interpret(account, response) -> what the channel's answer means.
    """

    kind: ChannelKind
    settings_model: type[BaseModel]
    secrets_model: type[BaseModel]
    text_limit: int
    """Longest text, in UTF-16 code units unless the adapter documents otherwise."""
    redelivery: Redelivery
    verify: Callable[[ChannelAccount, Mapping[str, str], bytes, datetime], None]
    parse: Callable[[ChannelAccount, bytes, datetime], tuple[InboundEvent, ...]]
    challenge: Callable[[ChannelAccount, Mapping[str, str]], str] | None = None
    render: Callable[[ChannelAccount, OutboundMessage], SendRequest] | None = None
    interpret: Callable[[ChannelAccount, SendResponse], SendResult] | None = None
    reply_window: timedelta | None = None
    """How long after the contact's last message free text may be sent; None: always."""
    takes_templates: bool = False
    """Whether an approved template may be sent after that."""

    def takes_free_text(self, wrote_at: datetime | None, now: datetime) -> bool:
        """Tell whether a free text may go to a contact who wrote last at `wrote_at`; None means never."""
        if self.reply_window is None:
            return True
        return wrote_at is not None and now - wrote_at < self.reply_window
