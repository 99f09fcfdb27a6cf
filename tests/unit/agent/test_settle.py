from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from agent.context import TurnContext
from agent.settle import handoff_sentence, settle
from frontdesk.conversations.draft import Citation, HandoffCause, HandoffRequest, Reply
from frontdesk.conversations.model import Author
from frontdesk.evidence.types import Evidence
from frontdesk.lifecycle.facts import AnswerFact, Facts
from frontdesk.lifecycle.moves import Cause, StageMove
from frontdesk.playbook.models import Playbook
from frontdesk.playbook.texts import StandingText, standing_text
from frontdesk.values.types import Money, Quantity, Timeframe
from tests.fakes.brains import ScriptedBrain
from tests.fakes.tool_scope import RENTAL, TUESDAY, scope
from tests.fakes.travel import travel_playbook
from tests.fakes.views import Conversation
from tools.context import ToolContext

SPOKEN = ((Author.CONTACT, "Hi"), (Author.AGENT, "Hello, I am Rea, an AI."))
QUOTE = Evidence(UUID(int=101), 0, 3, "300")
POOR = AnswerFact(Money(5000, 5000, "EUR"), (QUOTE,))
RICH = AnswerFact(Money(30000, 30000, "EUR"), (QUOTE,))
QUALIFIED = {
    "party": AnswerFact(Quantity(Decimal(4), Decimal(4)), (QUOTE,)),
    "budget": RICH,
    "day": AnswerFact(Timeframe(TUESDAY.date(), TUESDAY.date()), (QUOTE,)),
}
ASKED = HandoffRequest("office", "asked for a person", HandoffCause.AGENT, (QUOTE,))
AT_NIGHT = datetime(2026, 5, 5, 20, 0, tzinfo=UTC)


def turn(
    reply: Reply | None = None,
    *,
    facts: Facts | None = None,
    history: tuple[tuple[Author, str], ...] = SPOKEN,
    playbook: Playbook = RENTAL,
    **settings: Any,
) -> ToolContext:
    """The scope of a turn whose brain is done."""
    facts = facts or Facts(stage="New Lead")
    context = scope(Conversation(said=("300",), history=history, facts=facts, playbook=playbook), **settings)
    context.draft.reply = reply
    return context


def settled(tools: ToolContext, because: str | None = None) -> ToolContext:
    """The scope after settling."""
    settle(TurnContext(tools=tools, brain=ScriptedBrain(), deadline=0.0), because)
    return tools


def text_of(tools: ToolContext) -> str:
    """The reply that goes out."""
    assert tools.draft.reply is not None
    return tools.draft.reply.text


def test_that_rules_move_on_what_the_turn_recorded() -> None:
    tools = turn(Reply("Noted.", "en"))
    tools.draft.record("budget", POOR.value, POOR.evidence)
    [move] = settled(tools).draft.moves
    assert (move.from_stage, move.to_stage, move.cause, move.evidence) == (
        "New Lead",
        "Unqualified",
        Cause.RULE,
        (QUOTE,),
    )
    assert tools.draft.handoff is None
    assert text_of(tools) == "Noted."


def test_that_a_qualified_lead_moves_and_is_handed_off_with_a_brief() -> None:
    tools = settled(turn(Reply("Noted.", "en"), facts=Facts(stage="New Lead", answers=QUALIFIED)))
    assert [move.to_stage for move in tools.draft.moves] == ["Hot Lead"]
    assert tools.draft.handoff is not None
    assert (tools.draft.handoff.team, tools.draft.handoff.cause) == ("quay", "rule")
    assert {claim.field for claim in tools.draft.brief} == {None, "party", "budget", "day"}
    assert all(claim.evidence for claim in tools.draft.brief)
    assert text_of(tools) == f"Noted.\n\n{handoff_sentence(RENTAL, 'en', TUESDAY)}"


def test_that_a_rule_that_handed_the_conversation_over_does_not_do_so_again() -> None:
    tools = turn(Reply("Noted.", "en"), facts=Facts(stage="Hot Lead", answers=QUALIFIED))
    tools.snapshot = replace(tools.snapshot, rule_handoffs=frozenset({"qualified"}))
    assert settled(tools).draft.handoff is None
    assert text_of(tools) == "Noted."


def test_that_the_tools_hand_off_comes_before_the_rules() -> None:
    tools = turn(Reply("Noted.", "en"), facts=Facts(stage="New Lead", answers=QUALIFIED))
    tools.draft.handoff = ASKED
    assert settled(tools).draft.handoff is ASKED


@pytest.mark.parametrize(
    ("text", "asks", "kept"),
    [
        ("It costs 20 EUR. How many are you?", "party", "It costs 20 EUR.\n\n"),
        ("费用20欧元。请问几位？", "party", "费用20欧元。\n\n"),
        ("How many are you?", "party", ""),
    ],
)
def test_that_a_hand_off_takes_the_place_of_the_question(text: str, asks: str, kept: str) -> None:
    cited = (Citation(UUID(int=1), "prices.md#zips", "Prices"),)
    tools = turn(Reply(text, "en", cited, asks))
    tools.draft.handoff = ASKED
    reply = settled(tools).draft.reply
    assert reply is not None
    assert reply.text == kept + handoff_sentence(RENTAL, "en", TUESDAY)
    assert reply.asks is None
    assert reply.citations == (cited if kept else ())


