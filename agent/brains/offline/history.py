"""What we said before this turn. Pure."""

import re
from itertools import pairwise

from agent.brains.offline.volunteered import volunteered
from agent.brains.protocol import View
from frontdesk.conversations.model import Author, StoredMessage
from frontdesk.language.acts import AnswerAct, answer_act, asks_something
from frontdesk.language.phrases import is_acknowledgement
from frontdesk.playbook.models import QualificationField
from frontdesk.playbook.texts import StandingText, standing_wordings
from frontdesk.values.read import read_values
from frontdesk.values.reading import ReadingContext
from frontdesk.values.types import FieldType

_OFFERS = (
    StandingText.UNKNOWN_ANSWER,
    StandingText.UNKNOWN_REST,
    StandingText.COMPLAINT_REPLY,
    StandingText.CLOSING_OPEN,
)
_FURTHER = re.compile(r"[,，.。;；!！\n]")
_SHORT = 30
"""Characters; a longer message that happens to say no is about something else."""


def last_reply(view: View) -> StoredMessage | None:
    """Our newest message before this turn."""
    ours = [message for message in view.snapshot.history if message.author is not Author.CONTACT]
    return ours[-1] if ours else None


def asked_field(view: View) -> QualificationField | None:
    """The field that our newest message asked for, or, if it offered a person instead, the last one before it."""
    ours = [message for message in view.snapshot.history if message.author is not Author.CONTACT]
    while ours and _offers_person(ours[-1], view):
        ours.pop()
    asks = ours[-1].attributes.get("asks") if ours else None
    return view.playbook.field(asks) if isinstance(asks, str) else None


def offered_person(view: View) -> bool:
    """Whether our newest message offered a person."""
    last = last_reply(view)
    return last is not None and _offers_person(last, view)


def _offers_person(message: StoredMessage, view: View) -> bool:
    written = message.attributes.get("language")
    language = written if isinstance(written, str) else None
    wordings = (wording for offer in _OFFERS for wording in standing_wordings(view.playbook, offer, language))
    return any(wording in message.text for wording in wordings)


def refuses_person(view: View) -> bool:
    """Whether the contact says no, and little else, to our offer of a person: no answer to anything else."""
    said = [message.text for message in view.new_messages if message.text.strip()]
    if not said or not offered_person(view) or any(len(text) > _SHORT for text in said) or _states_more(view):
        return False
    context = ReadingContext(view.language, view.now.date())
    readings = [(text, reading) for text in said for reading in read_values(text, FieldType.YES_NO, context)]
    return bool(readings) and all(
        reading.value is False and _adds_nothing(text[reading.end :], context) for text, reading in readings
    )


def _states_more(view: View) -> bool:
    """Whether the contact says no to the subject of a field: "no insurance" refuses nobody."""
    fields = [field for field in view.playbook.fields if field.type is FieldType.YES_NO]
    return any(volunteered(view, field, message) for field in fields for message in view.new_messages)


def _adds_nothing(rest: str, context: ReadingContext) -> bool:
    """Whether nothing but thanks, or the same in other words, follows a no: "no, for a child" says something else."""
    return all(
        is_acknowledgement(clause)
        or answer_act(clause, context.language) in (AnswerAct.REFUSES, AnswerAct.UNKNOWN)
        or any(reading.value is False for reading in read_values(clause, FieldType.YES_NO, context))
        for clause in _FURTHER.split(rest)[1:]
        if clause.strip()
    )


def times_asked(view: View, field: QualificationField) -> int:
    """How often we have asked for a field."""
    return sum(message.attributes.get("asks") == field.name for message in view.snapshot.messages)


def was_passed_over(view: View, field: QualificationField) -> bool:
    """Whether the contact met our question for a field with a question of their own, and so may still answer it."""
    messages = view.snapshot.messages
    return any(
        message.attributes.get("asks") == field.name and asks_something(following.text)
        for message, following in pairwise(messages)
    )
