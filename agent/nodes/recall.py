"""Fetch what the brain will need, so that a plain question costs one model call and not two."""

from collections.abc import Sequence
from time import perf_counter

import structlog
from langgraph.runtime import Runtime

from agent.context import TurnContext
from agent.queries import clearer, goes_on_from, leaves_open, merged, queries, surest
from agent.state import NOTHING_FOUND, TurnState
from frontdesk.conversations.model import Author
from knowledge.embedding import EmbeddingFailedError
from knowledge.retrieve import Retrieval
from tools.context import ToolContext

_log = structlog.get_logger(__name__)


async def recall(state: TurnState, runtime: Runtime[TurnContext]) -> dict[str, Retrieval | bool]:
    """Find the passages nearest to the contact's new messages; without an embedding model, none."""
    started = perf_counter()
    tools = runtime.context.tools
    said = [message.text for message in tools.snapshot.new_messages]
    asked = queries(said, tools.language)
    found = [one for wordings in asked if (one := await _surest(tools, wordings)) is not None]
    if len(found) == 1:
        found = [await _in_context(tools, asked[0][0], found[0])]
    runtime.context.clock("recall", started)
    if not found:
        return {"retrieval": NOTHING_FOUND, "searched": False}
    return {"retrieval": merged(found), "searched": True, "leaves_open": leaves_open(found)}


async def _surest(tools: ToolContext, wordings: Sequence[str]) -> Retrieval | None:
    searched = [await _search(tools, query) for query in wordings]
    found = [one for one in searched if one is not None]
    return surest(found) if found else None


async def _in_context(tools: ToolContext, question: str, alone: Retrieval) -> Retrieval:
    """What a question finds that may go on from an earlier one."""
    new = {message.id for message in tools.snapshot.new_messages}
    contact = (message for message in tools.snapshot.messages if message.author is Author.CONTACT)
    earlier = goes_on_from(question, [message.text for message in contact if message.id not in new])
    if earlier is None:
        return alone
    before, both = await _search(tools, earlier), await _search(tools, f"{earlier}\n{question}")
    return clearer(question, alone, before, both) if before is not None and both is not None else alone


async def _search(tools: ToolContext, query: str) -> Retrieval | None:
    try:
        found = await tools.knowledge.retrieve(query, tools.language, tools.today, tools.snapshot.channel_kind)
    except EmbeddingFailedError as error:
        # A contact who is told that nobody knows is better off than one who is told nothing.
        _log.warning("the documents cannot be searched", error=str(error))
        return None
    tools.see(found.passages)
    return found
