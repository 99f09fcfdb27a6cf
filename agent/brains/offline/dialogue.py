"""What to say: acknowledge, answer, then ask the next open question; at most one question a message. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from agent.brains.offline.acknowledge import acknowledgement, varied
from agent.brains.offline.answers import Understanding, is_only_amount
from agent.brains.offline.colleagues import said_by_person
from agent.brains.offline.doubts import Doubt
from agent.brains.offline.history import last_reply, refuses_person, times_asked, was_passed_over
from agent.brains.offline.opening_hours import are_stated, asks_hours, asks_only_hours, opening_hours
from agent.brains.offline.passages import excerpt
from agent.brains.protocol import View
from frontdesk.conversations.model import Author
from frontdesk.handoffs.routing import requested_by_rule
from frontdesk.language.locales import locale_of
from frontdesk.language.person import asks_what_we_are
from frontdesk.language.phrases import asks_why, is_acknowledgement, is_greeting, wants_no_questions
from frontdesk.language.unwelcome import complains, is_abuse
from frontdesk.lifecycle.evaluate import disqualified, missing_fields, qualified
from frontdesk.lifecycle.facts import Facts
from frontdesk.playbook.models import QualificationField
from frontdesk.playbook.scalars import text_in
from frontdesk.playbook.texts import StandingText, standing_text, standing_wordings
from frontdesk.values.types import FieldType
from knowledge.retrieve import RetrievedPassage

MOST_ASKED = 2
"""A question that was put this often without an answer is let go."""

QUOTE_THRESHOLD = 0.65
"""Confidence from which a passage is quoted. A quotation says less than an answer in own words would: it shows
where it comes from, and the contact sees whether it fits."""

QUOTE_THRESHOLD_OF_SUBJECTS = 0.25
"""The same where the message shows an intent of the playbook's own: the business itself says that it answers questions
of this kind, so that a passage is likelier to be there. The two best are quoted then."""

NEARLY_AS_GOOD = 0.06
"""Of the score: so close that either passage may be the one that was asked for."""

MAY_BE_MEANT = 0.1
"""The same where it is not sure that the best passage answers."""

QUOTE_THRESHOLD_OF_STATEMENTS = 0.5
"""Confidence from which a passage is quoted to one who asks nothing, but speaks of such a subject."""

_CLOSING_INTENTS = {
    "job_seeker": StandingText.JOB_SEEKER_REPLY,
    "not_interested": StandingText.NOT_INTERESTED_REPLY,
    "chose_competitor": StandingText.COMPETITOR_REPLY,
    "spam": StandingText.SPAM_REPLY,
}


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the next message depends on."""

    view: View
    facts: Facts
    """As they will be once this turn's calls are accepted."""
    understood: Understanding
    asked: QualificationField | None
    intents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A message to the contact, the passages it quotes and the field it asks for."""

    text: str
    citations: tuple[UUID, ...] = ()
    asks: str | None = None
    told: bool = False
    """Whether it tells what was asked for."""
    closes: bool = False
    """Whether it thanks for everything, so that no acknowledgement stands before it."""


def speak(situation: Situation) -> Said:
    """The message for this situation."""
    if "opt_out" in situation.intents:
        return _standing(situation, StandingText.OPTED_OUT)
    if "wants_human" in situation.intents:
        return _standing(
            situation, StandingText.COMPLAINT_REPLY if _complains(situation) else StandingText.RECORDED_ACK
        )
    if situation.view.mend is not None:
        return _only_next_question(situation)
    for intent, key in _CLOSING_INTENTS.items():
        if intent in situation.intents and not refuses_person(situation.view):
            return _standing(situation, StandingText.ABUSE_REPLY if _is_abused(situation) else key)
    if not any(message.text.strip() for message in situation.view.new_messages):
        return _standing(situation, StandingText.MEDIA_UNREADABLE)
    if _complains(situation) and not _is_question(situation):
        return _standing(situation, StandingText.COMPLAINT_REPLY)
    if disqualified(situation.facts, situation.view.playbook).holds:
        return _turned_down(situation)
    if _only(situation, is_acknowledgement) and not situation.understood.answers:
        return _standing(situation, StandingText.THANKS_REPLY)
    return _answer_and_ask(situation)


def _turned_down(situation: Situation) -> Said:
    """What a lead hears that is none: that we cannot help, but once, beside an answer if there is one."""
    answer, sorry = _answer(situation), _standing(situation, StandingText.UNQUALIFIED_REPLY)
    answer = answer if answer is not None and answer.told else None
    previous = last_reply(situation.view)
    if previous is None or sorry.text not in previous.text:
        return _after(answer, sorry)
    return answer or _noted(situation) or sorry


def _is_abused(situation: Situation) -> bool:
    return any(is_abuse(message.text) for message in situation.view.new_messages)


def _complains(situation: Situation) -> bool:
    return any(complains(message.text) for message in situation.view.new_messages)


def _answer_and_ask(situation: Situation) -> Said:
    answer = _answer(situation)
    if _asks_why(situation):
        return _after(_standing(situation, StandingText.WHY_ASKED), _next_question(situation))
    if answer is not None and not answer.told:
        return _after(_noted(situation), answer)
    if answer is not None and situation.view.leaves_open:
        return _after(answer, _standing(situation, StandingText.UNKNOWN_REST))
    if situation.understood.doubt is not None:
        return _after(answer or _noted(situation), _point_out(situation, situation.understood.doubt))
    if situation.understood.invalid is not None:
        if situation.understood.invalid.type is FieldType.PHONE:
            return _after(answer, _unclear_phone(situation, situation.understood.invalid))
        ask = _ask_text(situation, situation.understood.invalid)
        text = _text(situation, StandingText.INVALID_ANSWER, ask=ask)
        return _after(answer, Said(text, asks=situation.understood.invalid.name))
    following = _next_question(situation)
    opening = None if following.closes else _opening(situation)
    return _after(answer or opening, following)


def _unclear_phone(situation: Situation, field: QualificationField) -> Said:
    return Said(_text(situation, StandingText.PHONE_UNCLEAR), asks=field.name)


def _asks_why(situation: Situation) -> bool:
    """Whether our question is met by asking what it is for."""
    return situation.asked is not None and _only(situation, asks_why)


def _opening(situation: Situation) -> Said | None:
    """The words before a question when there was nothing to answer."""
    noted = _noted(situation)
    if noted is not None:
        return noted
    if situation.understood.declined or _wants_no_questions_now(situation) or refuses_person(situation.view):
        return Said(varied(situation.view, StandingText.DECLINED_ACK))
    if last_reply(situation.view) is None:
        return _standing(situation, StandingText.GREETING)
    return None


def _wants_no_questions_now(situation: Situation) -> bool:
    return any(wants_no_questions(message.text) for message in situation.view.new_messages)


def _noted(situation: Situation) -> Said | None:
    """The acknowledgement of what was answered, if anything was."""
    if not situation.understood.answers:
        return None
    return Said(acknowledgement(situation.view, situation.understood.answers))


def _point_out(situation: Situation, doubt: Doubt) -> Said:
    """Ask whether an address is right that looks mistyped; a yes alone is not yet the address in their words."""
    key = StandingText.EMAIL_TYPO_AGAIN if doubt.confirmed else StandingText.EMAIL_TYPO_HINT
    return Said(_text(situation, key, suggestion=doubt.suggested), asks=doubt.field.name)


def _answer(situation: Situation) -> Said | None:
    """A passage that answers the message, or that nobody knows; None if nothing was asked."""
    hours = asks_hours(situation.view)
    if _only(situation, is_greeting) or not (hours or _seeks_information(situation)):
        return None
    if hours and not _documents_tell_hours(situation):
        return _hours(situation)
    return _searched(situation)


def _searched(situation: Situation) -> Said | None:
    """What the documents say to the message."""
    view = situation.view
    asks = _is_question(situation) and not _asks_little(situation)
    if view.retrieval.passages and view.retrieval.confidence >= _least_to_quote(situation, asks=asks):
        return _quote(situation)
    return _unknown(situation) if asks else None


def _documents_tell_hours(situation: Situation) -> bool:
    retrieval = situation.view.retrieval
    sure = bool(retrieval.passages) and retrieval.confidence >= _least_to_quote(situation, asks=True)
    return sure and are_stated(retrieval.passages[0], situation.view.playbook.business)


def _hours(situation: Situation) -> Said:
    """The hours by the playbook, behind the answer to what else is asked, if the documents have one."""
    hours = Said(opening_hours(situation.view), told=True)
    other = None if asks_only_hours(situation.view) else _searched(situation)
    return _after(other if other is not None and other.told else None, hours)


def _least_to_quote(situation: Situation, *, asks: bool) -> float:
    if not _asks_about_subject(situation):
        return QUOTE_THRESHOLD
    return QUOTE_THRESHOLD_OF_SUBJECTS if asks else QUOTE_THRESHOLD_OF_STATEMENTS


def _unknown(situation: Situation) -> Said:
    """That nobody here knows, in other words if we said so just now; what we are, we always know."""
    view = situation.view
    if any(asks_what_we_are(message.text) for message in view.new_messages):
        return _standing(situation, StandingText.AI_DISCLOSURE)
    wordings = standing_wordings(view.playbook, StandingText.UNKNOWN_ANSWER, view.language)
    previous = last_reply(view)
    said = previous is not None and wordings[0] in previous.text
    return Said(wordings[-1] if said else wordings[0])


def _asks_about_subject(situation: Situation) -> bool:
    return any(intent.name in situation.intents for intent in situation.view.playbook.intents)


def _asks_little(situation: Situation) -> bool:
    """Whether the question only wraps an answer ("could it be May?"), so that there is nothing else to tell."""
    return bool(situation.understood.answers) and not situation.understood.asks_something


def _quote(situation: Situation) -> Said:
    """The best passage of each question; and the next, if it is a neighbour nearly as good or it is not sure which."""
    view = situation.view
    best, *others = view.retrieval.passages
    unsure = view.retrieval.confidence < QUOTE_THRESHOLD
    answers = view.retrieval.answers
    chosen = list(view.retrieval.passages[:answers])
    if answers == 1:
        least = MAY_BE_MEANT if unsure else NEARLY_AS_GOOD
        near = (other for other in others[:1] if best.score - other.score <= least)
        chosen += [other for other in near if unsure or _is_twin(other, best)]
    room = view.reply_limit // (2 * len(chosen))
    chosen.sort(key=lambda passage: passage.language not in (None, view.language))
    quoted: list[str] = []
    noticed: str | None = None
    for passage in chosen:
        notice = "" if passage.language == noticed else _notice(situation, passage.language)
        quoted.append(notice + _words(passage, room, unsure=unsure))
        noticed = passage.language
    return Said("\n\n".join(quoted), tuple(passage.passage_id for passage in chosen), told=True)


def _words(passage: RetrievedPassage, room: int, *, unsure: bool) -> str:
    """What is quoted of a passage: the question with its answer where "yes" might else be taken for theirs."""
    words = excerpt(passage.text, room)
    return f"{passage.question}\n{words}" if unsure and passage.question else words


def _notice(situation: Situation, language: str | None) -> str:
    """The line before a quotation in another language than the contact's; nothing before one in theirs."""
    view = situation.view
    if language in (None, view.language):
        return ""
    named = locale_of(view.language).languages.get(language, language)
    return f"{_text(situation, StandingText.PASSAGE_OTHER_LANGUAGE, language=named)}\n"


