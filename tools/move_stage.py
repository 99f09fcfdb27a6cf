"""Propose a move along the lifecycle; the rules decide."""

from pydantic import Field

from frontdesk.lifecycle.moves import MoveRefusedError, proposed_move
from tools.context import ToolContext, ToolRefusedError
from tools.contract import Arguments, Tool


class MoveStage(Arguments):
    """A stage, why, and the words that show it."""

    stage: str = Field(description="The name of the stage.")
    reason: str = Field(description="Why, in a few words.", max_length=300)
    quote: str = Field(description="The contact's exact words that show it.")


async def run(given: MoveStage, context: ToolContext) -> str:
    """Move if the lifecycle allows it on recorded facts."""
    evidence = context.evidence(given.quote)
    try:
        move = proposed_move(given.stage, given.reason, evidence, context.facts, context.playbook)
    except MoveRefusedError as error:
        raise ToolRefusedError(str(error)) from None
    context.draft.moves.append(move)
    return f"Moved to {move.to_stage}."


TOOL = Tool(
    "move_stage",
    "Propose a lifecycle stage. Rules move stages by themselves; use this only for a reachable stage that is listed.",
    MoveStage,
    run,
)
