"""`messages[]`: what contacts wrote."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pydantic import JsonValue

from frontdesk.channels.content import Content
from frontdesk.channels.contract import Ignored, InboundEvent, MessageKind, MessageReceived
from frontdesk.channels.json_access import JsonObject, child, flag, identifier, objects, present, stored
from frontdesk.channels.timestamps import from_unix
from frontdesk.channels.whatsapp.address_changes import changes_in
from frontdesk.channels.whatsapp.content import content_of, type_of
from frontdesk.channels.whatsapp.errors import reason_of
from frontdesk.channels.whatsapp.people import sender_of


def message_events(item: JsonValue, contacts: Sequence[JsonObject], received_at: datetime) -> tuple[InboundEvent, ...]:
    """The events of one item of `messages[]`."""
    if not isinstance(item, dict):
        return (Ignored("messages[] holds an item that is not an object"),)
    external_id = message_id(item)
    changes = changes_in(item, external_id)
    if changes:
        return changes
    person = sender_of(item, contacts)
    if person is None:
        return (Ignored(f"messages[] holds a {type_of(item)} message that names no sender"),)
    content = _in_group(item, content_of(item))
    return (
        MessageReceived(
            external_id=external_id,
            person=person,
            kind=content.kind,
            text=content.text,
            sent_at=from_unix(item.get("timestamp")) or received_at,
            attributes={**_surroundings(item), **content.attributes},
        ),
    )


def message_id(item: JsonObject) -> str:
    """The channel's id; where it is missing, a digest of the item, which is the same when it is delivered again."""
    return identifier(item, "id") or _digest(item)


def group_of(item: JsonObject) -> str | None:
    """The group that a message belongs to."""
    return identifier(item, "group_id") or identifier(child(item, "context"), "group_id")


def _digest(item: JsonObject) -> str:
    canonical = json.dumps(stored(item), sort_keys=True).encode()
    return f"sha256:{hashlib.sha256(canonical).hexdigest()}"


def _in_group(item: JsonObject, content: Content) -> Content:
    return replace(content, kind=MessageKind.GROUP) if group_of(item) else content


def _surroundings(item: JsonObject) -> JsonObject:
    """What stands around the content: the message replied to, the advertisement clicked, the group, errors."""
    context = child(item, "context")
    return present(
        {
            "reply_to": identifier(context, "id"),
            "forwarded": flag(context, "forwarded") or flag(context, "frequently_forwarded"),
            "product": child(context, "referred_product"),
            "referral": child(item, "referral"),
            "group_id": group_of(item),
            "errors": [reason_of(error) for error in objects(item, "errors")],
        }
    )