def _is_twin(other: RetrievedPassage, best: RetrievedPassage) -> bool:
    return other.document == best.document and other.language == best.language and best.question is None


def _seeks_information(situation: Situation) -> bool:
    """Whether anything is left to answer beside the fields that the messages fill."""
    if _is_question(situation):
        return True
    says_more = not (situation.understood.answers or situation.understood.declined or refuses_person(situation.view))
    return says_more and situation.asked is None


def _is_question(situation: Situation) -> bool:
    asking = (message.text for message in situation.view.new_messages if not is_only_amount(message.text))
    return any(mark in text for text in asking for mark in "?？") or situation.understood.asks_something


def _next_question(situation: Situation) -> Said:
    field = _still_open(situation)
    if field is not None:
        return Said(_ask_text(situation, field), asks=field.name)
    if situation.facts.answers and (situation.understood.answers or situation.understood.declined):
        closing, previous = _closing(situation), last_reply(situation.view)
        if previous is None or closing not in previous.text:  # once is enough
            return Said(closing, closes=True)
    return Said("")


def _still_open(situation: Situation) -> QualificationField | None:
    """The field to ask for next; in the end, once more, one that is needed and was met with a question."""
    view = situation.view
    if _asks_no_more(view):
        return None
    missing = [field for field in missing_fields(situation.facts, view.playbook) if not said_by_person(view, field)]
    fresh = (field for field in missing if times_asked(view, field) < MOST_ASKED)
    again = (
        field
        for field in missing
        if field.required and times_asked(view, field) == MOST_ASKED and was_passed_over(view, field)
    )
    return next(fresh, None) or (next(again, None) if situation.understood.answers else None)


