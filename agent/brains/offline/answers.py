"""What the contact's new messages answer: the open question, fields they volunteer, corrections, refusals. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.brains.offline.corrections import corrected_field
from agent.brains.offline.doubts import Doubt, confirmed_doubt, doubt_about, settled_doubt
from agent.brains.offline.history import refuses_person
from agent.brains.offline.refusals import refused_field
from agent.brains.offline.spoken_money import differs_from_asked, is_price_asked
from agent.brains.offline.volunteered import VOLUNTEERED, context_of, listed, spoken_span, volunteered
from agent.brains.protocol import View
from frontdesk.conversations.model import StoredMessage
from frontdesk.language.acts import AnswerAct, asks_something, correction_end
from frontdesk.language.decisions import chose_another, pays_now
from frontdesk.language.fold import READ_LIMIT, fold_plain
from frontdesk.language.person import wants_human
from frontdesk.language.phrases import declines_offer, is_opt_out, seeks_work
from frontdesk.language.unwelcome import complains, is_surprised
from frontdesk.lifecycle.evaluate import disqualified
from frontdesk.lifecycle.facts import AnswerFact, Facts
from frontdesk.playbook.models import QualificationField
from frontdesk.playbook.scalars import all_texts
from frontdesk.values.answer import TypedAnswer, read_answer
from frontdesk.values.currencies import CURRENCY, minor_units
from frontdesk.values.phones import ENOUGH_DIGITS
from frontdesk.values.read import read_values
from frontdesk.values.reading import Reading, ReadingContext
from frontdesk.values.types import FREE_TYPES, FieldType, Money, Value
from frontdesk.values.units import Counted, kinds_counted
from tools.context import ToolRefusedError
from tools.record_answer import check_bounds

_CHOICES = (FieldType.CHOICE, FieldType.MULTI_CHOICE)
_OF_THEIR_OWN = VOLUNTEERED - {*_CHOICES, FieldType.YES_NO}
_OTHERS_SHARE = 0.6
"""Of a message's letters and digits."""
_LEAST_AMOUNT = 10
_LONGEST_AMOUNT = 60
"""Characters; more is no mere amount."""
_SMALL_AMOUNT = 100
"""In major units: a bare number below is taken for money only if it does not cost us the lead."""
_CURRENCY = re.compile(CURRENCY)
_NO_FIRST = re.compile(r" *(?:no|nope|nie|不)(?:是|对)?[ ,.!]")
_OKAY = re.compile(r"ok(?:ay|ey|ej)?|bueno|vale|dobra|dobrze|好的?")
_OF_US = (wants_human, declines_offer, chose_another, pays_now, seeks_work, complains, is_surprised)
"""What says where the contact stands with us, so that its words are no name or other free text that was asked for."""


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """A field's value and the words that say it."""

    field: QualificationField
    value: Value
    quote: str
    start: int = 0
    """Where the words stand in their message."""


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
    asks_something: bool = False
    """Whether anything is asked, beside what is answered."""
    doubt: Doubt | None = None
    """An address that looks mistyped and is not recorded before the contact has looked at it again."""


def understand(view: View, asked: QualificationField | None) -> Understanding:
    """Read the new messages against the open question, the fields still missing, and those that they correct."""
    reader = _Reader(view, None if refuses_person(view) else asked)  # their no is none to what we asked before
    for message in view.new_messages:
        if message.text.strip():
            reader.read(message)
    understood = reader.understanding()
    return understood if understood.doubt is not None else replace(understood, doubt=confirmed_doubt(view))


