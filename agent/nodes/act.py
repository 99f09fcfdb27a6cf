"""Run the calls that the brain asked for, against the draft."""

from collections.abc import Sequence
from time import perf_counter
from typing import Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from agent.brains.protocol import Round
from agent.context import TurnContext
from agent.state import TurnState
from tools.execute import ToolCall, ToolResult, execute

MOST_CALLS = 24
"""Calls run in one round; the rest are refused."""

_CHANGES_WHAT_IS_TRUE = frozenset({"record_answer", "hand_off", "opt_out", "mark_unqualified", "schedule_follow_up"})
"""A reply written beside one of these may speak of it as done."""


async def act(state: TurnState, runtime: Runtime[TurnContext]) -> Command[Literal["decide", "review"]]:
    """Run every call in order; a refused one tells why."""
    started = perf_counter()
    assert state.decision is not None
    calls = in_order(state.decision.calls)
    kept, excess = _split(calls)
    results = [await execute(call, runtime.context.tools) for call in kept]
    results += [ToolResult(call, False, f"more than {MOST_CALLS} calls in one round") for call in excess]
    rounds = (*state.rounds, Round(calls, tuple(results)))
    runtime.context.clock("act", started)
    return Command(goto=after_act(rounds, runtime.context), update={"rounds": rounds, "mend": None})


def _split(calls: tuple[ToolCall, ...]) -> tuple[tuple[ToolCall, ...], tuple[ToolCall, ...]]:
    """The calls to run and those beyond the bound; the last one, the reply, is run in any case."""
    if len(calls) <= MOST_CALLS:
        return calls, ()
    return (*calls[: MOST_CALLS - 1], calls[-1]), calls[MOST_CALLS - 1 : -1]


def in_order(calls: tuple[ToolCall, ...]) -> tuple[ToolCall, ...]:
    """Facts first, moves that depend on them next, the reply last; otherwise as asked."""
    rank = {"classify_intent": 0, "record_answer": 0, "decline_answer": 0, "move_stage": 2, "mark_unqualified": 2}
    return tuple(sorted(calls, key=lambda call: 4 if call.name == "reply" else rank.get(call.name, 1)))


def after_act(rounds: Sequence[Round], context: TurnContext) -> Literal["decide", "review"]:
    """Go back only if something must be read or mended, within the playbook's limit of model calls."""
    if len(rounds) >= context.tools.playbook.limits.model_calls_per_turn:
        return "review"
    refused = {result.call.name for result in rounds[-1].results if not result.accepted}
    if context.tools.draft.reply is None or refused & _CHANGES_WHAT_IS_TRUE:
        return "decide"
    return "review"
