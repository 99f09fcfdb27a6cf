"""Updates that carry a message."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from frontdesk.channels.content import Content
from frontdesk.channels.contract import Ignored, InboundEvent, MessageEchoed, MessageKind, MessageReceived
from frontdesk.channels.json_access import JsonObject, child, identifier
from frontdesk.channels.telegram.content import content_of, surroundings
from frontdesk.channels.telegram.people import counterpart_of, is_bot, is_shared, writer_of
from frontdesk.channels.timestamps import from_unix


@dataclass(frozen=True, slots=True)
class Update:
    """One update: its kind, the object of that kind, and the key that deduplicates it."""

    kind: str
    content: JsonObject
    external_id: str
    received_at: datetime


def message_event(update: Update) -> InboundEvent:
    """A new message, or in a business account's private chat one that its owner sent."""
    return _event(update, content_of(update.content), update.content.get("date"))


def edited_event(update: Update) -> InboundEvent:
    """A new version of a message; live locations move by edits too."""
    message = update.content
    key = surroundings(message).get("message_id")
    attributes = {"edited_id": key} if key else {}
    edited = Content(MessageKind.EDIT, content_of(message).text, attributes)
    return _event(update, edited, message.get("edit_date") or message.get("date"))


def _event(update: Update, content: Content, date: JsonValue) -> InboundEvent:
    message = update.content
    sent_at = from_unix(date) or update.received_at
    if child(message, "sender_business_bot"):
        return Ignored(f"{update.kind} sent by the connected bot itself")
    if is_bot(child(message, "from")):
        return Ignored(f"{update.kind} sent by a bot")
    if _is_from_owner(update):
        return _echo(update, content, sent_at)
    person = writer_of(message)
    if person is None:
        return Ignored(f"{update.kind} without a sender")
    return MessageReceived(
        external_id=update.external_id,
        person=person,
        kind=_kind(content, child(message, "chat")),
        text=content.text,
        sent_at=sent_at,
        attributes={**surroundings(message), **content.attributes},
    )


def _kind(content: Content, chat: JsonObject) -> MessageKind:
    return MessageKind.GROUP if is_shared(chat) and content.kind is not MessageKind.SYSTEM else content.kind


def _is_from_owner(update: Update) -> bool:
    """In a private chat the contact's user id is the chat's id; another sender is the business account's owner."""
    chat, sender = child(update.content, "chat"), identifier(child(update.content, "from"), "id")
    is_business = "business" in update.kind and not is_shared(chat)
    return is_business and sender is not None and sender != identifier(chat, "id")


def _echo(update: Update, content: Content, sent_at: datetime) -> InboundEvent:
    person = counterpart_of(update.content)
    if person is None:
        return Ignored(f"{update.kind} without a chat")
    return MessageEchoed(external_id=update.external_id, person=person, text=content.text, sent_at=sent_at)