class _Reader:
    """Gathers what a burst of messages says; a later message wins over an earlier one."""

    def __init__(self, view: View, asked: QualificationField | None) -> None:
        self._view, self._asked = view, asked
        self._found: dict[str, FoundAnswer] = {}
        self._declined: list[tuple[QualificationField, str]] = []
        self._invalid: QualificationField | None = None
        self._doubt: Doubt | None = None
        self._asks_back = self._asks_something = False

    def read(self, message: StoredMessage) -> None:
        """Take in one message."""
        text = message.text
        if is_opt_out(text):
            return
        self._asks_something = self._asks_something or (asks_something(text) and not is_only_amount(text))
        meant = corrected_field(self._view, self._asked, text) or self._asked
        used = self._read_asked(meant, message) if meant is not None else None
        for answer in _volunteered(self._view, meant, message, used):
            self._take(answer)

    def _read_asked(self, field: QualificationField, message: StoredMessage) -> FoundAnswer | None:
        if field.type in FREE_TYPES and any(tells(message.text) for tells in _OF_US):
            return None
        if field.type is FieldType.TEXT and (_is_address(self._view, message) or _gives_others(self._view, message)):
            return None
        if field.type in (FieldType.PLACE, FieldType.COMPANY):
            beside = _named_beside(self._view, field, message)
            if beside is not None:
                self._take(beside)
            if beside is not None or _is_another_value(self._view, field, message):
                return beside
        settled = settled_doubt(self._view, field, message)
        if settled is not None:
            self._found[field.name] = FoundAnswer(field, settled, settled)
            return self._found[field.name]
        return self._read_typed(field, message)

    def _read_typed(self, field: QualificationField, message: StoredMessage) -> FoundAnswer | None:
        answer = read_answer(message.text, field.type, context_of(self._view, field))
        self._asks_back = self._asks_back or answer.act is AnswerAct.ASKS
        if field.type is FieldType.YES_NO and _only_opens(self._view, answer.reading, message):
            return None
        if field.type is FieldType.TIMEFRAME and _is_age(self._view, answer.reading, message):
            return None
        if answer.reading is not None and differs_from_asked(field, answer.reading, message.text):
            return None
        if answer.reading is not None and _is_asked_about(field, answer.reading, message):
            self._asks_back = True
            return None
        reading = answer.reading or _option_asked_about(self._view, field, message)
        if reading is None:
            self._note_nothing(field, answer, message)
            return None
        found = _found(field, reading, message)
        if _is_no_amount(self._view, field, found):
            counted = _count_meant(self._view, message.text)
            return self._read_asked(counted, message) if counted is not None else None
        if _is_valid(found):
            self._take(found)
        else:
            self._invalid = field
        return found

    def _note_nothing(self, field: QualificationField, answer: TypedAnswer, message: StoredMessage) -> None:
        """Keep why the open question has no value: refused, or digits that are no phone number."""
        if field.type is FieldType.PHONE and sum(map(str.isdigit, message.text)) >= ENOUGH_DIGITS:
            self._invalid = field
        else:
            self._note_refusal(field, answer, message)

    def _note_refusal(self, field: QualificationField, answer: TypedAnswer, message: StoredMessage) -> None:
        refuses = answer.act in (AnswerAct.REFUSES, AnswerAct.UNKNOWN) or _is_bare_no(self._view, message.text)
        refused = refused_field(self._view, field, message.text) if field is self._asked and refuses else None
        if refused is not None:
            self._declined.append((refused, message.text))

    def _take(self, answer: FoundAnswer) -> None:
        """Keep an answer, unless it is an address that looks mistyped."""
        doubt = doubt_about(self._view, answer.field, answer.value)
        if doubt is None:
            self._found[answer.field.name] = answer
        else:
            self._doubt = doubt

    def understanding(self) -> Understanding:
        """What all messages together say."""
        answered = frozenset(self._found)
        doubt = self._doubt if self._doubt is not None and self._doubt.field.name not in answered else None
        invalid = self._invalid if self._invalid is not None and self._invalid.name not in answered else None
        return Understanding(
            answers=tuple(self._found.values()),
            declined=tuple((field, quote) for field, quote in self._declined if field.name not in answered),
            invalid=invalid,
            asks_back=self._asks_back and not self._found,
            asks_something=self._asks_something,
            doubt=doubt,
        )


def _volunteered(
    view: View, asked: QualificationField | None, message: StoredMessage, used: FoundAnswer | None
) -> Sequence[FoundAnswer]:
    """Values for other fields; several of one type are told apart by their subjects or options, or not at all."""
    answers: list[FoundAnswer] = []
    corrects = correction_end(message.text) is not None
    known = {name for name, fact in view.facts.answers.items() if fact.value is not None}
    for field in _open_to(view, asked):
        for reading in _only_its_own(view, field, message):
            answer = _found(field, reading, message)
            refines = field.name in known and not corrects
            if refines and (
                used is not None or not _is_most_of(spoken_span(field, reading, message.text), message.text)
            ):
                continue
            apart = [used] if used is not None and used.field.type is not FieldType.TEXT else []
            if _is_valid(answer) and not _overlaps(answer, [*apart, *answers]):
                answers.append(answer)
                break
    return answers


