"""The words of a conversation: who wrote, who owns it, what a message is once stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from pydantic import JsonValue

from frontdesk.evidence.types import Utterance
from frontdesk.lifecycle.facts import Facts


class Mode(StrEnum):
    """Who answers the conversation now."""

    AGENT = "agent"
    HUMAN = "human"
    CLOSED = "closed"


class Direction(StrEnum):
    """Seen from the business."""

    INBOUND = "in"
    OUTBOUND = "out"


class Author(StrEnum):
    """Who wrote a message."""

    CONTACT = "contact"
    AGENT = "agent"
    HUMAN = "human"
    SYSTEM = "system"


class AnswerStatus(StrEnum):
    """Whether a field was answered or the contact refused."""

    ANSWERED = "answered"
    DECLINED = "declined"


class CorrectionKind(StrEnum):
    """What a person set right."""

    STAGE = "stage"
    ANSWER = "answer"
    HANDOFF = "handoff"
    """Nobody was needed."""


class FollowUpState(StrEnum):
    """What became of a rung of the silence ladder."""

    WAITING = "waiting"
    SENT = "sent"
    PASSED = "passed"
    """Its time came, and there was nothing to say or no way to say it."""
    CANCELLED = "cancelled"


class DeliveryState(StrEnum):
    """Where an outbound message is on its way to the contact."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message of the conversation; `text` of an attachment is its caption."""

    id: UUID
    seq: int
    direction: Direction
    author: Author
    kind: str
    text: str
    sent_at: datetime
    external_id: str | None = None
    attributes: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContactCard:
    """What is known of the person beside their answers."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    opted_out: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A conversation as a turn sees it: read once, never changed, checked again at the commit."""

    conversation_id: UUID
    contact_id: UUID
    channel_id: UUID
    channel_kind: str
    mode: Mode
    epoch: int
    language: str | None
    inbound_seq: int
    answered_seq: int
    waiting_since: datetime | None
    inbound_at: datetime | None
    outbound_at: datetime | None
    model_calls: int
    cost: Decimal
    contact: ContactCard
    messages: tuple[StoredMessage, ...]
    """The newest messages, oldest first."""
    facts: Facts
    stage_number: int = 0
    """The number of the contact's newest stage event."""
    rule_handoffs: frozenset[str] = frozenset()
    """Reasons for which a rule has handed this conversation over before; each does so once."""
    text_limit: int = 4096
    """Longest text that the channel takes."""

    @property
    def has_work(self) -> bool:
        """Whether the agent owes an answer; also to someone who opted out, if they write again themselves."""
        return self.mode is Mode.AGENT and self.inbound_seq > self.answered_seq

    @property
    def new_messages(self) -> tuple[StoredMessage, ...]:
        """The contact's messages that this turn answers."""
        return tuple(
            message
            for message in self.messages
            if message.author is Author.CONTACT and self.answered_seq < message.seq <= self.inbound_seq
        )

    @property
    def history(self) -> tuple[StoredMessage, ...]:
        """The messages before those that this turn answers."""
        new = {message.seq for message in self.new_messages}
        return tuple(message for message in self.messages if message.seq not in new)

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """The contact's own words in this conversation, oldest first: where evidence may stand."""
        return tuple(
            Utterance(message.id, message.text)
            for message in self.messages
            if message.author is Author.CONTACT and message.text
        )
