"""Addresses and ids on Telegram.

A reply goes to a chat; in a chat that the bot serves for a connected business account it must also name the
connection. So an address is `<chat id>` or `<chat id>@<business connection id>`: the same person has one of each
if they write both to the bot and to the business, and a reply must take the way that the message came.

A message id is unique in its chat only, so ours is `<chat id>:<message id>`.
"""

import re

_WITH_CONNECTION = re.compile(r"(-?[0-9]+)@(.+)", re.ASCII)
_CHAT_ID = re.compile(r"-?[0-9]{1,18}", re.ASCII)


def address_of(chat_id: str, connection_id: str | None) -> str:
    """The address that a reply goes to."""
    return f"{chat_id}@{connection_id}" if connection_id else chat_id


def parts_of(address: str) -> tuple[int | str, str | None]:
    """The chat id (a number, or the name of a public chat) and the business connection id of an address."""
    match = _WITH_CONNECTION.fullmatch(address)
    chat, connection_id = (match[1], match[2]) if match else (address, None)
    return (int(chat) if _CHAT_ID.fullmatch(chat) else chat), connection_id


def message_key(chat_id: str | None, message_id: str | None) -> str | None:
    """The id of a message among all of the bot's chats."""
    return f"{chat_id}:{message_id}" if chat_id and message_id else message_id
