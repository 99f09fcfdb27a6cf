from frontdesk.lifecycle.facts import Facts
from frontdesk.lifecycle.moves import Cause
from tests.fakes.tool_scope import called, said, words

TEXT = "I can spend 50 EUR"


async def test_that_nobody_is_unqualified_without_a_recorded_fact_that_disqualifies() -> None:
    context = said(TEXT, facts=Facts(stage="New Lead"))
    result = await called(context, "mark_unqualified", reason="too little", quote="50 EUR")
    assert not result.accepted
    assert "record it first" in result.message
    assert context.draft.moves == []


async def test_that_a_recorded_fact_that_disqualifies_makes_it_so() -> None:
    context = said(TEXT, facts=Facts(stage="New Lead"))
    assert (await called(context, "record_answer", field="budget", value="50 EUR", quote="50 EUR")).accepted
    assert (await called(context, "mark_unqualified", reason="too little", quote="50 EUR")).accepted
    [move] = context.draft.moves
    assert (move.from_stage, move.to_stage, move.cause) == ("New Lead", "Unqualified", Cause.AGENT)
    assert move.evidence == (words(TEXT, "50 EUR"),)


async def test_that_a_sufficient_budget_does_not_disqualify() -> None:
    context = said("I can spend 500 EUR", facts=Facts(stage="New Lead"))
    await called(context, "record_answer", field="budget", value="500 EUR", quote="500 EUR")
    assert not (await called(context, "mark_unqualified", reason="rude", quote="500 EUR")).accepted
    assert context.draft.moves == []


async def test_that_unsaid_words_are_refused() -> None:
    context = said(TEXT)
    await called(context, "record_answer", field="budget", value="50 EUR", quote="50 EUR")
    assert not (await called(context, "mark_unqualified", reason="too little", quote="5 EUR")).accepted
