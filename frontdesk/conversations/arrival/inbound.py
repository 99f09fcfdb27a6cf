"""A message as it arrives, and what its sender starts with if nobody knows them yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import JsonValue

from frontdesk.lifecycle.moves import StageMove
from frontdesk.playbook.contacts import Merging


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message as a channel brought it; `wants_answer` is false for reactions, edits, group and system messages."""

    external_id: str
    addresses: tuple[str, ...]
    text: str
    kind: str
    sent_at: datetime
    wants_answer: bool
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    attributes: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What a new contact starts with, and what happens if they seem to be a known one."""

    move: StageMove
    playbook_version: str
    merging: Merging = Merging.SUGGEST
