"""Whose record something goes into, and from where it came."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Occasion:
    """The moment at which answers, intents and moves of a contact are recorded."""

    contact_id: UUID
    conversation_id: UUID | None
    now: datetime
    turn_id: UUID | None = None
    """The agent's turn that found them, if one did."""
