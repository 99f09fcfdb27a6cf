"""What is shown of conversations and contacts."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, JsonValue

from frontdesk.conversations.model import AnswerStatus, Author, DeliveryState, Direction, Mode
from frontdesk.handoffs.state import HandoffState
from frontdesk.lifecycle.moves import Cause


class View(BaseModel):
    """The root of what is shown."""

    model_config = ConfigDict(from_attributes=True, use_attribute_docstrings=True)


class Evidence(View):
    """The contact's own words: `quote` is `text[start:end]` of the message, counted in Unicode code points."""

    message_id: UUID
    start: int
    end: int
    quote: str


class Channel(View):
    """A connected channel."""

    id: UUID
    kind: str
    name: str


class ContactName(View):
    """A contact, in brief."""

    id: UUID
    name: str | None


class ConversationSummary(View):
    """One episode with a contact on a channel."""

    id: UUID
    contact: ContactName
    channel: Channel
    mode: Mode
    epoch: int
    """Goes up whenever mode or owner changes."""
    owner: str | None
    team: str | None
    language: str | None
    stage: str | None
    """The contact's current lifecycle stage."""
    outcome: str | None
    unanswered: bool
    """Whether the contact's newest message waits for an answer."""
    opened_at: datetime
    inbound_at: datetime | None
    outbound_at: datetime | None
    closed_at: datetime | None


class Citation(View):
    """A passage that a reply relies on."""

    document: str
    passage_id: str
    title: str
    url: str | None = None


class Delivery(View):
    """How far an outbound message came."""

    id: UUID
    state: DeliveryState
    attempts: int
    reason: str | None
    external_id: str | None
    updated_at: datetime


class Message(View):
    """One message."""

    id: UUID
    seq: int
    direction: Direction
    author: Author
    author_name: str | None
    """For a person of the business."""
    kind: str
    text: str
    external_id: str | None
    turn_id: UUID | None
    in_reply_to: list[str]
    """The channel's ids of the messages that this answers."""
    citations: list[Citation]
    brain: str | None
    attributes: dict[str, JsonValue]
    """What else the channel said about it."""
    sent_at: datetime
    created_at: datetime
    delivery: Delivery | None


class PastAnswer(View):
    """An answer that was replaced."""

    status: AnswerStatus
    value: JsonValue
    evidence: list[Evidence]
    cause: str
    conversation_id: UUID | None
    turn_id: UUID | None
    created_at: datetime
    superseded_at: datetime | None


class Answer(PastAnswer):
    """A qualification field's current answer; `value` is null when the contact declined to give one."""

    field: str
    history: list[PastAnswer]
    """What it replaced, newest first."""


class StageEvent(View):
    """One move along the lifecycle."""

    id: UUID
    conversation_id: UUID | None
    turn_id: UUID | None
    from_stage: str | None
    to_stage: str
    cause: Cause
    actor: str | None
    reason: str
    evidence: list[Evidence]
    playbook_version: str | None
    created_at: datetime


class Claim(View):
    """One line of a brief with its proof."""

    claim: str
    field: str | None = None
    evidence: list[Evidence]


class Handoff(View):
    """A request that a person takes over."""

    id: UUID
    contact_id: UUID
    conversation_id: UUID
    turn_id: UUID | None
    team: str
    owner: str | None
    cause: str
    reason: str
    brief: list[Claim]
    state: HandoffState
    requested_at: datetime
    due_at: datetime
    escalated_at: datetime | None
    claimed_at: datetime | None
    ended_at: datetime | None


class Turn(View):
    """One decision of the agent: what it answered, from what, at what price."""

    id: UUID
    after_seq: int
    through_seq: int
    """It answers the inbound messages with after_seq < seq <= through_seq."""
    epoch: int
    outcome: str
    playbook_version: str
    brain: str
    model: str | None
    prompt_hash: str | None
    trace: dict[str, JsonValue]
    """Tool calls accepted and refused with reasons, passages seen, milliseconds per node, failures survived."""
    model_calls: int
    tokens_in: int
    tokens_out: int
    cost: Decimal
    superseded: int
    started_at: datetime
    finished_at: datetime


class Conversation(ConversationSummary):
    """A conversation with everything that happened in it."""

    earlier_messages: int
    """How many older messages are not in `messages`; page through them at `/messages`."""
    messages: list[Message]
    """The newest, oldest first."""
    answers: list[Answer]
    stage_events: list[StageEvent]
    """The contact's, oldest first."""
    handoffs: list[Handoff]
    turns: list[Turn]
    """The newest, oldest first."""


class ContactSummary(View):
    """A person."""

    id: UUID
    name: str | None
    email: str | None
    phone: str | None
    stage: str | None
    opted_out_at: datetime | None
    merged_into: UUID | None
    """The contact that this one turned out to be; what was theirs is there."""
    erased_at: datetime | None
    """When their words and details were removed at their wish."""
    created_at: datetime


class ContactAddress(View):
    """Where a contact is reached on one channel."""

    channel: Channel
    address: str


class OutsideEvent(View):
    """What an outside system reported."""

    id: str
    name: str
    data: dict[str, JsonValue]
    occurred_at: datetime


class Contact(ContactSummary):
    """A person with everything recorded about them."""

    referral: dict[str, JsonValue] | None
    identities: list[ContactAddress]
    answers: list[Answer]
    stage_events: list[StageEvent]
    events: list[OutsideEvent]
    conversations: list[ConversationSummary]
    """The newest first, at most 100."""
