"""A webhook body is one `Update` of the Bot API: an `update_id` and one object, named by its kind.

An event's external id is `update:<update_id>`, by which Telegram says updates are deduplicated; an edit or a
tapped button keeps the id of its message, so that one would not do.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from frontdesk.channels.contract import ChannelAccount, Ignored, InboundEvent
from frontdesk.channels.json_access import JsonObject, excerpt, identifier, read_object
from frontdesk.channels.telegram.interactions import (
    callback_event,
    deletion_events,
    membership_event,
    reaction_event,
)
from frontdesk.channels.telegram.messages import Update, edited_event, message_event

_READERS: Mapping[str, Callable[[Update], InboundEvent]] = {
    "message": message_event,
    "business_message": message_event,
    "edited_message": edited_event,
    "edited_business_message": edited_event,
    "callback_query": callback_event,
    "message_reaction": reaction_event,
    "my_chat_member": membership_event,
}
"""Kinds that become one event. Channel posts are no one's message to us, and guest messages come from chats
that the bot cannot write to; the other kinds are not about a chat."""

_DELETED = "deleted_business_messages"


def parse(account: ChannelAccount, body: bytes, received_at: datetime) -> tuple[InboundEvent, ...]:
    """The event of an update, several for several deletions; raises PayloadUnreadableError if it is no JSON object."""
    root = read_object(body)
    update_id = identifier(root, "update_id")
    if update_id is None:
        return (Ignored("the body has no update_id"),)
    kind, content = _content(root)
    update = Update(kind, content, f"update:{update_id}", received_at)
    if kind == _DELETED:
        return deletion_events(update)
    reader = _READERS.get(kind)
    return (reader(update) if reader else Ignored(f"nothing to do for an update of kind {excerpt(kind)}"),)


def _content(root: JsonObject) -> tuple[str, JsonObject]:
    """The update's one object and the name of its kind, a kind that we read before any other."""
    objects = {name: value for name, value in root.items() if isinstance(value, dict)}
    kind = next((name for name in (*_READERS, _DELETED, *objects) if name in objects), "unknown")
    return kind, objects.get(kind, {})
