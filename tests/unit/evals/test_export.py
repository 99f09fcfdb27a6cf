"""A stored conversation as a saved one, with a person's corrections as expectations."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import JsonValue

from evals.export import saved_conversation
from evals.repository import HandoffRow, MessageRow, StoredConversation
from evals.saved import Role
from frontdesk.conversations.model import Author
from frontdesk.handoffs.state import HandoffState
from tests.fakes.tool_scope import RENTAL

TEN = datetime(2026, 5, 1, 10, 0, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return TEN + timedelta(minutes=minutes)


def stored(**parts: Any) -> StoredConversation:
    plain: dict[str, Any] = {
        "id": UUID(int=1),
        "contact_id": UUID(int=2),
        "channel": "whatsapp",
        "name": "Ola",
        "email": None,
        "phone": None,
        "language": "en",
        "outcome": None,
        "opened_at": TEN,
        "closed_at": None,
    }
    return StoredConversation(**(plain | parts))


def wrote(author: Author, text: str, minutes: int, **attributes: JsonValue) -> MessageRow:
    return MessageRow(author, "text", text, at(minutes), attributes)


def test_that_lines_stand_in_the_order_of_time_with_what_the_agent_asked_and_cited() -> None:
    cited: list[JsonValue] = [{"document": "prices.md#boats", "title": "Prices"}]
    messages = [
        wrote(Author.CONTACT, "hello", 0),
        wrote(Author.AGENT, "20 EUR. How many are you?", 1, asks="party", citations=cited),
        wrote(Author.SYSTEM, "a notice", 2),
        wrote(Author.CONTACT, "4", 5),
    ]
    saved = saved_conversation(stored(messages=messages, events=[("purchase", at(3))], closed_at=at(9)), RENTAL)
    assert [(line.role, line.text or line.name) for line in saved.messages] == [
        (Role.CONTACT, "hello"),
        (Role.AGENT, "20 EUR. How many are you?"),
        (Role.EVENT, "purchase"),
        (Role.CONTACT, "4"),
        (Role.EVENT, "closed"),
    ]
    assert saved.messages[1].asks == "party"
    assert saved.messages[1].cites == ("prices.md#boats",)
    assert saved.expect is None


def test_that_a_persons_stage_and_answers_become_expectations() -> None:
    moved = stored(moves=[("New Lead", "Unqualified"), ("Unqualified", "Hot Lead")], answers={"party": 5})
    expect = saved_conversation(moved, RENTAL).expect
    assert expect is not None
    assert (expect.stage, expect.unqualified, expect.answers) == ("Hot Lead", False, {"party": 5})
    lost = saved_conversation(stored(moves=[("New Lead", "Unqualified")]), RENTAL).expect
    assert lost is not None
    assert lost.unqualified is True


def test_that_a_handoff_that_was_returned_without_a_word_was_not_needed() -> None:
    returned = HandoffRow(HandoffState.RETURNED, at(1), at(2), at(4))
    silent = saved_conversation(stored(handoffs=[returned]), RENTAL)
    assert silent.expect is not None
    assert silent.expect.handoff is False
    assert [line.name for line in silent.messages] == ["taken_over", "handed_back"]
    spoken = stored(handoffs=[returned], messages=[wrote(Author.HUMAN, "Bo here", 3)])
    assert saved_conversation(spoken, RENTAL).expect is None
    kept = stored(handoffs=[HandoffRow(HandoffState.CLAIMED, at(1), at(2), None)])
    assert saved_conversation(kept, RENTAL).expect is None
