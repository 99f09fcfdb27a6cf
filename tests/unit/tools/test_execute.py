import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.errors import FrontdeskError
from tests.fakes.tool_scope import RENTAL, Library, called, said, scope
from tests.fakes.views import Conversation, passage
from tools import TOOLS
from tools.execute import LONGEST_ARGUMENT, ToolCall, execute

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
TEXTS = ["For 4 people, 300 EUR", "300 EUR", "4", "party", "budget", "Customer", "1d", "\x00", "\ud800", ""]
NAMED = st.fixed_dictionaries(
    {},
    optional={name: st.sampled_from(TEXTS) | JSON for tool in TOOLS.values() for name in tool.arguments.model_fields},
)


async def test_that_an_unknown_tool_is_refused_with_the_known_ones() -> None:
    result = await called(said("Hi"), "send_money", to="me")
    assert not result.accepted
    assert "send_money" in result.message
    assert "record_answer" in result.message


@pytest.mark.parametrize(
    "arguments",
    ["not json at all", None, 7, [], {}, {"text": "Hi"}, {"text": "Hi", "citations": [], "asks": None, "to": "x"}],
)
async def test_that_arguments_that_do_not_fit_are_refused(arguments: Any) -> None:
    context = said("Hi")
    result = await execute(ToolCall("c", "reply", arguments), context)
    assert not result.accepted
    assert result.message.startswith("the arguments do not fit")
    assert context.draft.reply is None


async def test_that_a_number_is_not_taken_for_a_text() -> None:
    result = await called(said("4"), "record_answer", field="party", value=4, quote="4")
    assert "value" in result.message


@pytest.mark.parametrize("part", ["x" * (LONGEST_ARGUMENT + 1), ["x"] * (LONGEST_ARGUMENT + 1)])
async def test_that_oversized_arguments_are_not_even_read(part: Any) -> None:
    result = await called(said("Hi"), "reply", text="Hi", citations=part, asks=None)
    assert not result.accepted
    assert str(LONGEST_ARGUMENT) in result.message


async def test_that_what_cannot_be_stored_is_dropped_from_arguments() -> None:
    context = said("Get me a person")
    await called(context, "hand_off", reason="wants\x00 a person\ud800", team=None, quote="a person")
    assert context.draft.handoff is not None
    assert context.draft.handoff.reason == "wants a person"


async def test_that_a_refusal_is_short_whatever_was_sent() -> None:
    result = await called(said("Hi"), "record_answer", field="f" * 5000, value="v", quote="Hi", **{"k" * 5000: 1})
    assert len(result.message) <= 600


async def test_that_a_failing_knowledge_base_refuses_the_call() -> None:
    class Broken(Library):
        async def retrieve(self, *_: object) -> Any:
            raise FrontdeskError("the index is away")

    result = await called(scope(Conversation(playbook=RENTAL), library=Broken()), "search_knowledge", query="zip")
    assert (result.accepted, result.message) == (False, "the index is away")


@settings(deadline=None, derandomize=True, max_examples=400)
@given(st.sampled_from([*TOOLS, "", "drop table"]), JSON | NAMED)
def test_that_no_arguments_raise(name: str, arguments: Any) -> None:
    context = scope(Conversation(said=("For 4 people, 300 EUR",), playbook=RENTAL), seen=(passage("x"),))
    result = asyncio.run(execute(ToolCall("c", name, arguments), context))
    assert result.message
    assert result.accepted or not context.draft.answers
