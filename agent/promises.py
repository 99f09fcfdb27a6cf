"""Sentences that claim an action: a reply may say them only if the turn does what they say."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter
from ruamel.yaml import YAML

from agent.questions import statements


class Promise(StrEnum):
    """An action that a sentence can claim."""

    HAND_OFF = "hand_off"
    TRANSACTION = "transaction"
    SENDING = "sending"
    LATER = "later"

    @property
    def words(self) -> str:
        """The claim, as a clause."""
        return _WORDS[self]

    def is_kept(self, *, hands_off: bool, follows_up: bool) -> bool:
        """Whether a turn that does this keeps the promise; bookings and mailings are not the agent's to make."""
        if self is Promise.HAND_OFF:
            return hands_off
        return self is Promise.LATER and (follows_up or hands_off)


_WORDS = {
    Promise.HAND_OFF: "a person takes over",
    Promise.TRANSACTION: "something was booked, paid or cancelled",
    Promise.SENDING: "something was sent",
    Promise.LATER: "you will send something or come back to the contact",
}
_UNLESS = "unless"
_PATTERNS = TypeAdapter(dict[str, list[str]])


@dataclass(frozen=True, slots=True)
class _Patterns:
    claims: dict[Promise, re.Pattern[str]]
    unless: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    read = YAML(typ="safe").load(files("agent").joinpath("promises.yaml").read_text("utf-8"))
    written = {
        name: re.compile("|".join(sources), re.IGNORECASE) for name, sources in _PATTERNS.validate_python(read).items()
    }
    return _Patterns({promise: written[promise] for promise in Promise}, written[_UNLESS])


def promises_in(text: str) -> tuple[Promise, ...]:
    """The actions that the text claims; a question or a sentence with a condition claims none."""
    patterns = _patterns()
    plain = text.replace("’", "'")
    claimed = [sentence for sentence in statements(plain) if not patterns.unless.search(sentence)]
    return tuple(
        promise for promise, pattern in patterns.claims.items() if any(pattern.search(each) for each in claimed)
    )
