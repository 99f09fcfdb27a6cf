"""Propose that the lead is not qualified; the rules decide."""

from pydantic import Field

from frontdesk.lifecycle.moves import MoveRefusedError, unqualified_move
from tools.context import ToolContext, ToolRefusedError
from tools.contract import Arguments, Tool


class MarkUnqualified(Arguments):
    """Why, and the words that show it."""

    reason: str = Field(description="Why the lead does not qualify, in a few words.", max_length=300)
    quote: str = Field(description="The contact's exact words that show it.")


async def run(given: MarkUnqualified, context: ToolContext) -> str:
    """Move to the lost stage for unqualified leads, if a recorded fact disqualifies."""
    evidence = context.evidence(given.quote)
    try:
        move = unqualified_move(given.reason, evidence, context.facts, context.playbook)
    except MoveRefusedError as error:
        raise ToolRefusedError(str(error)) from None
    context.draft.moves.append(move)
    return f"Marked as {move.to_stage}."


TOOL = Tool(
    "mark_unqualified",
    "Mark the lead as unqualified, after the disqualifying answer or intent has been recorded.",
    MarkUnqualified,
    run,
)
