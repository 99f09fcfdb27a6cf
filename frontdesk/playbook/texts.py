"""The agent's standing sentences: the playbook's own wording, else the ready one in the contact's language."""

import re
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from pydantic import TypeAdapter

from frontdesk.playbook.models import Playbook
from frontdesk.playbook.scalars import text_in
from frontdesk.playbook.source import read_source

STANDING_LANGUAGES = ("en", "zh", "pl", "es")
"""The languages in which every standing sentence is ready."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ALWAYS = frozenset({"persona", "business"})
_READY = TypeAdapter(dict[str, dict[str, str | list[str]]])


class StandingText(StrEnum):
    """The sentences that the agent may need whatever the business; `{…}` is what the caller fills."""

    GREETING = "greeting"
    HOW_CAN_I_HELP = "how_can_i_help"
    AI_DISCLOSURE = "ai_disclosure"
    UNKNOWN_ANSWER = "unknown_answer"
    """Says that the answer is not known and offers a person; another wording for the second time in a row."""
    UNKNOWN_REST = "unknown_rest"
    """After the answer to one of several questions: says so of the others, and offers a person."""
    OPENING_HOURS = "opening_hours"
    """Tells when the business is open; `{hours}` are the days with their hours."""
    CLOSED_ON_HOLIDAYS = "closed_on_holidays"
    """After the opening hours of a business that closes on public holidays."""
    CLOSED_TODAY = "closed_today"
    """After the opening hours, on a holiday."""
    HANDOFF_OPEN = "handoff_open"
    """A person takes over during opening hours; `{when}` such as "within 15 minutes"."""
    HANDOFF_CLOSED = "handoff_closed"
    """A person takes over later; `{when}` such as "on Monday from 09:00"."""
    HANDOFF_ALREADY = "handoff_already"
    OPTED_OUT = "opted_out"
    THANKS_REPLY = "thanks_reply"
    RECORDED_ACK = "recorded_ack"
    """Before the next question."""
    NOTED_ACK = "noted_ack"
    """After several answers in one message; `{value}` is what was understood."""
    CHANGED_ACK = "changed_ack"
    """After a correction; `{value}` is what holds now."""
    ASK_AGAIN = "ask_again"
    """Before a question that was put before; `{ask}` is the question."""
    WHY_ASKED = "why_asked"
    """Answers why we ask, before the question once more."""
    DECLINED_ACK = "declined_ack"
    """After a refused answer, before the next question."""
    INVALID_ANSWER = "invalid_answer"
    """An answer outside its bounds; `{ask}` is the question again."""
    PHONE_UNCLEAR = "phone_unclear"
    """After digits that are no phone number here: asks for the number with its country code."""
    EMAIL_TYPO_HINT = "email_typo_hint"
    """`{suggestion}` is the corrected address."""
    EMAIL_TYPO_AGAIN = "email_typo_again"
    """After a yes to that; asks for `{suggestion}` in the contact's own words."""
    CLOSING_DONE = "closing_done"
    """All is answered: says what happens next."""
    CLOSING_OPEN = "closing_open"
    """Nothing is left to ask, and no person has the lead: offers one."""
    UNQUALIFIED_REPLY = "unqualified_reply"
    COMPETITOR_REPLY = "competitor_reply"
    NOT_INTERESTED_REPLY = "not_interested_reply"
    JOB_SEEKER_REPLY = "job_seeker_reply"
    SAFE_REPLY = "safe_reply"
    """Nothing else may be said: asks for other words."""
    PASSAGE_OTHER_LANGUAGE = "passage_other_language"
    """Before a passage in another language; `{language}` is that language's name."""
    COMPLAINT_REPLY = "complaint_reply"
    """Apologises and offers a person."""
    ABUSE_REPLY = "abuse_reply"
    SPAM_REPLY = "spam_reply"
    """To advertising, and to what may be an insult in words that are not known as one."""
    MEDIA_UNREADABLE = "media_unreadable"


def standing_text(playbook: Playbook, key: StandingText, language: str | None, /, **values: str) -> str:
    """Return a standing sentence in `language`, else in the business's default language, else in English.

    `persona` and `business` are filled from the playbook; a placeholder without a value stays as it is.
    """
    return fill(_templates(playbook, key, language)[0], _filled(playbook) | values)


def standing_wordings(playbook: Playbook, key: StandingText, language: str | None) -> tuple[str, ...]:
    """Return every wording of a standing sentence in that language: one, if the playbook has its own."""
    return tuple(fill(template, _filled(playbook)) for template in _templates(playbook, key, language))


def _filled(playbook: Playbook) -> dict[str, str]:
    return {"persona": playbook.persona.name, "business": playbook.business.name}


def fill(template: str, values: dict[str, str]) -> str:
    """Put values into `{name}` placeholders; anything else in braces is plain text."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), template)


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces."""
    return frozenset(_PLACEHOLDER.findall(text))


def standing_placeholders(key: StandingText) -> frozenset[str]:
    """Return the placeholders that are filled in this sentence."""
    return placeholders(_ready_texts()[key]["en"][0]) | _ALWAYS


def _templates(playbook: Playbook, key: StandingText, language: str | None) -> tuple[str, ...]:
    default = playbook.business.default_language
    own = playbook.texts.get(key)
    ready = _ready_texts()[key]
    if own is not None and (isinstance(own, str) or language in own or language not in ready):
        return (text_in(own, language, default),)
    return ready.get(language or default) or ready.get(default) or ready["en"]


@lru_cache(maxsize=1)
def _ready_texts() -> dict[str, dict[str, tuple[str, ...]]]:
    content = files("frontdesk.playbook").joinpath("texts.yaml").read_text("utf-8")
    read = _READY.validate_python(read_source(content).data)
    return {
        key: {language: (text,) if isinstance(text, str) else tuple(text) for language, text in texts.items()}
        for key, texts in read.items()
    }
