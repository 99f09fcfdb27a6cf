import json
from typing import Any
from uuid import UUID

import orjson
from hypothesis import given
from hypothesis import strategies as st

from agent.brains.protocol import Decision, Round
from agent.context import TurnContext
from agent.state import TurnState
from agent.trace import trace_of
from tests.fakes.brains import ScriptedBrain
from tests.fakes.tool_scope import scope
from tests.fakes.views import Conversation, passage
from tools.execute import ToolCall, ToolResult

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)


def traced(*results: ToolResult, failures: tuple[str, ...] = (), replaced: str | None = None) -> dict[str, Any]:
    """The trace of a turn with these results."""
    tools = scope(Conversation(), seen=(passage("x"),))
    context = TurnContext(tools=tools, brain=ScriptedBrain(), deadline=0.0, milliseconds={"act": 1.234})
    one = Round(tuple(result.call for result in results), results)
    decision = Decision((), "scripted", failures=failures)
    return trace_of(TurnState(rounds=(one,), decisions=(decision,), replaced=replaced), context)


def result(arguments: Any, accepted: bool = True, message: str = "done", name: str = "reply") -> ToolResult:
    """The result of one call."""
    return ToolResult(ToolCall("c", name, arguments), accepted, message)


def test_that_calls_passages_times_and_failures_are_kept() -> None:
    trace = traced(
        result({"text": "Hi"}), result({"x": 1}, False, "no such thing", "wave"), failures=("HTTP 500",), replaced="bad"
    )
    assert trace == {
        "calls": [
            {"tool": "reply", "accepted": True, "arguments": {"text": "Hi"}},
            {"tool": "wave", "accepted": False, "arguments": {"x": 1}, "reason": "no such thing"},
        ],
        "passages": [str(UUID(int=1))],
        "confidence": 0.0,
        "milliseconds": {"act": 1.2},
        "failures": ["HTTP 500"],
        "replaced": "bad",
    }


def test_that_a_flood_is_counted_rather_than_kept() -> None:
    trace = traced(*(result({}) for _ in range(1000)))
    assert len(trace["calls"]) == 60
    assert trace["calls_left_out"] == 940


def test_that_the_trace_is_bounded_whatever_was_sent() -> None:
    deep: Any = "x"
    for _ in range(5000):
        deep = [deep]
    huge = {f"k{index}" * 100: "v" * 10_000 for index in range(1000)}
    trace = traced(
        *(result(given, False, "m" * 9999, "n" * 9999) for given in (deep, huge, ["v" * 9999] * 999)),
        failures=("f" * 9999,),
        replaced="r" * 9999,
    )
    assert len(json.dumps(trace)) < 40_000


@given(JSON, st.text(), st.text())
def test_that_every_trace_can_be_stored(arguments: Any, message: str, name: str) -> None:
    stored = orjson.dumps(traced(result(arguments, False, message, name), failures=(message,), replaced=message))
    assert b"\\u0000" not in stored
