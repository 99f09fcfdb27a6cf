"""What is recorded about a contact, as the rules see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from frontdesk.evidence.types import Evidence
from frontdesk.values.types import Value


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """A field's current answer; `value` is None when the contact declined to give one."""

    value: Value | None
    evidence: tuple[Evidence, ...] = ()

    @property
    def declined(self) -> bool:
        """Whether the contact refused to answer."""
        return self.value is None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a condition may ask about."""

    answers: Mapping[str, AnswerFact] = field(default_factory=dict)
    intents: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    events: frozenset[str] = frozenset()
    stage: str | None = None
    stage_by_human: bool = False
    """Whether a person chose the current stage."""
    news: bool = True
    """Whether something was recorded since the current stage was entered."""
    silent_for: timedelta | None = None
    """How long the contact has left our last message unanswered; None while we owe the answer."""