@pytest.mark.parametrize(
    ("language", "open_words", "closed_words"),
    [
        ("en", "in 15 minutes", "Wednesday"),
        ("pl", "15 minut", "środa"),
        ("es", "15 minutos", "miércoles"),
        ("zh", "15分钟", "星期三"),
    ],
)
def test_that_the_time_of_the_answer_is_computed(language: str, open_words: str, closed_words: str) -> None:
    now, later = (handoff_sentence(RENTAL, language, moment) for moment in (TUESDAY, AT_NIGHT))
    assert open_words in now
    assert closed_words in later
    assert "09:00" in later
    assert "{" not in now + later


def test_that_a_business_that_never_opens_names_no_time() -> None:
    days = [datetime(2026, 5, 5, tzinfo=UTC).date() + timedelta(days=n) for n in range(90)]
    business = RENTAL.business.model_copy(update={"holidays": days})
    sentence = handoff_sentence(RENTAL.model_copy(update={"business": business}), "en", AT_NIGHT)
    assert sentence == standing_text(RENTAL, StandingText.HANDOFF_ALREADY, "en")


def test_that_a_far_opening_is_named_with_its_date() -> None:
    business = RENTAL.business.model_copy(update={"holidays": [datetime(2026, 5, 6, tzinfo=UTC).date()]})
    playbook = RENTAL.model_copy(update={"business": business})
    assert "(May 12, 2026, 09:00)" in handoff_sentence(playbook, "en", AT_NIGHT)


def test_that_someone_who_opts_out_gets_a_goodbye_and_nothing_else() -> None:
    tools = turn(Reply("But wait! How many are you?", "en", (), "party"), history=())
    tools.draft.opt_out, tools.draft.handoff, tools.draft.follow_up_at = QUOTE, ASKED, AT_NIGHT
    settled(tools)
    assert tools.draft.reply == Reply(standing_text(RENTAL, StandingText.OPTED_OUT, "en"), "en")
    assert tools.draft.handoff is None
    assert tools.draft.follow_up_at is None


def test_that_only_the_first_reply_says_who_is_speaking() -> None:
    disclosure = standing_text(RENTAL, StandingText.AI_DISCLOSURE, "en")
    assert text_of(settled(turn(Reply("Hi.", "en"), history=()))) == f"{disclosure}\nHi."
    assert text_of(settled(turn(Reply(f"{disclosure} Hi.", "en"), history=()))) == f"{disclosure} Hi."
    assert text_of(settled(turn(Reply("Hi.", "en")))) == "Hi."
    by_human = ((Author.HUMAN, "Bo here"),)
    assert text_of(settled(turn(Reply("Hi.", "en"), history=by_human))).startswith(disclosure)


def test_that_a_playbook_may_keep_silent_about_it() -> None:
    persona = RENTAL.persona.model_copy(update={"discloses_ai": False})
    silent = RENTAL.model_copy(update={"persona": persona})
    assert text_of(settled(turn(Reply("Hi.", "en"), history=(), playbook=silent))) == "Hi."


@pytest.mark.parametrize("language", ["en", "pl", "es", "zh"])
def test_that_a_reply_that_may_not_be_sent_is_replaced(language: str) -> None:
    tools = settled(turn(Reply("I booked it!", language), language=language), "promises")
    assert tools.draft.reply == Reply(standing_text(RENTAL, StandingText.SAFE_REPLY, language), language)


def test_that_a_replaced_reply_leaves_nothing_beside_a_hand_off() -> None:
    tools = turn(Reply("I booked it!", "en"))
    tools.draft.handoff = ASKED
    assert text_of(settled(tools, "promises")) == handoff_sentence(RENTAL, "en", TUESDAY)


def test_that_a_move_whose_reason_was_taken_back_is_dropped() -> None:
    tools = turn(Reply("Noted.", "en"))
    tools.draft.moves.append(StageMove("New Lead", "Unqualified", Cause.AGENT, "too little", (QUOTE,)))
    tools.draft.record("budget", RICH.value, RICH.evidence)
    assert settled(tools).draft.moves == []
    assert tools.facts.stage == "New Lead"


def test_that_a_move_whose_reason_holds_stays() -> None:
    tools = turn(Reply("Noted.", "en"))
    talking = StageMove("New Lead", "Talking", Cause.AGENT, "keen", (QUOTE,))
    poor = StageMove("Talking", "Unqualified", Cause.AGENT, "too little", (QUOTE,))
    tools.draft.moves.extend([talking, poor])
    tools.draft.record("budget", POOR.value, POOR.evidence)
    assert settled(tools).draft.moves == [talking, poor]


def test_that_a_language_babel_does_not_know_still_gets_a_time() -> None:
    playbook = travel_playbook()
    assert "15" in handoff_sentence(playbook, "tlh", datetime(2026, 11, 20, 10, 0, tzinfo=UTC))
