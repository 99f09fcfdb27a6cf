"""Ask for a person to take over."""

from pydantic import Field

from frontdesk.conversations.draft import HandoffCause, HandoffRequest
from frontdesk.handoffs.routing import pick_team
from tools.context import ToolContext, ToolRefusedError
from tools.contract import Arguments, Tool


class HandOff(Arguments):
    """Why, and the words that call for it."""

    reason: str = Field(description="Why a person is needed, in a few words.", max_length=300)
    team: str | None = Field(description="A team's name, or null to let the rules pick.")
    quote: str = Field(description="The contact's exact words that call for it.")


async def run(given: HandOff, context: ToolContext) -> str:
    """Request the hand-off; the contact is told what happens next by the code, not by the model."""
    evidence = context.evidence(given.quote)
    teams = [team.name for team in context.playbook.handoff.teams]
    if given.team is not None and given.team not in teams:
        raise ToolRefusedError(f"there is no team {given.team!r}; the teams are: {', '.join(teams)}; or give null")
    team = given.team or pick_team(context.facts, context.playbook)
    context.draft.handoff = HandoffRequest(team, given.reason, HandoffCause.AGENT, (evidence,))
    return f"A person of {team} will take over. The contact is told when by a sentence that is added to your reply."


TOOL = Tool(
    "hand_off",
    "Hand the conversation to a person: when the contact asks for one, is upset, or needs what you cannot do.",
    HandOff,
    run,
)
