"""Our own format: one saved conversation a line, streamed."""

import re
from collections.abc import Iterator
from pathlib import Path

from evals.formats.contract import BadRecord, ConversationsUnreadableError, Format, FormatName, ImportOptions, Item
from evals.formats.json_records import Placed, json_lines
from evals.formats.validation import read_as
from evals.saved import ExpectedEnd, ExpectedHandoff, Role, SavedConversation
from frontdesk.channels.contract import MessageKind

_CONTACT = re.compile(r'(?<!\\)"contact"\s*:')


def read_suite(path: Path) -> Iterator[SavedConversation]:
    """Yield the conversations of a suite file, one in memory at a time.

    A suite with a mistake is not run at all: raises ConversationsUnreadableError with the line, what is wrong there
    and what would be right.
    """
    seen: set[str] = set()
    for item in _conversations(path):
        if isinstance(item, BadRecord):
            raise ConversationsUnreadableError(f"{item.place}: {item.problem}")
        if item.id in seen:
            raise ConversationsUnreadableError(f"{path.name}: `{item.id}` is the id of two conversations; rename one")
        seen.add(item.id)
        yield item


def _read(path: Path, _options: ImportOptions) -> Iterator[Item]:
    yield from _conversations(path)


def _conversations(path: Path) -> Iterator[SavedConversation | BadRecord]:
    for record in json_lines(path):
        yield record if isinstance(record, BadRecord) else _conversation(record)


def _conversation(record: Placed) -> SavedConversation | BadRecord:
    conversation = read_as(SavedConversation, record)
    if isinstance(conversation, BadRecord):
        return conversation
    problem = _problem(conversation)
    return conversation if problem is None else BadRecord(record.place, problem)


def _problem(conversation: SavedConversation) -> str | None:
    """What the schema cannot say: above all an expectation that would never be judged."""
    for index, message in enumerate(conversation.messages):
        place = f"messages[{index}]"
        if message.role is Role.EVENT and not message.name:
            return f"{place} is an event without a `name`; add one such as `purchase`"
        if message.role is not Role.EVENT and message.kind == MessageKind.TEXT and not message.text:
            return f"{place} has no `text`; say what was written, or leave the message out"
        if message.expect is not None and message.role is not Role.CONTACT:
            return (
                f"{place} has an `expect`, but only answers to the contact are judged; move it to a contact's message"
            )
    heard = sum(message.role is Role.CONTACT for message in conversation.messages)
    if not heard and not any(message.role is Role.EVENT for message in conversation.messages):
        return "`messages` holds none of the contact's and no event, so nothing would be judged; add one"
    return _handoff_problem(conversation.expect, heard)


def _handoff_problem(expected: ExpectedEnd | None, heard: int) -> str | None:
    handoff = expected.handoff if expected is not None else None
    if not isinstance(handoff, ExpectedHandoff):
        return None
    for key, number in (("by_message", handoff.by_message), ("not_before", handoff.not_before)):
        if number is not None and number > heard:
            return f"expect.handoff.{key} is {number}, but the contact writes {heard} messages; count them from one"
    if handoff.by_message is not None and (handoff.not_before or 0) > handoff.by_message:
        return "expect.handoff.not_before is later than by_message, so nothing could meet both; swap them"
    return None


def _recognises(_name: str, head: str) -> bool:
    first = head.lstrip("\ufeff \t\r\n").partition("\n")[0]
    return first.startswith("{") and '"messages"' in first and _CONTACT.search(first) is not None


FORMAT = Format(FormatName.FRONTDESK, "saved conversations, one JSON object a line", _recognises, _read)
