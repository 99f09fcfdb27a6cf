"""The envelope of Meta's webhooks: `entry[].changes[].value`, whose lists hold the items.

Some gateways deliver the `value` alone; it is read the same way.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from frontdesk.channels.contract import ChannelAccount, Ignored, InboundEvent
from frontdesk.channels.json_access import JsonObject, child, excerpt, identifier, items, label, objects, read_object
from frontdesk.channels.whatsapp.address_changes import update_event
from frontdesk.channels.whatsapp.echoes import echo_event
from frontdesk.channels.whatsapp.errors import reason_of
from frontdesk.channels.whatsapp.messages import message_events
from frontdesk.channels.whatsapp.statuses import status_event

_OBJECT = "whatsapp_business_account"

_LISTS: Mapping[str, Sequence[str]] = {
    "messages": ("messages", "statuses", "errors"),
    "smb_message_echoes": ("message_echoes", "errors"),
    "message_echoes": ("message_echoes", "errors"),
    "user_id_update": ("user_id_update",),
}
"""The webhook fields that concern us, and the lists of their values."""

_EVERY_LIST = ("messages", "statuses", "message_echoes", "user_id_update", "errors")


@dataclass(frozen=True, slots=True)
class _Value:
    """One change's value with what its items are read against."""

    content: JsonObject
    contacts: tuple[JsonObject, ...]
    business_number: str | None
    received_at: datetime


def parse(account: ChannelAccount, body: bytes, received_at: datetime) -> tuple[InboundEvent, ...]:
    """Every item of a webhook body as an event; raises PayloadUnreadableError if the body is no JSON object."""
    root = read_object(body)
    number_id = account.settings.get("phone_number_id")
    events = tuple(_body_events(root, number_id, received_at))
    return events or (Ignored("the body holds no items"),)


def _body_events(root: JsonObject, number_id: JsonValue, received_at: datetime) -> Iterator[InboundEvent]:
    subject = label(root, "object")
    if subject not in (None, _OBJECT):
        yield Ignored(f"the body is about {excerpt(subject)}, not {_OBJECT}")
    elif "entry" not in root:
        yield from _value_events(root, _EVERY_LIST, number_id, received_at)
    else:
        for entry in items(root, "entry"):
            for change in items(child(entry), "changes") or ({},):
                yield from _change_events(child(change), number_id, received_at)


def _change_events(change: JsonObject, number_id: JsonValue, received_at: datetime) -> Iterator[InboundEvent]:
    value = child(change, "value")
    field = label(change, "field")
    lists = _EVERY_LIST if field is None else _LISTS.get(field, ())
    if not value:
        yield Ignored("an entry holds no changes with a value")
    elif not lists:
        yield Ignored(f"nothing to do for the webhook field {excerpt(field)}")
    else:
        yield from _value_events(value, lists, number_id, received_at)


def _value_events(
    content: JsonObject, lists: Sequence[str], number_id: JsonValue, received_at: datetime
) -> Iterator[InboundEvent]:
    metadata = child(content, "metadata")
    recipient = identifier(metadata, "phone_number_id")
    if number_id and recipient and recipient != str(number_id):
        yield Ignored(f"for the phone number id {excerpt(recipient)}, which is not this channel's")
        return
    value = _Value(content, objects(content, "contacts"), identifier(metadata, "display_phone_number"), received_at)
    if not any(content.get(name) for name in lists):
        yield Ignored(f"nothing to do for a value with {', '.join(map(excerpt, sorted(content)[:8])) or 'no content'}")
    for name in lists:
        for item in items(content, name):
            yield from _item_events(name, item, value)


def _item_events(name: str, item: JsonValue, value: _Value) -> tuple[InboundEvent, ...]:
    match name:
        case "messages":
            return message_events(item, value.contacts, value.received_at)
        case "statuses":
            return (status_event(item),)
        case "message_echoes":
            return (echo_event(item, value.contacts, value.business_number, value.received_at),)
        case "user_id_update":
            return (update_event(child(item)),)
        case _:
            return (Ignored(f"WhatsApp reports {reason_of(child(item))}"),)
