"""Values that a message gives without being asked: "we're 4, in May, budget 3k". Pure."""

import re
from collections.abc import Sequence
from decimal import Decimal

from agent.brains.offline.spoken_counts import counted_noun_end, is_count
from agent.brains.offline.spoken_dates import is_when_wanted
from agent.brains.offline.spoken_money import differs_from_asked, is_budget, is_price_asked, shows_interest
from agent.brains.offline.spoken_names import LEADS_IN, names
from agent.brains.protocol import View
from frontdesk.conversations.model import StoredMessage
from frontdesk.language.acts import correction_end
from frontdesk.language.fold import READ_LIMIT, fold_plain
from frontdesk.language.person import wants_human
from frontdesk.playbook.models import QualificationField
from frontdesk.values.amounts import NOT
from frontdesk.values.choices import names_option, read_named
from frontdesk.values.read import read_values
from frontdesk.values.reading import Option, Reading, ReadingContext
from frontdesk.values.subjects import said_of
from frontdesk.values.types import FieldType, Quantity
from tools.context import reading_context

_ONE = Quantity(Decimal(1), Decimal(1))
"""In a question about a price, "one person" is whom the price is for; in a wish for a person, whom one wants."""

VOLUNTEERED = frozenset(
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
        FieldType.YES_NO,
    }
)
"""Types whose values say by themselves what they are; others count only as answers to their question."""

_DENIED = re.compile(rf"{NOT} ?$")

_WEIGHTY = frozenset({FieldType.MONEY, FieldType.TIMEFRAME, FieldType.NUMBER})
"""Types of which a contact lists values beside a name: "Rome, in May, 4 people"."""


def volunteered(view: View, field: QualificationField, message: StoredMessage) -> Sequence[Reading]:
    """Return the values of the field that the message says by itself, in order; offsets are the message's."""
    text = message.text[:READ_LIMIT]
    if field.type in LEADS_IN:
        return names(view, field, text, context_of(view, field), listed(view, text), orders=_names_option(view, text))
    readings = read_values(text, field.type, context_of(view, field))
    if _corrects(view, field, text):
        return [each for each in readings if not (is_price_asked(text, each.start) or _is_denied(text, each.start))]
    if field.type is FieldType.TIMEFRAME:
        company = _has_company(view, text)
        return [each for each in readings if is_when_wanted(text, each.start, each.end, has_company=company)]
    if field.type is FieldType.MONEY:
        budgets = [each for each in readings if is_budget(text, each.start, each.end)]
        return [each for each in budgets if not differs_from_asked(field, each, text)]
    if field.type is FieldType.NUMBER:
        return [each for each in readings if _counts(view, field, text, each)]
    if field.type is FieldType.YES_NO:
        subject = context_of(view, field).subject
        stated = said_of(text, fold_plain(text), subject) if subject is not None else ()
        return [Reading(value, start, end) for start, end, value in stated]
    if field.type in (FieldType.CHOICE, FieldType.MULTI_CHOICE):
        options = context_of(view, field).options
        named = [each for each in readings if names_option(text[each.start : each.end], options)]
        return named or _asked_about(field, options, text)
    return readings


def _asked_about(field: QualificationField, options: tuple[Option, ...], text: str) -> list[Reading]:
    """The option that the contact asks about as one who may want it: "how much are braces?"."""
    if field.type is FieldType.MULTI_CHOICE:
        return []
    return [each for each in read_named(text, options) if shows_interest(text, each.start)]


def _names_option(view: View, text: str) -> bool:
    """Whether a message names an option of some choice."""
    choices = (field for field in view.playbook.fields if field.type in (FieldType.CHOICE, FieldType.MULTI_CHOICE))
    return any(read_values(text, field.type, context_of(view, field)) for field in choices)


def _is_denied(text: str, start: int) -> bool:
    """Whether a no stands right before a value: "not me, my boss"."""
    return _DENIED.search(fold_plain(text[:start]).text) is not None


def _corrects(view: View, field: QualificationField, text: str) -> bool:
    """Whether a message takes something back, and the field has a value that it may mean."""
    fact = view.facts.answers.get(field.name)
    return fact is not None and fact.value is not None and correction_end(text) is not None


def listed(view: View, text: str) -> list[tuple[int, int]]:
    """The spans of the amounts, dates and counts that a message gives, and of addresses beside them."""
    spans = [
        spoken_span(field, reading, text)
        for field in view.playbook.fields
        if field.type in _WEIGHTY
        for reading in read_values(text, field.type, context_of(view, field))
        if _is_listed(view, field, reading, text)
    ]
    addresses = [
        (reading.start, reading.end)
        for field in view.playbook.fields
        if spans and field.type in (FieldType.EMAIL, FieldType.PHONE)
        for reading in read_values(text, field.type, context_of(view, field))
    ]
    return spans + addresses


def _is_listed(view: View, field: QualificationField, reading: Reading, text: str) -> bool:
    match field.type:
        case FieldType.TIMEFRAME:
            return is_when_wanted(text, reading.start, reading.end, has_company=False)
        case FieldType.MONEY:
            return is_budget(text, reading.start, reading.end)
        case _:
            return _counts(view, field, text, reading)


def _counts(view: View, field: QualificationField, text: str, reading: Reading) -> bool:
    if reading.value == _ONE and (is_price_asked(text, reading.start) or wants_human(text)):
        return False
    return is_count(text, reading, field, view.playbook)


def _has_company(view: View, text: str) -> bool:
    """Whether a message says what, where, how many or how much, so that a date in it is no chance remark."""
    if _names_option(view, text):
        return True
    for field in view.playbook.fields:
        if field.type in (FieldType.NUMBER, FieldType.MONEY):
            readings = read_values(text, field.type, context_of(view, field))
            if any(_is_listed(view, field, reading, text) for reading in readings):
                return True
        if field.type is FieldType.PLACE and names(view, field, text, context_of(view, field), ()):
            return True
    return False


def spoken_span(field: QualificationField, reading: Reading, text: str) -> tuple[int, int]:
    """Return the span of a value together with the people or the like that a number counts."""
    noun = counted_noun_end(text, reading, field) if field.type is FieldType.NUMBER else None
    return reading.start, noun or reading.end


def context_of(view: View, field: QualificationField) -> ReadingContext:
    """Return what values of the field are read against in this conversation, now."""
    business = view.playbook.business
    return reading_context(field, business, view.language, view.now.astimezone(business.zone).date())
