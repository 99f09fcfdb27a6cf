from decimal import Decimal

from frontdesk.lifecycle.facts import AnswerFact, Facts
from frontdesk.values.types import Quantity
from tests.fakes.tool_scope import called, said, words

TEXT = "I'd rather not say"


async def test_that_a_refusal_is_recorded_with_its_words() -> None:
    context = said(TEXT)
    assert (await called(context, "decline_answer", field="budget", quote="rather not")).accepted
    assert context.draft.answers == {"budget": AnswerFact(None, (words(TEXT, "rather not"),))}


async def test_that_an_answered_field_cannot_be_declined() -> None:
    facts = Facts(answers={"party": AnswerFact(Quantity(Decimal(4), Decimal(4)))})
    context = said(TEXT, facts=facts)
    result = await called(context, "decline_answer", field="party", quote="rather not")
    assert "answered already" in result.message
    assert context.draft.answers == {}


async def test_that_a_refusal_needs_a_known_field_and_the_contacts_words() -> None:
    context = said(TEXT)
    assert "no field" in (await called(context, "decline_answer", field="shoe", quote="rather not")).message
    assert "never wrote" in (await called(context, "decline_answer", field="budget", quote="no way")).message
    assert context.draft.answers == {}
