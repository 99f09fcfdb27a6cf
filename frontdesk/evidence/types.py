"""Evidence: a contact's own words, located in one inbound message."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message of the contact, as evidence is sought in it."""

    message_id: UUID
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote located in an inbound message: `text[start:end] == quote`, offsets in Unicode code points."""

    message_id: UUID
    start: int
    end: int
    quote: str
