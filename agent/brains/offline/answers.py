"""What the contact's new messages answer: the open question, fields they volunteer, corrections, refusals. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.brains.protocol import View
from frontdesk.conversations.model import StoredMessage
from frontdesk.language.acts import AnswerAct, answer_act
from frontdesk.playbook.models import QualificationField
from frontdesk.values.read import read_values
from frontdesk.values.reading import Reading, ReadingContext
from frontdesk.values.types import FieldType, Value
from tools.context import ToolRefusedError, reading_context
from tools.record_answer import check_bounds

_VOLUNTEERED = frozenset(
    {
        FieldType.EMAIL,
        FieldType.PHONE,
        FieldType.MONEY,
        FieldType.TIMEFRAME,
        FieldType.NUMBER,
        FieldType.CHOICE,
        FieldType.MULTI_CHOICE,
        FieldType.PLACE,
        FieldType.COMPANY,
    }
)
"""Types whose values say by themselves what they are; others count only as answers to their question."""

_LEADS_IN = {
    FieldType.PLACE: re.compile(
        r"(?:\b(?:go|going|travel|travelling|traveling|fly|flying|trip|holiday|move) (?:to|in)|\bvisit(?:ing)?|"
        r"\b(?:ir|viajar|volar|viaje) a|\bvisitar|\b(?:po|wy)?jechać (?:do|na|w)|\blecieć (?:do|na)|"
        r"\b(?:wyjazd|lot|wycieczk\w+) (?:do|na)|去|飞往|飞)\s*$",
        re.IGNORECASE,
    ),
    FieldType.COMPANY: re.compile(
        r"(?:\bwork (?:at|for)|\b(?:our|my) company is|\btrabajo en|\bnuestra empresa es|\bpracuję w|\bnasza firma to|"
        r"我们公司(?:是|叫)|我在)\s*$",
        re.IGNORECASE,
    ),
}
"""Free phrases are volunteered only where words lead in to them."""

_CORRECTS = re.compile(
    r"\b(?:actually|sorry|correction|i meant|rather|instead|not \d|make it|changed?|jednak|przepraszam|pomyłka|"
    r"zamiast|zmiana|perdón|perdon|en realidad|mejor|corrijo|quise decir|cambio)\b|其实|不对|更正|改成|应该是|说错",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """A field's value and the words that say it."""

    field: QualificationField
    value: Value
    quote: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the new messages say about the playbook's fields."""

    answers: tuple[FoundAnswer, ...] = ()
    declined: tuple[tuple[QualificationField, str], ...] = ()
    """A field and the words that refuse it, or say that it is not known."""
    invalid: QualificationField | None = None
    """The asked field, if its answer breaks the playbook's bounds."""
    asks_back: bool = False
    """Whether the open question was met with a question."""


def understand(view: View, asked: QualificationField | None) -> Understanding:
    """Read the new messages against the open question and the fields still missing."""
    found: dict[str, FoundAnswer] = {}
    declined: list[tuple[QualificationField, str]] = []
    invalid, asks_back = None, False
    for message in view.new_messages:
        if not message.text.strip():
            continue
        act = answer_act(message.text, view.language)
        asks_back = asks_back or act is AnswerAct.ASKS
        direct = _direct(view, asked, message, act)
        if direct is not None and not _is_valid(direct):
            invalid = asked
        elif direct is not None:
            found[direct.field.name] = direct
        elif asked is not None and act in (AnswerAct.REFUSES, AnswerAct.UNKNOWN):
            declined.append((asked, message.text))
        used = [direct] if direct is not None else []
        for answer in _volunteered(view, asked, message, used):
            found[answer.field.name] = answer
    answered = frozenset(found)
    return Understanding(
        answers=tuple(found.values()),
        declined=tuple((field, quote) for field, quote in declined if field.name not in answered),
        invalid=invalid if invalid is not None and invalid.name not in answered else None,
        asks_back=asks_back and not found,
    )


