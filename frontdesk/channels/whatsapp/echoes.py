"""`message_echoes[]`: what the business sent from its phone or a linked device (field `smb_message_echoes`).

A withdrawn or edited message is as much a human's doing as a new one, so each of them is an echo.
"""

from collections.abc import Sequence
from datetime import datetime

from pydantic import JsonValue

from frontdesk.channels.contract import Ignored, InboundEvent, MessageEchoed, Person
from frontdesk.channels.json_access import JsonObject, identifier
from frontdesk.channels.timestamps import from_unix
from frontdesk.channels.whatsapp.content import content_of
from frontdesk.channels.whatsapp.messages import group_of, message_id
from frontdesk.channels.whatsapp.people import person_of, same_line


def echo_event(
    item: JsonValue, contacts: Sequence[JsonObject], business_number: str | None, received_at: datetime
) -> InboundEvent:
    """The event of one item of `message_echoes[]`; `business_number` is the sender's, as displayed."""
    if not isinstance(item, dict):
        return Ignored("message_echoes[] holds an item that is not an object")
    if group_of(item):
        return Ignored("message_echoes[] holds a message to a group")
    person = _recipient(item, contacts, business_number)
    if person is None:
        return Ignored("message_echoes[] holds a message that names no recipient")
    return MessageEchoed(
        external_id=message_id(item),
        person=person,
        text=content_of(item).text,
        sent_at=from_unix(item.get("timestamp")) or received_at,
        reference=identifier(item, "biz_opaque_callback_data"),
    )


def _recipient(item: JsonObject, contacts: Sequence[JsonObject], business_number: str | None) -> Person | None:
    """Some edits name the two ends the other way round: then the end that is not the business is the contact."""
    to = identifier(item, "to")
    if to and business_number and same_line(to, business_number):
        return person_of(identifier(item, "from_user_id"), identifier(item, "from"), contacts)
    return person_of(identifier(item, "to_user_id"), to, contacts)
