from frontdesk.conversations.model import Author
from tests.fakes.tool_scope import called, said, words

TEXT = "I want a boat, and a human"


async def test_that_own_and_built_in_intents_are_recorded_with_their_words() -> None:
    context = said(TEXT)
    assert (await called(context, "classify_intent", intent="rental", quote="a boat")).accepted
    assert (await called(context, "classify_intent", intent="wants_human", quote="a human")).accepted
    assert context.draft.intents == {"rental": (words(TEXT, "a boat"),), "wants_human": (words(TEXT, "a human"),)}


async def test_that_an_unknown_intent_is_refused_with_the_known_ones() -> None:
    context = said(TEXT)
    result = await called(context, "classify_intent", intent="purchase", quote="a boat")
    assert not result.accepted
    assert "rental" in result.message
    assert context.draft.intents == {}


async def test_that_words_of_the_agent_show_no_intent() -> None:
    context = said("ok", history=((Author.AGENT, "Do you want to talk to a human?"),))
    assert not (await called(context, "classify_intent", intent="wants_human", quote="talk to a human")).accepted
    assert context.draft.intents == {}
