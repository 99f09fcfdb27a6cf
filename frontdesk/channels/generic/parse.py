"""The inbound bodies of the generic channel: `{"type": …, "data": {…}}`, one event each.

`message.received` brings a contact's message, `message.sent_by_human` what a person of the business wrote in their
own tool, `message.status` how far one of our messages came.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from pydantic import JsonValue

from frontdesk.channels.contract import (
    ChannelAccount,
    DeliveryStatus,
    Ignored,
    InboundEvent,
    MessageEchoed,
    MessageKind,
    MessageReceived,
    Person,
    Rejected,
    StatusReported,
)
from frontdesk.channels.json_access import JsonObject, child, excerpt, identifier, label, present, read_object, text
from frontdesk.channels.phone_number import from_international
from frontdesk.channels.timestamps import from_iso

_DATA_KEYS = frozenset({"id", "contact", "text", "sent_at"})
_CONTACT_KEYS = frozenset({"id", "name", "phone", "email", "language"})


def parse(account: ChannelAccount, body: bytes, received_at: datetime) -> tuple[InboundEvent, ...]:
    """The event of a body; raises PayloadUnreadableError if it is no JSON object."""
    root = read_object(body)
    reader = _READERS.get(label(root, "type") or "")
    if reader is None:
        return (Ignored(f"type is {excerpt(label(root, 'type'))!r}, expected one of {', '.join(_READERS)}"),)
    return (reader(child(root, "data"), received_at),)


def _received(data: JsonObject, received_at: datetime) -> InboundEvent:
    """A message without words (a file, say) is unsupported: the contact should hear that it was not read."""
    message_id, person = identifier(data, "id"), _person(data)
    if message_id is None or person is None:
        return _incomplete("message.received", data)
    words = text(data, "text") or ""
    return MessageReceived(
        external_id=message_id,
        person=person,
        kind=MessageKind.TEXT if words.strip() else MessageKind.UNSUPPORTED,
        text=words,
        sent_at=from_iso(data.get("sent_at")) or received_at,
        attributes=present({"extra": _extra(data, person)}),
    )


def _sent_by_human(data: JsonObject, received_at: datetime) -> InboundEvent:
    message_id, person = identifier(data, "id"), _person(data)
    if message_id is None or person is None:
        return _incomplete("message.sent_by_human", data)
    sent_at = from_iso(data.get("sent_at")) or received_at
    return MessageEchoed(external_id=message_id, person=person, text=text(data, "text") or "", sent_at=sent_at)


def _status(data: JsonObject, received_at: datetime) -> InboundEvent:
    """`data.id` is the id that we sent the message with."""
    message_id, status = identifier(data, "id"), (label(data, "status") or "").lower()
    if message_id is None:
        return Ignored("message.status: data.id is missing or not an identifier")
    if status not in set(DeliveryStatus):
        return Ignored(
            f"message.status: data.status is {excerpt(status)!r}, expected one of {', '.join(DeliveryStatus)}"
        )
    reason = label(data, "reason") or "the receiver reports that the message failed"
    return StatusReported(
        external_id=message_id,
        status=DeliveryStatus(status),
        at=from_iso(data.get("at")),
        reference=message_id,
        failure=Rejected(reason) if status == DeliveryStatus.FAILED else None,
    )


_READERS: Mapping[str, Callable[[JsonObject, datetime], InboundEvent]] = {
    "message.received": _received,
    "message.sent_by_human": _sent_by_human,
    "message.status": _status,
}


def _incomplete(kind: str, data: JsonObject) -> Ignored:
    path = "data.contact.id" if identifier(data, "id") else "data.id"
    return Ignored(f"{kind}: {path} is missing or not an identifier")


def _person(data: JsonObject) -> Person | None:
    contact = child(data, "contact")
    contact_id = identifier(contact, "id")
    if contact_id is None:
        return None
    return Person(
        addresses=(contact_id,),
        name=label(contact, "name"),
        phone=from_international(label(contact, "phone")),
        email=_email(label(contact, "email")),
        language=label(contact, "language"),
    )


def _email(value: str | None) -> str | None:
    try:
        return validate_email(value or "", check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _extra(data: JsonObject, person: Person) -> JsonObject:
    """What the sender added, and a phone or e-mail that could not be read as one."""
    contact = child(data, "contact")
    unread = {"phone": person.phone is None, "email": person.email is None}
    kept: dict[str, JsonValue] = {
        key: value for key, value in contact.items() if key not in _CONTACT_KEYS or unread.get(key, False)
    }
    return present({**{key: value for key, value in data.items() if key not in _DATA_KEYS}, "contact": kept})
