"""How a replayed conversation stands after each kind of line."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from evals.replay import steps
from evals.replay.apply import apply
from evals.replay.silence import let_pass
from evals.replay.standing import Standing
from evals.saved import SavedContact, SavedConversation
from frontdesk.conversations.draft import HandoffCause, HandoffRequest, Reply, TurnDraft
from frontdesk.conversations.model import Author, Mode
from frontdesk.lifecycle.facts import AnswerFact
from frontdesk.playbook.models import Playbook
from frontdesk.values.types import Quantity
from tests.fakes.tool_scope import RENTAL, TUESDAY

LATER = TUESDAY + timedelta(seconds=5)
CASE = SavedConversation(id="c", contact=SavedContact(id="u", name="Ola"), messages=())


def wrote(standing: Standing | None = None, text: str = "hello", place: int = 0) -> Standing:
    standing = standing or steps.opened(CASE, RENTAL, TUESDAY)
    return steps.contact_wrote(standing, place, text, "text", TUESDAY, wants_answer=True)


def answered(**draft: Any) -> Standing:
    plain: dict[str, Any] = {"reply": Reply("Hi!", "en", asks="party")}
    return apply(wrote(), TurnDraft(**(plain | draft)), LATER, RENTAL)


def test_that_a_message_is_work_until_a_turn_answers_it() -> None:
    assert wrote().has_work
    after = answered()
    assert not after.has_work
    assert after.messages[-1].attributes == {"asks": "party", "language": "en"}
    assert after.language == "en"


def test_that_a_handed_over_conversation_gets_no_turn_until_it_is_handed_back() -> None:
    after = answered(handoff=HandoffRequest("quay", "qualified", HandoffCause.RULE))
    assert after.rule_handoffs == {"qualified"}
    waiting = wrote(after, "anybody?", 1)
    assert not waiting.has_work
    assert steps.handed_back(waiting).has_work


def test_that_a_person_answers_all_that_came_before() -> None:
    after = steps.human_wrote(wrote(), 1, "Hi, Bo here", LATER)
    assert after.mode is Mode.HUMAN
    assert not steps.handed_back(after).has_work
    assert after.messages[-1].author is Author.HUMAN


def test_that_facts_recorded_after_a_move_are_news() -> None:
    recorded = answered(answers={"party": AnswerFact(Quantity(Decimal(4), Decimal(4)))})
    assert recorded.facts(LATER).news
    reported = steps.event_reported(recorded, "purchase", LATER + timedelta(1), RENTAL)
    assert reported.lead.stage == "Customer"
    assert reported.lead.stages == ("Customer",)
    assert not reported.facts(LATER).news


def test_that_the_same_event_moves_once() -> None:
    once = steps.event_reported(wrote(), "purchase", LATER, RENTAL)
    assert steps.event_reported(once, "purchase", LATER, RENTAL) == once


def test_that_thanks_after_the_end_opens_nothing_and_a_question_opens_another_conversation() -> None:
    ended = steps.closed(answered(answers={"party": AnswerFact(None)}))
    assert not wrote(ended, "thanks", 1).has_work
    opened = wrote(ended, "one more question", 1)
    assert opened.has_work
    assert opened.number == 2
    assert [message.text for message in opened.messages] == ["one more question"]
    assert "party" in opened.lead.answers


def test_that_silence_climbs_its_ladder() -> None:
    cold = {"name": "Cold", "kind": "silence", "enter_when": {"silent_for": "3d"}}
    content = RENTAL.model_dump(mode="json", by_alias=True, exclude_none=True)
    content["lifecycle"]["lost"].append(cold)
    playbook = Playbook.model_validate(content)
    waiting = apply(wrote(), TurnDraft(reply=Reply("Hi!", "en")), LATER, playbook)
    week = LATER + timedelta(days=7)
    after = let_pass(waiting, week, playbook, reminds=True)
    assert after.lead.stage == "Cold"
    assert [message.text for message in after.messages][-1] == "Are you still interested?"
    assert let_pass(waiting, LATER + timedelta(hours=1), playbook, reminds=True) == waiting
    handed = replace(waiting, mode=Mode.HUMAN)
    assert let_pass(handed, week, playbook, reminds=True).lead.stage == "New Lead"


def test_that_a_text_limit_is_the_channels_own() -> None:
    whatsapp = CASE.model_copy(update={"channel": "whatsapp"})
    elsewhere = CASE.model_copy(update={"channel": "carrier pigeon"})
    at = datetime(2026, 1, 1, tzinfo=UTC)
    assert steps.opened(elsewhere, RENTAL, at).text_limit == steps.PLAIN_TEXT_LIMIT
    assert steps.opened(whatsapp, RENTAL, at).text_limit != 0