def _closing(situation: Situation) -> str:
    """What is said when nothing is left to ask: only a lead that goes to a person is told that one will write."""
    facts, playbook, done = situation.facts, situation.view.playbook, situation.view.snapshot.rule_handoffs
    goes_on = done or qualified(facts, playbook).holds or requested_by_rule(facts, playbook, done) is not None
    return _text(situation, StandingText.CLOSING_DONE if goes_on else StandingText.CLOSING_OPEN)


def _asks_no_more(view: View) -> bool:
    """Whether a person has the lead already, or the contact does not want to be asked."""
    said = (message.text for message in view.snapshot.messages if message.author is Author.CONTACT)
    return bool(view.snapshot.rule_handoffs) or any(wants_no_questions(text) for text in said)


def _only_next_question(situation: Situation) -> Said:
    question = _next_question(situation)
    return question if question.text else _standing(situation, StandingText.SAFE_REPLY)


def _ask_text(situation: Situation, field: QualificationField) -> str:
    """The question, in other words if it was put before."""
    view = situation.view
    asked_before = times_asked(view, field)
    wordings = (field.ask,) if field.ask_again is None else (field.ask, field.ask_again)
    wording = wordings[min(asked_before, len(wordings) - 1)]
    ask = text_in(wording, view.language, view.playbook.business.default_language)
    return _text(situation, StandingText.ASK_AGAIN, ask=ask) if asked_before >= len(wordings) else ask


def _after(first: Said | None, second: Said) -> Said:
    if first is None or not first.text:
        return second if second.text else (first or second)
    if not second.text:
        return first
    told = first.told or second.told
    return Said(f"{first.text}\n\n{second.text}", (*first.citations, *second.citations), second.asks, told)


def _only(situation: Situation, tells: Callable[[str], bool]) -> bool:
    texts = [message.text for message in situation.view.new_messages if message.text.strip()]
    return bool(texts) and all(tells(text) for text in texts)


def _text(situation: Situation, key: StandingText, **values: str) -> str:
    return standing_text(situation.view.playbook, key, situation.view.language, **values)


def _standing(situation: Situation, key: StandingText) -> Said:
    return Said(_text(situation, key))
