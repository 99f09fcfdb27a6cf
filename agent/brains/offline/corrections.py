"""Which field a correction is about: "actually 5, not 4" may come after the next question was asked. Pure."""

import re

from agent.brains.offline.volunteered import context_of
from agent.brains.protocol import View
from frontdesk.conversations.model import Author
from frontdesk.language.acts import correction_end
from frontdesk.language.fold import READ_LIMIT, fold_plain
from frontdesk.playbook.models import QualificationField
from frontdesk.values.amounts import NOT
from frontdesk.values.read import read_values
from frontdesk.values.types import FREE_TYPES, FieldType

_MOST_OF = 0.6
"""Of the letters and digits."""
_TAKEN_BACK = re.compile(rf"{NOT} ?")
_BARE_NUMBER = re.compile(r"\d[\d.,]*|[^\W\d_]+")


def corrected_field(view: View, asked: QualificationField | None, text: str) -> QualificationField | None:
    """Return the known field that a message corrects, if it is not about the open question; None if that is unclear."""
    named = _named_by_old_value(view, text)
    if named is not None:
        return named
    if asked is None or correction_end(text) is None:
        return None
    return _previous(view, asked, text)


def _named_by_old_value(view: View, text: str) -> QualificationField | None:
    """Return the field whose recorded value the message takes back: "not 4" when four travellers are recorded."""
    folded = fold_plain(text[:READ_LIMIT])
    ends = [match.end() for match in _TAKEN_BACK.finditer(folded.text) if match.end() < len(folded.text)]
    for end in ends:
        rest = text[folded.starts[end] : READ_LIMIT]
        for name, fact in view.facts.answers.items():
            field = view.playbook.field(name)
            if field is None or fact.value is None or field.type is FieldType.YES_NO:
                continue
            readings = read_values(rest, field.type, context_of(view, field))
            if any(reading.value == fact.value and reading.start <= 1 for reading in readings):
                return field
    return None


def _previous(view: View, asked: QualificationField, text: str) -> QualificationField | None:
    """Return the field answered last, if the correction gives its type of value, and surely none for the asked one."""
    last = _answered_last(view)
    if last is None or last.name == asked.name or view.facts.answers.get(last.name) is None:
        return None
    if not read_values(text, last.type, context_of(view, last)) or (last.type in FREE_TYPES and _names(view, text)):
        return None
    if asked.type in FREE_TYPES and asked.type is not FieldType.PLACE:
        return last if _is_all_said(view, last, text) else None
    own = read_values(text, asked.type, context_of(view, asked))
    return last if all(_is_bare(text[reading.start : reading.end]) for reading in own) else None


def _names(view: View, text: str) -> bool:
    """Return whether a message names an option of a choice, so that it is about that and gives no name anew."""
    choices = (field for field in view.playbook.fields if field.type in (FieldType.CHOICE, FieldType.MULTI_CHOICE))
    return any(read_values(text, field.type, context_of(view, field)) for field in choices)


def _is_all_said(view: View, field: QualificationField, text: str) -> bool:
    """Return whether what follows "no wait" is little more than a value of the field, so that it is no name."""
    rest = text[correction_end(text) or 0 :]
    readings = read_values(rest, field.type, context_of(view, field))
    said = sum(letter.isalnum() for each in readings[:1] for letter in rest[each.start : each.end])
    return said > _MOST_OF * sum(letter.isalnum() for letter in rest)


def _is_bare(words: str) -> bool:
    """Return whether words are one number without a unit, which any field may mean."""
    return _BARE_NUMBER.fullmatch(words.strip()) is not None


def _answered_last(view: View) -> QualificationField | None:
    """Return the field that our message before the last asked for."""
    ours = [message for message in view.snapshot.history if message.author is Author.AGENT]
    asks = [message.attributes.get("asks") for message in ours[:-1]]
    name = next((name for name in reversed(asks) if isinstance(name, str)), None)
    return view.playbook.field(name) if name is not None else None