def _direct(view: View, asked: QualificationField | None, message: StoredMessage, act: AnswerAct) -> FoundAnswer | None:
    """The answer to the open question, if the message gives one."""
    if asked is None or (act is AnswerAct.ASKS and asked.type in _FREE):
        return None
    readings = read_values(message.text, asked.type, _context(view, asked))
    if not readings or (act in (AnswerAct.REFUSES, AnswerAct.UNKNOWN) and asked.type in _FREE):
        return None
    return _found(asked, readings[0], message)


_FREE = frozenset({FieldType.TEXT, FieldType.PLACE, FieldType.COMPANY, FieldType.YES_NO})


def _volunteered(
    view: View, asked: QualificationField | None, message: StoredMessage, used: Sequence[FoundAnswer]
) -> Sequence[FoundAnswer]:
    """Values for other fields; several fields of one type cannot be told apart unless one of them was asked."""
    answers = []
    for field in _open_to(view, asked, message):
        if sum(other.type is field.type for other in view.playbook.fields) > 1:
            continue
        for reading in read_values(message.text, field.type, _context(view, field)):
            answer = _found(field, reading, message)
            if _speaks_for_itself(field, reading, message.text) and _is_valid(answer) and not _overlaps(answer, used):
                answers.append(answer)
                break
    return answers


def _open_to(view: View, asked: QualificationField | None, message: StoredMessage) -> Sequence[QualificationField]:
    """The fields that a message may fill unasked: missing ones, and known ones when it corrects something."""
    corrects = bool(_CORRECTS.search(message.text))
    missing = {field.name for field in view.missing}
    return [
        field
        for field in view.playbook.fields
        if field.type in _VOLUNTEERED
        and (asked is None or field.name != asked.name)
        and (field.name in missing or (corrects and field.name in view.facts.answers))
    ]


def _speaks_for_itself(field: QualificationField, reading: Reading, text: str) -> bool:
    words = text[reading.start : reading.end]
    if field.type is FieldType.NUMBER:
        return any(letter.isalpha() for letter in words) or _is_count(text, reading)
    if field.type is FieldType.MONEY:
        return any(not character.isdigit() and character not in " .,-–" for character in words)
    if field.type in _LEADS_IN:
        return _LEADS_IN[field.type].search(text[: reading.start]) is not None
    return True


_COUNTED = re.compile(
    r"\s*(?:people|persons?|adults?|kids|children|travell?ers|guests|pax|of us|os[oó]b|dorosł|dzieci|personas?|"
    r"adultos?|niños|viajeros|人|位|个人|大人|名)",
    re.IGNORECASE,
)
_WE_ARE = re.compile(
    r"(?:\bwe(?:'re|’re| are| will be)|\b(?:party|group|family) of|\bsomos|\bseremos|\bjest nas|\bbędzie nas|"
    r"\bjesteśmy w|我们(?:一共|共|有)?|一共|总共)\s*$",
    re.IGNORECASE,
)


def _is_count(text: str, reading: Reading) -> bool:
    """Whether the words around a bare number say that it counts people."""
    before, after = text[max(reading.start - 20, 0) : reading.start], text[reading.end : reading.end + 20]
    return _COUNTED.match(after) is not None or _WE_ARE.search(before) is not None


def _found(field: QualificationField, reading: Reading, message: StoredMessage) -> FoundAnswer:
    return FoundAnswer(field, reading.value, message.text[reading.start : reading.end])


def _overlaps(answer: FoundAnswer, used: Sequence[FoundAnswer]) -> bool:
    return any(answer.quote in other.quote or other.quote in answer.quote for other in used)


def _is_valid(answer: FoundAnswer) -> bool:
    try:
        check_bounds(answer.value, answer.field)
    except ToolRefusedError:
        return False
    return True


def _context(view: View, field: QualificationField) -> ReadingContext:
    business = view.playbook.business
    return reading_context(field, business, view.language, view.now.astimezone(business.zone).date())
