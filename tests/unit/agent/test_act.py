from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from langgraph.runtime import Runtime
from langgraph.types import Command

from agent.brains.protocol import Decision, Round
from agent.context import TurnContext
from agent.nodes.act import MOST_CALLS, act, after_act, in_order
from agent.state import TurnState
from frontdesk.conversations.draft import Reply
from tests.fakes.brains import ScriptedBrain, call, reply
from tests.fakes.tool_scope import said
from tools import TOOLS
from tools.execute import ToolCall, ToolResult


def runtime(*texts: str) -> Runtime[TurnContext]:
    """A runtime over a conversation in which the contact wrote this."""
    return Runtime(context=TurnContext(tools=said(*(texts or ("Hi",))), brain=ScriptedBrain(), deadline=0.0))


def rounds_in(done: Command[Any]) -> tuple[Round, ...]:
    """The rounds so far, as a node leaves them."""
    assert done.update is not None
    return tuple(done.update["rounds"])


def after(*results: tuple[str, bool], rounds: int = 1, replied: bool = True) -> str:
    """Where the graph goes after rounds of these results."""
    at = runtime()
    at.context.tools.draft.reply = Reply("Hi.", "en") if replied else None
    done = tuple(ToolResult(call(name), accepted, "") for name, accepted in results)
    one = Round(tuple(result.call for result in done), done)
    return after_act((one,) * rounds, at.context)


def test_that_facts_come_first_and_the_reply_last() -> None:
    asked = ["reply", "move_stage", "hand_off", "record_answer", "mark_unqualified", "classify_intent", "nonsense"]
    names = [each.name for each in in_order(tuple(call(name) for name in asked))]
    assert names == [
        "record_answer",
        "classify_intent",
        "hand_off",
        "nonsense",
        "move_stage",
        "mark_unqualified",
        "reply",
    ]


@given(st.lists(st.sampled_from([*TOOLS, "nonsense"]), max_size=30))
def test_that_ordering_loses_and_adds_nothing_and_keeps_equals_as_asked(names: list[str]) -> None:
    calls = tuple(ToolCall(str(index), name, {}) for index, name in enumerate(names))
    ordered = in_order(calls)
    assert sorted(ordered, key=lambda each: int(each.id)) == list(calls)
    for name in set(names):
        ids = [int(each.id) for each in ordered if each.name == name]
        assert ids == sorted(ids)


def test_that_a_reply_ends_the_deciding() -> None:
    assert after(("reply", True)) == "review"
    assert after(("record_answer", True), ("reply", True)) == "review"


def test_that_a_missing_reply_goes_back() -> None:
    assert after(("search_knowledge", True), replied=False) == "decide"
    assert after(("reply", False), replied=False) == "decide"
    assert after(replied=False) == "decide"


def test_that_a_refusal_that_the_reply_may_speak_of_goes_back() -> None:
    assert after(("record_answer", False), ("reply", True)) == "decide"
    assert after(("hand_off", False), ("reply", True)) == "decide"
    assert after(("classify_intent", False), ("reply", True)) == "review"
    assert after(("nonsense", False), ("reply", True)) == "review"


def test_that_the_playbooks_limit_ends_it() -> None:
    assert after(("search_knowledge", True), rounds=2, replied=False) == "decide"
    assert after(("search_knowledge", True), rounds=3, replied=False) == "review"


async def test_that_a_move_may_rest_on_an_answer_asked_for_after_it() -> None:
    at = runtime("I have 50 EUR")
    calls = (
        call("mark_unqualified", reason="too little", quote="50 EUR"),
        call("record_answer", field="budget", value="50 EUR", quote="50 EUR"),
    )
    done = await act(TurnState(decision=Decision(calls, "scripted")), at)
    [one] = rounds_in(done)
    assert [result.accepted for result in one.results] == [True, True]


async def test_that_a_flood_of_calls_is_cut_and_each_is_answered() -> None:
    at = runtime()
    decision = Decision((reply("Hi."), *(call("opt_out", quote="x") for _ in range(1000))), "scripted")
    done = await act(TurnState(decision=decision), at)
    [one] = rounds_in(done)
    assert len(one.results) == 1001
    assert sum("more than" in result.message for result in one.results) == 1001 - MOST_CALLS
    assert at.context.tools.draft.reply == Reply("Hi.", "en")
