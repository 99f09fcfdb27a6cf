"""What a WhatsApp message says: its kind, its text in the contact's words, and what else is worth keeping.

The types are those of the Cloud API's "messages" webhook; one that we do not know is `UNSUPPORTED`, and so is a
known type whose own object is missing.
"""

from collections.abc import Callable, Mapping

from pydantic import JsonValue

from frontdesk.channels.content import Content
from frontdesk.channels.contract import MessageKind, PayloadUnreadableError
from frontdesk.channels.json_access import (
    JsonObject,
    child,
    excerpt,
    identifier,
    items,
    label,
    objects,
    present,
    read_object,
    stored,
    text,
)


def content_of(message: JsonObject) -> Content:
    """Read a message of any type."""
    if type_of(message) == "edit":
        return _edit(message)
    return _unedited(message)


def type_of(message: JsonObject) -> str:
    """The message's type; where it is not named, the type whose object the message carries."""
    return excerpt(label(message, "type")) or next((name for name in (*_READERS, "edit") if name in message), "unknown")


def _unedited(message: JsonObject) -> Content:
    name = type_of(message)
    reader = _READERS.get(name)
    content = reader(message, name) if reader else None
    return content or _unsupported(message, name)


def _text(message: JsonObject, name: str) -> Content | None:
    body = text(child(message, name), "body")
    return None if body is None else Content(MessageKind.TEXT, body)


def _media(message: JsonObject, name: str) -> Content | None:
    media = child(message, name)
    if not media:
        return None
    attributes = {"media": {**media, "type": name}}
    return Content(MessageKind.MEDIA, text(media, "caption") or "", present(attributes))


def _location(message: JsonObject, name: str) -> Content | None:
    place = child(message, name)
    if not place:
        return None
    named = ", ".join(filter(None, (label(place, "name"), label(place, "address"))))
    return Content(MessageKind.LOCATION, named, present({"location": place}))


def _contacts(message: JsonObject, name: str) -> Content | None:
    cards = objects(message, name)
    if not cards:
        return None
    lines = "\n".join(filter(None, map(_card_line, cards)))
    attributes: JsonObject = {"contacts": list(cards), "origin": label(message, "origin")}
    return Content(MessageKind.CONTACT_CARD, lines, present(attributes))


def _card_line(card: JsonObject) -> str:
    numbers = (label(phone, "phone") or label(phone, "wa_id") for phone in objects(card, "phones"))
    addresses = (label(email, "email") for email in objects(card, "emails"))
    return ", ".join(filter(None, (label(child(card, "name"), "formatted_name"), *numbers, *addresses)))


def _order(message: JsonObject, name: str) -> Content | None:
    """A cart's products are the catalogue's names and numbers, so only the words sent with it are the contact's."""
    order = child(message, name)
    return Content(MessageKind.ORDER, text(order, "text") or "", present({"order": order})) if order else None


def _reaction(message: JsonObject, name: str) -> Content | None:
    """An absent or empty emoji takes the reaction back."""
    reaction = child(message, name)
    emoji = text(reaction, "emoji") or ""
    attributes = {"reply_to": identifier(reaction, "message_id"), "removed": not emoji}
    return Content(MessageKind.REACTION, emoji, present(attributes))


def _button(message: JsonObject, name: str) -> Content | None:
    """A quick reply of a template."""
    button = child(message, name)
    if not button:
        return None
    payload = text(button, "payload")
    return Content(MessageKind.POSTBACK, text(button, "text") or payload or "", present({"payload": payload}))


def _interactive(message: JsonObject, name: str) -> Content | None:
    interactive = child(message, name)
    for reply_name, reader in _INTERACTIVE_READERS.items():
        reply = child(interactive, reply_name)
        if reply:
            return reader(reply)
    return None


def _choice(reply: JsonObject) -> Content:
    """A button or a list row that the contact tapped."""
    payload = text(reply, "id")
    attributes = {"payload": payload, "description": text(reply, "description")}
    return Content(MessageKind.POSTBACK, text(reply, "title") or payload or "", present(attributes))


def _form(reply: JsonObject) -> Content:
    """A completed flow or address form: the answers are a JSON object inside a string."""
    try:
        answers = read_object((text(reply, "response_json") or "").encode())
    except PayloadUnreadableError:
        answers = {}
    lines = "\n".join(f"{key}: {value}" for key, value in _answers(stored(answers)))
    attributes = {"payload": answers, "form": label(reply, "name")}
    return Content(MessageKind.POSTBACK, lines or text(reply, "body") or "", present(attributes))


def _answers(form: JsonValue) -> list[tuple[str, str]]:
    """The answers, several choices joined; an address form keeps them one level down, under `values`."""
    top = child(form)
    every = {**top, **child(top, "values")}
    chosen = ((key, map(_answer, items(every, key))) for key in every if key != "flow_token")
    answers = ((key, ", ".join(filter(None, values))) for key, values in chosen)
    return [(key, answer) for key, answer in answers if answer]


def _answer(value: JsonValue) -> str | None:
    """A ticked or unticked box is an answer too."""
    return str(value).lower() if isinstance(value, bool) else label({"": value}, "")


def _call_permission(reply: JsonObject) -> Content:
    return Content(MessageKind.SYSTEM, "", present({"system_type": "call_permission_reply", "payload": reply}))


def _edit(message: JsonObject) -> Content:
    edit = child(message, "edit")
    new = child(edit, "message")
    attributes = {"edited_id": identifier(edit, "original_message_id")}
    return Content(MessageKind.EDIT, _unedited(new).text, present(attributes))


def _revoke(message: JsonObject, name: str) -> Content | None:
    attributes = {"deleted_id": identifier(child(message, name), "original_message_id")}
    return Content(MessageKind.DELETION, "", present(attributes))


def _system(message: JsonObject, name: str) -> Content | None:
    system = child(message, name)
    attributes: JsonObject = {"system_type": label(system, "type") or name, "identity": child(message, "identity")}
    return Content(MessageKind.SYSTEM, text(system, "body") or "", present(attributes))


def _unsupported(message: JsonObject, name: str) -> Content:
    attributes = {
        "unsupported_type": label(child(message, "unsupported"), "type") or name,
    }
    return Content(MessageKind.UNSUPPORTED, "", present(attributes))


_READERS: Mapping[str, Callable[[JsonObject, str], Content | None]] = {
    "text": _text,
    "image": _media,
    "video": _media,
    "audio": _media,
    "voice": _media,
    "document": _media,
    "sticker": _media,
    "location": _location,
    "contacts": _contacts,
    "order": _order,
    "reaction": _reaction,
    "button": _button,
    "interactive": _interactive,
    "revoke": _revoke,
    "system": _system,
    "request_welcome": _system,
}

_INTERACTIVE_READERS: Mapping[str, Callable[[JsonObject], Content]] = {
    "button_reply": _choice,
    "list_reply": _choice,
    "nfm_reply": _form,
    "call_permission_reply": _call_permission,
}
