"""The turn's record of how it came to its decision, as JSON."""

from pydantic import JsonValue

from agent.context import TurnContext
from agent.state import TurnState
from frontdesk.text import storable
from tools.execute import ToolResult

_LONGEST = 400
"""Characters of an argument or message that are kept."""

_MOST_CALLS = 60
_MOST_ITEMS = 20
_DEEPEST = 2
_LARGEST = 2**53


def trace_of(state: TurnState, context: TurnContext) -> dict[str, object]:
    """Calls accepted and refused with reasons, passages seen, milliseconds per node, failures survived."""
    results = [result for one in state.rounds for result in one.results]
    trace: dict[str, object] = {
        "calls": [_call(result) for result in results[:_MOST_CALLS]],
        "passages": [str(passage_id) for passage_id in context.tools.passages],
        "confidence": round(state.retrieval.confidence, 3),
        "milliseconds": {node: round(spent, 1) for node, spent in context.milliseconds.items()},
    }
    if len(results) > _MOST_CALLS:
        trace["calls_left_out"] = len(results) - _MOST_CALLS
    failures = [_text(failure) for decision in state.decisions for failure in decision.failures]
    if failures:
        trace["failures"] = failures
    if state.replaced is not None:
        trace["replaced"] = _text(state.replaced)
    return trace


def _call(result: ToolResult) -> dict[str, object]:
    call: dict[str, object] = {"tool": _text(result.call.name)[:80], "accepted": result.accepted}
    call["arguments"] = _short(result.call.arguments)
    if not result.accepted:
        call["reason"] = _text(result.message)
    return call


def _text(value: str) -> str:
    return storable(value[:_LONGEST])


def _short(value: JsonValue, depth: int = 0) -> object:
    """What a call was given, as JSON of bounded size."""
    match value:
        case str():
            return _text(value)
        case dict() | list() if depth == _DEEPEST:
            return "…"
        case dict():
            return {_text(key)[:80]: _short(item, depth + 1) for key, item in list(value.items())[:_MOST_ITEMS]}
        case list():
            return [_short(item, depth + 1) for item in value[:_MOST_ITEMS]]
        case int() if abs(value) > _LARGEST:
            return "…"
    return value
