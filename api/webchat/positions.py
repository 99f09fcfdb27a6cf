"""Where a visitor stands in what they have read: a place among all messages of all their conversations."""

import re
from dataclasses import dataclass
from uuid import UUID

from frontdesk.errors import FrontdeskError

_POSITION = re.compile(r"([0-9a-f]{32})-([0-9]{1,9})", re.ASCII)


class PositionInvalidError(FrontdeskError):
    """`after` or `Last-Event-ID` is not a position that we gave out (HTTP 422)."""

    code = "position_invalid"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A message's place: conversations in the order they were opened, messages by their number."""

    conversation_id: UUID
    seq: int

    def __str__(self) -> str:
        return f"{self.conversation_id.hex}-{self.seq}"


BEGINNING = Position(UUID(int=0), 0)


def read_position(text: str | None) -> Position:
    """Read what `str` wrote; the beginning for nothing. Raises PositionInvalidError."""
    if not text:
        return BEGINNING
    parts = _POSITION.fullmatch(text)
    if parts is None:
        raise PositionInvalidError("this is not a position; send back the `id` of an event or a page's `cursor`")
    return Position(UUID(parts[1]), int(parts[2]))
