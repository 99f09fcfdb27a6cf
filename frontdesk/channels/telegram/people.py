"""Chats and the people in them."""

from dataclasses import replace

from frontdesk.channels.contract import Person
from frontdesk.channels.json_access import JsonObject, child, flag, identifier, label
from frontdesk.channels.phone_number import from_digits
from frontdesk.channels.telegram.address import address_of

_SHARED_CHATS = frozenset({"group", "supergroup", "channel"})


def is_shared(chat: JsonObject) -> bool:
    """Whether others read along: a group, supergroup or channel. Their ids are negative."""
    kind = label(chat, "type")
    return kind in _SHARED_CHATS or (kind is None and (identifier(chat, "id") or "").startswith("-"))


def is_bot(user: JsonObject) -> bool:
    """Whether the user is a bot, ours included."""
    return flag(user, "is_bot")


def writer_of(message: JsonObject) -> Person | None:
    """Who wrote a message. In a group it is the member, reachable in their private chat."""
    chat, user = child(message, "chat"), child(message, "from")
    if is_shared(chat) or not chat:
        return person_of(user, identifier(user, "id"), None)
    chat_id = identifier(chat, "id") or identifier(user, "id")
    person = person_of(user or chat, chat_id, identifier(message, "business_connection_id"))
    return _with_own_phone(person, message) if person else None


def counterpart_of(message: JsonObject) -> Person | None:
    """The contact of a private chat, whoever wrote the message."""
    chat = child(message, "chat")
    return person_of(chat, identifier(chat, "id"), identifier(message, "business_connection_id"))


def person_of(profile: JsonObject, chat_id: str | None, connection_id: str | None) -> Person | None:
    """A person by the user or private chat object that describes them; None without a chat to reply to."""
    if chat_id is None:
        return None
    names = filter(None, (label(profile, "first_name"), label(profile, "last_name")))
    return Person(
        addresses=(address_of(chat_id, connection_id),),
        name=" ".join(names) or label(profile, "username"),
        language=label(profile, "language_code"),
    )


def _with_own_phone(person: Person, message: JsonObject) -> Person:
    """A shared contact card whose user is the sender is their own number, which Telegram vouches for."""
    card, user_id = child(message, "contact"), identifier(child(message, "from"), "id")
    if user_id is None or identifier(card, "user_id") != user_id:
        return person
    return replace(person, phone=from_digits(label(card, "phone_number")))
