"""Fetch what the brain will need, so that a plain question costs one model call and not two."""

from time import perf_counter

from langgraph.runtime import Runtime

from agent.context import TurnContext
from agent.state import NOTHING_FOUND, TurnState
from knowledge.retrieve import Retrieval


async def recall(state: TurnState, runtime: Runtime[TurnContext]) -> dict[str, Retrieval]:
    """Find the passages nearest to the contact's new messages."""
    started = perf_counter()
    tools = runtime.context.tools
    query = "\n".join(message.text for message in tools.snapshot.new_messages if message.text.strip())
    found = NOTHING_FOUND
    if query:
        found = await tools.knowledge.retrieve(query, tools.language, tools.today)
        tools.see(found.passages)
    runtime.context.clock("recall", started)
    return {"retrieval": found}
