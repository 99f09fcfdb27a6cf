"""Sentences that claim an action: a reply may say them only if the action is in the turn's draft."""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter
from ruamel.yaml import YAML

from frontdesk.conversations.draft import TurnDraft


class Promise(StrEnum):
    """An action that a sentence can claim."""

    HAND_OFF = "hand_off"
    TRANSACTION = "transaction"
    SENDING = "sending"
    FOLLOW_UP = "follow_up"

    @property
    def words(self) -> str:
        """The claim, as a clause."""
        return _WORDS[self]

    def kept_by(self, draft: TurnDraft) -> bool:
        """Whether the draft does what was promised; bookings and mailings are not ours to make."""
        if self is Promise.HAND_OFF:
            return draft.handoff is not None
        return self is Promise.FOLLOW_UP and (draft.follow_up_at is not None or draft.handoff is not None)


_WORDS = {
    Promise.HAND_OFF: "a person takes over",
    Promise.TRANSACTION: "something was booked, paid or cancelled",
    Promise.SENDING: "something was sent",
    Promise.FOLLOW_UP: "you will come back to the contact",
}
_PATTERNS = TypeAdapter(dict[Promise, list[str]])


@cache
def _patterns() -> dict[Promise, re.Pattern[str]]:
    read = YAML(typ="safe").load(files("agent").joinpath("promises.yaml").read_text("utf-8"))
    written = _PATTERNS.validate_python(read)
    return {promise: re.compile("|".join(patterns), re.IGNORECASE) for promise, patterns in written.items()}


def promises_in(text: str) -> Iterable[Promise]:
    """The actions that the text claims."""
    return [promise for promise, pattern in _patterns().items() if pattern.search(text)]
