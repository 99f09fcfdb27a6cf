"""What a message says, apart from who said it and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from frontdesk.channels.contract import MessageKind


@dataclass(frozen=True, slots=True)
class Content:
    """A message's kind, its text in the contact's words, and what else is worth keeping."""

    kind: MessageKind
    text: str = ""
    attributes: Mapping[str, JsonValue] = field(default_factory=dict)
