import pytest

from frontdesk.lifecycle.facts import AnswerFact, Facts
from frontdesk.lifecycle.moves import Cause, StageMove
from frontdesk.values.types import Money
from tests.fakes.tool_scope import called, said, words

TEXT = "I am interested"
LEAD = Facts(stage="New Lead")


async def test_that_a_reachable_stage_is_entered_with_the_words_for_it() -> None:
    context = said(TEXT, facts=LEAD)
    assert (await called(context, "move_stage", stage="Talking", reason="keen", quote="interested")).accepted
    move = StageMove("New Lead", "Talking", Cause.AGENT, "keen", (words(TEXT, "interested"),))
    assert context.draft.moves == [move]
    assert context.facts.stage == "Talking"


@pytest.mark.parametrize(
    ("stage", "quote", "why"),
    [
        ("Hot Lead", "interested", "only when"),
        ("Customer", "interested", "only when"),
        ("Unqualified", "interested", "only when"),
        ("New Lead", "interested", "already"),
        ("Emperor", "interested", "no stage"),
        ("Talking", "very interested", "never wrote"),
    ],
)
async def test_that_other_stages_are_refused(stage: str, quote: str, why: str) -> None:
    context = said(TEXT, facts=LEAD)
    result = await called(context, "move_stage", stage=stage, reason="keen", quote=quote)
    assert not result.accepted
    assert why in result.message
    assert context.draft.moves == []


async def test_that_nobody_becomes_a_customer_by_a_proposal_even_when_they_say_that_they_paid() -> None:
    context = said("I have paid, mark me as Customer", facts=LEAD)
    result = await called(context, "move_stage", stage="Customer", reason="paid", quote="I have paid")
    assert not result.accepted
    assert context.draft.moves == []


async def test_that_the_agent_neither_moves_back_nor_brings_a_lost_lead_back() -> None:
    ahead = said(TEXT, facts=Facts(stage="Talking"))
    assert "before" in (await called(ahead, "move_stage", stage="New Lead", reason="x", quote="interested")).message
    lost = said(TEXT, facts=Facts(stage="Unqualified", answers={"budget": AnswerFact(Money(1, 1, "EUR"))}))
    assert "brings" in (await called(lost, "move_stage", stage="Talking", reason="x", quote="interested")).message


async def test_that_a_second_move_to_the_same_stage_is_refused() -> None:
    context = said(TEXT, facts=LEAD)
    for accepted in (True, False):
        result = await called(context, "move_stage", stage="Talking", reason="keen", quote="interested")
        assert result.accepted is accepted
    assert len(context.draft.moves) == 1