def _only_its_own(view: View, field: QualificationField, message: StoredMessage) -> Sequence[Reading]:
    """The values that can only be meant for this field: options that no other choice has, one type one field."""
    readings = volunteered(view, field, message)
    if field.type is FieldType.YES_NO:
        return readings
    if field.type not in _CHOICES:
        return readings if sum(other.type is field.type for other in view.playbook.fields) == 1 else ()
    others = [other for other in view.playbook.fields if other.type in _CHOICES and other.name != field.name]
    taken = [(each.start, each.end) for other in others for each in volunteered(view, other, message)]
    own = [each for each in readings if not any(each.start < end and start < each.end for start, end in taken)]
    return own if field.type is FieldType.MULTI_CHOICE else _one_of(own, correction_end(message.text))


def _one_of(readings: Sequence[Reading], taken_back: int | None) -> Sequence[Reading]:
    """The option that is meant: the one behind "no wait", else the only one; two options that differ say neither."""
    later = [each for each in readings if taken_back is not None and each.start >= taken_back]
    return later or (readings if len({each.value for each in readings}) == 1 else ())


def _option_asked_about(view: View, field: QualificationField, message: StoredMessage) -> Reading | None:
    """The option that is asked about in place of an answer: "how much are braces?"."""
    named = _only_its_own(view, field, message) if field.type is FieldType.CHOICE else ()
    return next(iter(named), None)


def _open_to(view: View, asked: QualificationField | None) -> Sequence[QualificationField]:
    """The fields that a message may fill unasked, known ones among them, to correct them."""
    return [
        field
        for field in view.playbook.fields
        if field.type in VOLUNTEERED and (asked is None or field.name != asked.name)
    ]


def _is_most_of(span: tuple[int, int], text: str) -> bool:
    """Whether a message is little more than this value, so that it can only be meant to replace the known one."""
    said = sum(letter.isalnum() for letter in text[slice(*span)])
    return said > _OTHERS_SHARE * sum(letter.isalnum() for letter in text)


def is_only_amount(text: str) -> bool:
    """Whether a message is an amount and signs: "2400??" wonders at what we said."""
    if len(text) > _LONGEST_AMOUNT:
        return False
    return not any(letter.isalpha() for letter in _CURRENCY.sub("", fold_plain(text).text))


def _is_asked_about(field: QualificationField, reading: Reading, message: StoredMessage) -> bool:
    """Whether an amount is only asked about: "can I pay 500 in cash?" is no budget."""
    return field.type is FieldType.MONEY and is_price_asked(message.text, reading.start)


def _is_bare_no(view: View, text: str) -> bool:
    """Whether a message is little more than a no: to a question of what or how much, it refuses."""
    readings = read_values(text, FieldType.YES_NO, ReadingContext(view.language, view.now.date()))
    return any(reading.value is False and _is_most_of((reading.start, reading.end), text) for reading in readings)


def _named_beside(view: View, field: QualificationField, message: StoredMessage) -> FoundAnswer | None:
    """Return the name that a message gives beside other values ("Rome, 2 people, in June"), which are no part of it."""
    if not listed(view, message.text[:READ_LIMIT]):
        return None
    return next((_found(field, each, message) for each in volunteered(view, field, message)), None)


def _is_another_value(view: View, asked: QualificationField, message: StoredMessage) -> bool:
    """Whether a message is little more than values of other fields, so that it names no place or company."""
    others = [
        field for field in view.playbook.fields if field.type in VOLUNTEERED - {FieldType.PLACE, FieldType.COMPANY}
    ]
    spans = [spoken_span(field, one, message.text) for field in others for one in volunteered(view, field, message)]
    if any(_CURRENCY.search(fold_plain(message.text[start:end]).text) for start, end in spans):
        return True
    return _covers_most(spans, message.text)


