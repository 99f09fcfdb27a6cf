"""What the load generator is told to do and what it answers: one JSON line each way."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Wire(StrEnum):
    """How a system is spoken to."""

    ANSWER = "answer"
    """`POST /messages`, whose response is the reply."""
    WEBHOOK = "webhook"
    """A signed webhook; the reply comes back as one to the load generator's own server."""


class Target(BaseModel):
    """Where messages go."""

    model_config = ConfigDict(frozen=True)

    url: str
    wire: Wire
    secret: str = ""
    """Signs webhooks."""


class Load(BaseModel):
    """A closed loop: each writer sends, waits for the reply, and goes on with the next of its contacts."""

    model_config = ConfigDict(frozen=True)

    target: Target
    contacts: str
    """Prefix of the contacts' ids; a prefix used before goes on with the same conversations."""
    writers: int
    contacts_each: int = 6
    """A person does not answer within milliseconds, so no contact writes twice in a row."""
    first_turn: int = 1
    turns: int | None = None
    """Turns of each contact; without it as many as `seconds` allow."""
    seconds: float | None = None
    burst: int = 1
    """Messages sent before the reply is waited for."""
    burst_gap: float = 0.5
    """Seconds between them."""


class Measured(BaseModel):
    """What the writers saw; all times in seconds."""

    model_config = ConfigDict(frozen=True)

    turns: int
    elapsed: float
    replies: list[float]
    """From sending the last message of a turn to its reply."""
    acknowledgements: list[float]
    """From sending each message to the end of its HTTP response."""
