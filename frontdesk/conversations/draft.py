"""What a turn intends to do: everything lands in one commit, or nothing does."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import JsonValue

from frontdesk.evidence.types import Evidence
from frontdesk.lifecycle.facts import AnswerFact, Facts
from frontdesk.lifecycle.moves import StageMove
from frontdesk.values.types import Value


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that a reply relies on."""

    passage_id: UUID
    document: str
    title: str
    url: str | None = None

    def to_json(self) -> dict[str, JsonValue]:
        """As a message keeps it."""
        return {"passage_id": str(self.passage_id), "document": self.document, "title": self.title, "url": self.url}


@dataclass(frozen=True, slots=True)
class Reply:
    """The message to the contact; `asks` names the field that it asks for."""

    text: str
    language: str
    citations: tuple[Citation, ...] = ()
    asks: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of a hand-off brief, and the words that prove it."""

    text: str
    evidence: tuple[Evidence, ...]
    field: str | None = None


class HandoffCause(StrEnum):
    """Who wanted a person."""

    RULE = "rule"
    AGENT = "agent"
    FAILURE = "failure"
    """The agent could not finish a turn."""


@dataclass(frozen=True, slots=True)
class HandoffRequest:
    """The request that a team takes over."""

    team: str
    reason: str
    cause: HandoffCause
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question in one of the contact's messages that no passage answered, the passages that came nearest, and how
    likely the first of them would have been the answer (0 to 1)."""

    message_id: UUID
    text: str
    language: str | None
    confidence: float
    nearest: tuple[Citation, ...]


@dataclass(slots=True)
class TurnDraft:
    """The effects collected so far; only tools and rules add to it."""

    answers: dict[str, AnswerFact] = field(default_factory=dict)
    intents: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    moves: list[StageMove] = field(default_factory=list)
    handoff: HandoffRequest | None = None
    brief: tuple[Claim, ...] = ()
    follow_up_at: datetime | None = None
    opt_out: Evidence | None = None
    reply: Reply | None = None
    unanswered: tuple[Unanswered, ...] = ()

    def record(self, field_name: str, value: Value | None, evidence: tuple[Evidence, ...]) -> None:
        """Record an answer, or with None a refusal to answer."""
        self.answers[field_name] = AnswerFact(value, evidence)

    def facts(self, recorded: Facts) -> Facts:
        """The recorded facts with this draft's on top."""
        return replace(
            recorded,
            answers={**recorded.answers, **self.answers},
            intents={**recorded.intents, **self.intents},
            stage=self.moves[-1].to_stage if self.moves else recorded.stage,
            stage_by_human=recorded.stage_by_human and not self.moves,
            news=recorded.news or bool(self.answers or self.intents),
        )
