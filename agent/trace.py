"""The turn's record of how it came to its decision, as JSON."""

from agent.brains.protocol import Round
from agent.context import TurnContext
from agent.state import TurnState
from frontdesk.text import storable
from tools.execute import ToolResult

_LONGEST = 400
"""Characters of an argument or message that are kept."""


def trace_of(state: TurnState, context: TurnContext) -> dict[str, object]:
    """Calls accepted and refused with reasons, passages seen, milliseconds per node, failures survived."""
    trace: dict[str, object] = {
        "calls": [_call(result) for one in state.rounds for result in _distinct(one)],
        "passages": [str(passage_id) for passage_id in context.tools.passages],
        "confidence": round(state.retrieval.confidence, 3),
        "milliseconds": {node: round(spent, 1) for node, spent in context.milliseconds.items()},
    }
    failures = [failure[:_LONGEST] for decision in state.decisions for failure in decision.failures]
    if failures:
        trace["failures"] = failures
    if state.replaced is not None:
        trace["replaced"] = state.replaced[:_LONGEST]
    return trace


def _distinct(one: Round) -> tuple[ToolResult, ...]:
    return one.results[:40]


def _call(result: ToolResult) -> dict[str, object]:
    call: dict[str, object] = {"tool": result.call.name[:80], "accepted": result.accepted}
    call["arguments"] = _short(result.call.arguments)
    if not result.accepted:
        call["reason"] = storable(result.message)[:_LONGEST]
    return call


def _short(value: object) -> object:
    if isinstance(value, str):
        return storable(value)[:_LONGEST]
    if isinstance(value, dict):
        return {storable(str(key))[:80]: _short(item) for key, item in list(value.items())[:20]}
    if isinstance(value, list):
        return [_short(item) for item in value[:20]]
    return value if isinstance(value, bool | int | float) or value is None else str(value)[:_LONGEST]
