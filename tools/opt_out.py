"""Stop writing to the contact, because they said so."""

from pydantic import Field

from tools.context import ToolContext
from tools.contract import Arguments, Tool


class OptOut(Arguments):
    """The words that ask us to stop."""

    quote: str = Field(description="The contact's exact words that ask us to stop writing.")


async def run(given: OptOut, context: ToolContext) -> str:
    """Record the wish; this turn's reply is the last message they get."""
    context.draft.opt_out = context.evidence(given.quote)
    return "The contact will get no more messages after this reply. Confirm it in one sentence."


TOOL = Tool("opt_out", "The contact wants no more messages from us.", OptOut, run)
