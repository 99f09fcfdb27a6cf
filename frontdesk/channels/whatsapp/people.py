"""Who a webhook item is about.

Since 2026 a person may be known by a business-scoped user id ("US.123…") alone, by a phone number alone, or by
both; `contacts[]` stands beside `messages[]` and holds one entry per person, not per message
(Cloud API documentation, "Business-scoped user IDs").
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from frontdesk.channels.contract import Person
from frontdesk.channels.json_access import JsonObject, child, identifier, label, objects
from frontdesk.channels.phone_number import from_digits, from_international

_OPTIONAL_DIGIT: Mapping[str, tuple[int, str, int]] = {"52": (2, "1", 13), "54": (2, "9", 13), "55": (4, "9", 13)}
"""Mexico, Argentina and Brazil: position of the mobile digit, the digit, and the length of a number with it.

WhatsApp's id for a person may lack the digit that the dialled number has, or the other way round."""


def person_of(user_id: str | None, number: str | None, contacts: Sequence[JsonObject]) -> Person | None:
    """The person with this user id or number, completed from the matching contact; None if nothing names them."""
    contact = _matching(user_id, number, contacts)
    user_ids = (user_id, identifier(contact, "user_id"))
    numbers = (_bare(number), _bare(identifier(contact, "wa_id")))
    addresses = tuple(dict.fromkeys(address for address in (*user_ids, *numbers) if address))
    if not addresses:
        return None
    profile = child(contact, "profile")
    return Person(
        addresses=addresses,
        name=label(profile, "name") or label(profile, "username"),
        phone=next(filter(None, map(from_digits, numbers)), None),
    )


def sender_of(message: JsonObject, contacts: Sequence[JsonObject]) -> Person | None:
    """The person who wrote a message."""
    person = person_of(identifier(message, "from_user_id"), identifier(message, "from"), contacts)
    if person is None or person.phone:
        return person
    return replace(person, phone=_shared_number(message))


def same_line(one: str, other: str) -> bool:
    """Whether two numbers are one telephone line, with or without the optional mobile digit of their country."""
    return _canonical(one) == _canonical(other)


def _matching(user_id: str | None, number: str | None, contacts: Sequence[JsonObject]) -> JsonObject:
    if not user_id and not number:
        return contacts[0] if len(contacts) == 1 else {}
    by_id = (contact for contact in contacts if user_id and identifier(contact, "user_id") == user_id)
    by_number = (contact for contact in contacts if number and _is_at(contact, user_id, number))
    return next(by_id, None) or next(by_number, {})


def _is_at(contact: JsonObject, user_id: str | None, number: str) -> bool:
    wa_id, contact_user_id = identifier(contact, "wa_id"), identifier(contact, "user_id")
    if user_id and contact_user_id and contact_user_id != user_id:
        return False
    return wa_id is not None and same_line(wa_id, number)


def _shared_number(message: JsonObject) -> str | None:
    """The person's own number, handed over with the button that asks for it (`origin` says so)."""
    if label(message, "origin") != "contact_request":
        return None
    numbers = (label(phone, "phone") for card in objects(message, "contacts") for phone in objects(card, "phones"))
    return next(filter(None, (from_international(number) or from_digits(number) for number in numbers)), None)


def _bare(number: str | None) -> str | None:
    e164 = from_digits(number)
    return e164.removeprefix("+") if e164 else number


def _canonical(number: str) -> str:
    digits = number.removeprefix("+")
    position, digit, length = _OPTIONAL_DIGIT.get(digits[:2], (0, "", -1))
    if len(digits) == length and digits[position] == digit:
        return digits[:position] + digits[position + 1 :]
    return digits
