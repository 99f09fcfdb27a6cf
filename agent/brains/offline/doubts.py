"""E-mail addresses that look mistyped: pointed out to the contact, and recorded once they have looked again. Pure."""

from dataclasses import dataclass

from agent.brains.offline.history import last_reply
from agent.brains.offline.volunteered import context_of
from agent.brains.protocol import View
from frontdesk.conversations.model import Author, StoredMessage
from frontdesk.language.fold import READ_LIMIT
from frontdesk.playbook.models import QualificationField
from frontdesk.values.email_typos import suggestion
from frontdesk.values.read import read_values
from frontdesk.values.reading import ReadingContext
from frontdesk.values.types import FieldType, Value


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field, the address that was written, and the one that was probably meant."""

    field: QualificationField
    written: str
    suggested: str
    confirmed: bool = False
    """Whether the contact said yes to the suggestion without writing it: the record needs their own words."""


def doubt_about(view: View, field: QualificationField, value: Value) -> Doubt | None:
    """Return the doubt that an address raises, but not twice about the same."""
    if field.type is not FieldType.EMAIL or not isinstance(value, str):
        return None
    suggested = suggestion(value)
    if suggested is None or _pointed_out(view, suggested):
        return None
    return Doubt(field, value, suggested)


def open_doubt(view: View) -> Doubt | None:
    """Return the doubt that our newest message points out, if it does."""
    last = last_reply(view)
    asks = last.attributes.get("asks") if last is not None else None
    field = view.playbook.field(asks) if isinstance(asks, str) else None
    if last is None or field is None or field.type is not FieldType.EMAIL:
        return None
    for message in reversed(view.snapshot.history):
        for reading in _addresses(view, field, message):
            suggested = suggestion(str(reading))
            if suggested is not None and suggested in last.text:
                return Doubt(field, str(reading), suggested)
    return None


def settled_doubt(view: View, field: QualificationField, message: StoredMessage) -> str | None:
    """Return the address as it was written first, if the contact says that it is right."""
    doubt = open_doubt(view)
    if doubt is None or doubt.field.name != field.name or _addresses(view, field, message):
        return None
    return doubt.written if _says(view, message, yes=False) else None


def confirmed_doubt(view: View) -> Doubt | None:
    """Return the open doubt, if the contact says yes to the suggestion without writing it."""
    doubt = open_doubt(view)
    if doubt is None or any(_addresses(view, doubt.field, message) for message in view.new_messages):
        return None
    said_yes = any(_says(view, message, yes=True) for message in view.new_messages)
    return Doubt(doubt.field, doubt.written, doubt.suggested, confirmed=True) if said_yes else None


def _addresses(view: View, field: QualificationField, message: StoredMessage) -> list[Value]:
    if message.author is not Author.CONTACT:
        return []
    return [reading.value for reading in read_values(message.text, field.type, context_of(view, field))]


def _says(view: View, message: StoredMessage, *, yes: bool) -> bool:
    context = ReadingContext(view.language, view.now.date())
    return any(reading.value is yes for reading in read_values(message.text[:READ_LIMIT], FieldType.YES_NO, context))


def _pointed_out(view: View, suggested: str) -> bool:
    return any(message.author is not Author.CONTACT and suggested in message.text for message in view.snapshot.messages)
