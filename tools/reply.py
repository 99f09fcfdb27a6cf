"""Propose the message to the contact; review decides whether it may be sent."""

from pydantic import Field

from frontdesk.conversations.draft import Citation, Reply
from frontdesk.ids import read_id
from frontdesk.text import storable
from tools.context import ToolContext, ToolRefusedError
from tools.contract import Arguments, Tool


class ReplyArguments(Arguments):
    """The text, the passages that it relies on, and the field that it asks for."""

    text: str = Field(description="The message to the contact, in the contact's language.")
    citations: list[str] = Field(description="Ids of the passages that the text relies on; empty if none.")
    asks: str | None = Field(description="The name of the qualification field that the text asks for, or null.")


async def run(given: ReplyArguments, context: ToolContext) -> str:
    """Put the reply into the draft; a later reply replaces it."""
    text = storable(given.text).strip()
    if not text:
        raise ToolRefusedError("the reply is empty; write a message to the contact")
    if given.asks is not None and context.playbook.field(given.asks) is None:
        raise ToolRefusedError(f"`asks` names {given.asks!r}, which is no field; name a field or give null")
    citations = tuple(_citation(cited, context) for cited in dict.fromkeys(given.citations))
    context.draft.reply = Reply(text, context.language, citations, given.asks)
    return "The reply is drafted."


def _citation(cited: str, context: ToolContext) -> Citation:
    passage_id = read_id(cited)
    passage = context.passages.get(passage_id) if passage_id is not None else None
    if passage is None:
        raise ToolRefusedError(f"{cited!r} is not the id of a passage that you were shown; cite only those")
    return Citation(passage.passage_id, passage.citation, passage.title, passage.url)


TOOL = Tool("reply", "Write the message to the contact. Every turn ends with exactly one reply.", ReplyArguments, run)
