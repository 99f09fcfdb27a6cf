"""Updates that are no message: a tapped button, a reaction, a deletion, the bot blocked or unblocked."""

from collections.abc import Iterator

from frontdesk.channels.contract import Ignored, InboundEvent, MessageKind, MessageReceived, Person
from frontdesk.channels.json_access import JsonObject, child, identifier, items, label, objects, present, text
from frontdesk.channels.telegram.address import message_key
from frontdesk.channels.telegram.messages import Update
from frontdesk.channels.telegram.people import counterpart_of, is_bot, is_shared, person_of
from frontdesk.channels.timestamps import from_unix


def callback_event(update: Update) -> InboundEvent:
    """A tapped inline button. Its message may be absent or too old to be shown; the data then is all there is."""
    query, message = update.content, child(update.content, "message")
    user, chat = child(query, "from"), child(message, "chat")
    person = _tapper(user, message)
    if person is None or is_bot(user):
        return Ignored("callback_query without a person")
    data = text(query, "data") or text(query, "game_short_name")
    attributes = {
        "payload": data,
        "callback_query_id": identifier(query, "id"),
        "message_id": message_key(identifier(chat, "id"), identifier(message, "message_id")),
    }
    return MessageReceived(
        external_id=update.external_id,
        person=person,
        kind=MessageKind.GROUP if is_shared(chat) else MessageKind.POSTBACK,
        text=_button_label(message, data) or data or "",
        sent_at=update.received_at,
        attributes=present(attributes),
    )


def reaction_event(update: Update) -> InboundEvent:
    """A changed reaction; no new one takes the old back."""
    reaction, chat = update.content, child(update.content, "chat")
    user = child(reaction, "user")
    person = person_of(user, identifier(user, "id"), identifier(reaction, "business_connection_id"))
    if person is None or is_bot(user):
        return Ignored("message_reaction without a person")
    emoji = "".join(filter(None, (text(item, "emoji") for item in objects(reaction, "new_reaction"))))
    attributes = {
        "reply_to": message_key(identifier(chat, "id"), identifier(reaction, "message_id")),
        "removed": not items(reaction, "new_reaction"),
    }
    return MessageReceived(
        external_id=update.external_id,
        person=person,
        kind=MessageKind.GROUP if is_shared(chat) else MessageKind.REACTION,
        text=emoji,
        sent_at=from_unix(reaction.get("date")) or update.received_at,
        attributes=present(attributes),
    )


def deletion_events(update: Update) -> tuple[InboundEvent, ...]:
    """Messages deleted in a business account's chat, one event each; Telegram does not say by whom."""
    person = counterpart_of(update.content)
    if person is None or is_shared(child(update.content, "chat")):
        return (Ignored(f"{update.kind} without a private chat"),)
    return tuple(_deletions(update, person)) or (Ignored(f"{update.kind} without message ids"),)


def membership_event(update: Update) -> InboundEvent:
    """The bot's own membership changed; in a private chat `kicked` means blocked and `member` unblocked."""
    change, chat = update.content, child(update.content, "chat")
    user = child(change, "from")
    person = person_of(user, identifier(user, "id"), None)
    if person is None or is_bot(user):
        return Ignored(f"{update.kind} without a person")
    status = label(child(change, "new_chat_member"), "status")
    return MessageReceived(
        external_id=update.external_id,
        person=person,
        kind=MessageKind.GROUP if is_shared(chat) else MessageKind.SYSTEM,
        text="",
        sent_at=from_unix(change.get("date")) or update.received_at,
        attributes=present({"system_type": update.kind, "status": status}),
    )


def _tapper(user: JsonObject, message: JsonObject) -> Person | None:
    """Who tapped; the reply goes to the chat of the button's message if that is private."""
    chat = child(message, "chat")
    chat_id = None if is_shared(chat) else identifier(chat, "id")
    connection_id = identifier(message, "business_connection_id") if chat_id else None
    return person_of(user, chat_id or identifier(user, "id"), connection_id)


def _button_label(message: JsonObject, data: str | None) -> str | None:
    rows = items(child(message, "reply_markup"), "inline_keyboard")
    buttons = (button for row in rows for button in (row if isinstance(row, list) else (row,)))
    labels = (
        text(child(button), "text") for button in buttons if data and text(child(button), "callback_data") == data
    )
    return next(filter(None, labels), None)


def _deletions(update: Update, person: Person) -> Iterator[MessageReceived]:
    chat_id = identifier(child(update.content, "chat"), "id")
    for item in items(update.content, "message_ids"):
        message_id = identifier({"id": item}, "id")
        if message_id:
            yield MessageReceived(
                external_id=f"{update.external_id}:{message_id}",
                person=person,
                kind=MessageKind.DELETION,
                text="",
                sent_at=update.received_at,
                attributes=present({"deleted_id": message_key(chat_id, message_id)}),
            )
