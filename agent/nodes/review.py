"""Check the reply, let the rules act, and add what only the code may say."""

from time import perf_counter
from typing import Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from agent.context import TurnContext
from agent.review import Standing, problems
from agent.settle import settle
from agent.state import TurnState


async def review(state: TurnState, runtime: Runtime[TurnContext]) -> Command[Literal["decide", "__end__"]]:
    """Have a failing reply mended once; replace it by a safe one if it fails again."""
    started = perf_counter()
    context = runtime.context
    wrong = _wrong(context)
    if wrong and _may_mend(state, context):
        context.clock("review", started)
        return Command(goto="decide", update={"mend": wrong, "mended": True})
    settle(context, replace_because=wrong)
    context.clock("review", started)
    return Command(goto="__end__", update={"mend": None, "replaced": wrong})


def _wrong(context: TurnContext) -> str | None:
    tools = context.tools
    reply = tools.draft.reply
    if reply is None:
        return "there is no reply; every turn ends with exactly one call of `reply`"
    cited = [tools.passages[citation.passage_id] for citation in reply.citations]
    standing = Standing(
        tools.playbook, tools.snapshot, tools.draft, tools.facts, tools.language, context.reply_limit, cited
    )
    return "; ".join(problems(reply, standing)) or None


def _may_mend(state: TurnState, context: TurnContext) -> bool:
    """Once in a turn, and only while calls are left."""
    return not state.mended and len(state.rounds) < context.tools.playbook.limits.model_calls_per_turn
