"""A conversation as one thread: messages, notes and moves in the order in which they happened. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from api.corrections.repository import NoteRow
from api.records import views


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a message to be marked: `start` and `end` count code points."""

    message_id: UUID
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RefusedCall:
    """What the agent wanted to do, and why the code refused."""

    tool: str
    reason: str


@dataclass(frozen=True, slots=True)
class Why:
    """How a reply came about."""

    brain: str
    model: str | None
    confidence: float
    """That the passages answer the question, 0 to 1."""
    refused: tuple[RefusedCall, ...]
    replaced: str | None
    """Why a safe reply stands in place of the agent's."""
    milliseconds: int


@dataclass(frozen=True, slots=True)
class ThreadItem:
    """One entry; exactly one of `message`, `note` and `move` is set."""

    at: datetime
    message: views.Message | None = None
    pieces: tuple[str, str, str] = ("", "", "")
    """The message's text before, within and after the mark."""
    why: Why | None = None
    note: NoteRow | None = None
    move: views.StageEvent | None = None


def thread_of(conversation: views.Conversation, notes: Sequence[NoteRow], mark: Mark | None) -> Sequence[ThreadItem]:
    """Everything in order; of the contact's moves those that this conversation caused."""
    turns = {turn.id: turn for turn in conversation.turns}
    items = [
        ThreadItem(
            at=message.created_at,
            message=message,
            pieces=pieces_of(message, mark),
            why=_why(turns.get(message.turn_id)) if message.turn_id else None,
        )
        for message in conversation.messages
    ]
    items += [ThreadItem(at=note.created_at, note=note) for note in notes]
    items += [
        ThreadItem(at=move.created_at, move=move)
        for move in conversation.stage_events
        if move.conversation_id == conversation.id
    ]
    return sorted(items, key=lambda item: item.at)


def pieces_of(message: views.Message, mark: Mark | None) -> tuple[str, str, str]:
    """Cut a message's text around the mark; without one, all of it comes before."""
    text = message.text
    if mark is None or mark.message_id != message.id or not 0 <= mark.start < mark.end <= len(text):
        return text, "", ""
    return text[: mark.start], text[mark.start : mark.end], text[mark.end :]


def read_mark(given: str) -> Mark | None:
    """The mark that a link names as `message:start:end`; None for anything else."""
    message, _, span = given.partition(":")
    start, _, end = span.partition(":")
    try:
        return Mark(UUID(message), int(start), int(end))
    except ValueError:
        return None


def _why(turn: views.Turn | None) -> Why | None:
    if turn is None:
        return None
    trace: dict[str, Any] = turn.trace
    refused = tuple(
        RefusedCall(str(call.get("tool", "")), str(call.get("reason", "")))
        for call in trace.get("calls", ())
        if not call.get("accepted")
    )
    spent = sum(float(each) for each in trace.get("milliseconds", {}).values())
    replaced = trace.get("replaced")
    confidence = float(trace.get("confidence", 0.0))
    return Why(
        brain=turn.brain,
        model=turn.model,
        confidence=confidence,
        refused=refused,
        replaced=str(replaced) if replaced else None,
        milliseconds=round(spent),
    )
