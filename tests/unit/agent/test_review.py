from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from agent.review import Standing, problems
from frontdesk.conversations.draft import HandoffCause, HandoffRequest, Reply, TurnDraft
from frontdesk.conversations.model import Author
from frontdesk.lifecycle.facts import AnswerFact, Facts
from frontdesk.playbook.texts import StandingText, standing_text
from frontdesk.values.types import Money, Quantity, Timeframe
from tests.fakes.tool_scope import RENTAL, TUESDAY
from tests.fakes.views import Conversation, passage

PRICE = passage("A canoe costs 20 EUR a day. A consultant will call you before the trip. Bring a towel.")
FOUR = AnswerFact(Quantity(Decimal(4), Decimal(4)))
QUALIFIED = {
    "party": FOUR,
    "budget": AnswerFact(Money(30000, 30000, "EUR")),
    "day": AnswerFact(Timeframe(TUESDAY.date(), TUESDAY.date())),
}


def standing(**given: Any) -> Standing:
    """What a reply to a rental's contact is judged against."""
    facts = given.pop("facts", Facts())
    said = given.pop("said", ("What does a canoe cost for us, we are 7?",))
    history = given.pop("history", ())
    conversation = Conversation(said=said, history=history, playbook=RENTAL, facts=facts)
    judged = Standing(RENTAL, conversation.snapshot(), TurnDraft(), facts, "en", 300, (PRICE,))
    return replace(judged, **given)


def found(text: str, asks: str | None = None, **given: Any) -> str:
    """What is wrong with a reply, in one text."""
    against = standing(**given)
    return "; ".join(problems(Reply(text, against.language, (), asks), against))


@pytest.mark.parametrize(
    ("text", "asks", "given"),
    [
        ("A canoe costs 20 EUR a day. What may it cost?", "budget", {}),
        ("It is €20 a day.", None, {}),
        ("For the 7 of you it is 20 euros each.", None, {}),
        ("Thank you!", None, {}),
        ("We are open on Tuesdays from 9:00 to 17:00.", None, {"cited": ()}),
        ("At most 12 people, I am afraid. How many are you?", "party", {"cited": ()}),
        ("You said 300 EUR.", None, {"cited": (), "facts": Facts(answers=QUALIFIED)}),
        ("As I said, it takes 45 minutes.", None, {"history": ((Author.HUMAN, "It takes 45 minutes"),)}),
        ("Kajak kosztuje 20 EUR za dzień. Ile osób popłynie?", "party", {"language": "pl"}),
        ("La canoa cuesta 20 euros al día.", None, {"language": "es"}),
        ("独木舟每天20欧元。请问几位？", "party", {"language": "zh"}),
        ("Would you like me to connect you with a colleague?", None, {}),
        (PRICE.text, None, {"language": "pl"}),
        ("Write to us at https://reed.example/a?b=1. Shall we?", None, {"said": ("see https://reed.example/a?b=1",)}),
        ("Rome, 20 EUR", None, {"limit": 12}),
    ],
)
def test_that_a_good_reply_passes(text: str, asks: str | None, given: dict[str, Any]) -> None:
    assert found(text, asks, **given) == ""


@pytest.mark.parametrize(
    ("text", "asks", "given", "why"),
    [
        ("x" * 301, None, {}, "301 characters; at most 300"),
        ("Kajak kosztuje 20 EUR za dzień, razem z kapokiem.", None, {}, "is in pl; the contact writes en"),
        ("A canoe is twenty euros a day, and we like it.", None, {"language": "zh"}, "is in en"),
        ("A canoe costs 25 EUR a day.", None, {}, "25"),
        ("A canoe costs 20 EUR a day.", None, {"cited": ()}, "20"),
        ("A canoe costs 20 PLN a day.", None, {}, "20 PLN; cite"),
        ("A canoe costs thirty euros a day.", None, {}, "30 EUR; cite"),
        ("We are open from 9:00 to 18:00.", None, {}, "18"),
        ("We close at 17:30.", None, {}, "17:30"),
        ("See www.canoes.example for more.", None, {}, "www.canoes.example"),
        ("Write to boss@reed.example.", None, {}, "boss@reed.example"),
        ("Call +48 600 100 200.", None, {}, "tel:600100200"),
        ("How many are you? And when?", "party", {}, "asks 2 questions"),
        ("请问几位？什么时候？", "party", {"language": "zh"}, "asks 2 questions"),
        ("And your group?", "party", {"facts": Facts(answers={"party": FOUR})}, "party is known already"),
        ("How many are you?", None, {"facts": Facts(answers={"party": FOUR})}, "asks for party again"),
        (
            "Roughly how much may it cost?",
            None,
            {"facts": Facts(answers={"budget": AnswerFact(None)})},
            "asks for budget again",
        ),
        ("I have booked a canoe for you.", None, {}, "something was booked"),
        ("I'm connecting you with a colleague now.", None, {}, "a person takes over"),
        ("I'll send you the list tonight.", None, {}, "send something or come back"),
        (f"It is {UUID(int=5)}.", None, {}, "internal id"),
    ],
)
def test_that_each_fault_is_named(text: str, asks: str | None, given: dict[str, Any], why: str) -> None:
    assert why in found(text, asks, **given)


def test_that_several_faults_are_all_named() -> None:
    wrong = found("I have booked it for 99 EUR. When? Where?")
    assert all(part in wrong for part in ("99", "2 questions", "booked"))


@pytest.mark.parametrize(
    "text", ["A colleague will call you.", "I'll get back to you.", "I am handing you to a person."]
)
def test_that_a_hand_off_keeps_its_promises(text: str) -> None:
    handed = TurnDraft(handoff=HandoffRequest("quay", "asked", HandoffCause.AGENT))
    assert found(text, draft=handed) == ""
    assert "nothing of the kind was done" in found(text)


def test_that_a_rule_that_is_about_to_hand_off_keeps_them_too() -> None:
    text = "A colleague will call you."
    assert found(text, facts=Facts(answers=QUALIFIED)) == ""
    done = replace(standing(facts=Facts(answers=QUALIFIED)).snapshot, rule_handoffs=frozenset({"qualified"}))
    assert "a person takes over" in found(text, facts=Facts(answers=QUALIFIED), snapshot=done)


def test_that_a_follow_up_keeps_the_promise_to_come_back_but_not_to_have_sent() -> None:
    later = TurnDraft(follow_up_at=TUESDAY)
    assert found("I'll get back to you.", draft=later) == ""
    assert "was sent" in found("I've sent you the list.", draft=later)


@pytest.mark.parametrize("language", ["en", "pl", "es", "zh"])
@pytest.mark.parametrize("key", [StandingText.CLOSING_DONE, StandingText.UNKNOWN_ANSWER, StandingText.SAFE_REPLY])
def test_that_standing_sentences_pass(key: StandingText, language: str) -> None:
    assert found(standing_text(RENTAL, key, language), language=language) == ""


def test_that_a_passage_is_no_source_when_it_is_not_cited() -> None:
    other = passage("A raft costs 90 EUR.", number=2)
    assert found("A raft costs 90 EUR.", cited=(other,)) == ""
    assert "90" in found("A raft costs 90 EUR.")