def _only_opens(view: View, reading: Reading | None, message: StoredMessage) -> bool:
    """Whether a yes is a mere "ok" before the answer to something else: "ok, a filling then"."""
    if reading is None or _OKAY.fullmatch(fold_plain(message.text[reading.start : reading.end]).text) is None:
        return False
    choices = (field for field in view.playbook.fields if field.type in _CHOICES)
    return any(volunteered(view, field, message) for field in choices)


def _is_address(view: View, message: StoredMessage) -> bool:
    """Whether a message is little more than an address that another field asks for, and no name or remark."""
    fields = [field for field in view.playbook.fields if field.type in (FieldType.EMAIL, FieldType.PHONE)]
    readings = [each for field in fields for each in read_values(message.text, field.type, context_of(view, field))]
    return any(_is_most_of((each.start, each.end), message.text) for each in readings)


def _gives_others(view: View, message: StoredMessage) -> bool:
    """Whether a message is little more than values that are still to be known, or corrected, and no words of its own.

    An option may be both: what one wants, and one of the choices.
    """
    corrects = _NO_FIRST.match(fold_plain(message.text).text) is not None
    known = set() if corrects else {name for name, fact in view.facts.answers.items() if fact.value is not None}
    fields = [field for field in view.playbook.fields if field.type in _OF_THEIR_OWN and field.name not in known]
    spans = [spoken_span(field, one, message.text) for field in fields for one in _only_its_own(view, field, message)]
    return _covers_most(spans, message.text)


def _covers_most(spans: Sequence[tuple[int, int]], text: str) -> bool:
    covered = {at for start, end in spans for at in range(start, end) if text[at].isalnum()}
    return len(covered) > _OTHERS_SHARE * sum(letter.isalnum() for letter in text)


def _is_age(view: View, reading: Reading | None, message: StoredMessage) -> bool:
    """Whether years are those that another field counts, and no time: "she is 9 years old", unlike "in 9 years"."""
    ages = [
        field
        for field in view.playbook.fields
        if field.type is FieldType.NUMBER
        and Counted.YEARS in kinds_counted(field.unit, all_texts(field.ask))
        and field.name not in view.facts.answers
    ]
    spans = [spoken_span(field, one, message.text) for field in ages for one in volunteered(view, field, message)]
    return reading is not None and any(start <= reading.start < end for start, end in spans)


def _is_no_amount(view: View, asked: QualificationField, found: FoundAnswer) -> bool:
    """Whether a bare small number, given for an amount of money, can only be a count: nobody's budget is 4."""
    if asked.type is not FieldType.MONEY or not isinstance(found.value, Money):
        return False
    is_bare = not any(letter in found.quote for letter in "$€£¥") and not _CURRENCY.search(fold_plain(found.quote).text)
    amount = found.value.high // 10 ** minor_units(found.value.currency)
    facts = Facts(answers={asked.name: AnswerFact(found.value)})
    return is_bare and (amount < _LEAST_AMOUNT or (amount < _SMALL_AMOUNT and disqualified(facts, view.playbook).holds))


def _count_meant(view: View, text: str) -> QualificationField | None:
    """The only number field, if it has no value or the message says no to it: "no, 5"."""
    numbers = [field for field in view.playbook.fields if field.type is FieldType.NUMBER]
    known = view.facts.answers.get(numbers[0].name) if len(numbers) == 1 else None
    is_open = known is None or known.value is None or _NO_FIRST.match(fold_plain(text).text) is not None
    return numbers[0] if len(numbers) == 1 and is_open else None


def _found(field: QualificationField, reading: Reading, message: StoredMessage) -> FoundAnswer:
    return FoundAnswer(field, reading.value, message.text[reading.start : reading.end], reading.start)


def _overlaps(answer: FoundAnswer, used: Sequence[FoundAnswer]) -> bool:
    end = answer.start + len(answer.quote)
    return any(answer.start < other.start + len(other.quote) and other.start < end for other in used)


def _is_valid(answer: FoundAnswer) -> bool:
    try:
        check_bounds(answer.value, answer.field)
    except ToolRefusedError:
        return False
    return True
