"""Come back to the contact later, when they asked for it."""

from datetime import timedelta

from pydantic import Field

from frontdesk.playbook.hours import next_opening
from frontdesk.playbook.scalars import parse_duration
from tools.context import ToolContext, ToolRefusedError
from tools.contract import Arguments, Tool

LONGEST = timedelta(days=30)


class ScheduleFollowUp(Arguments):
    """When, and the words that ask for it."""

    after: str = Field(description="How long from now, for example 2h, 1d or 7d.")
    quote: str = Field(description="The contact's exact words that ask to be contacted later.")


async def run(given: ScheduleFollowUp, context: ToolContext) -> str:
    """Schedule one reminder inside business hours; any message of the contact cancels it."""
    context.evidence(given.quote)
    try:
        after = parse_duration(given.after)
    except ValueError as error:
        raise ToolRefusedError(str(error)) from None
    if not timedelta() < after <= LONGEST:
        raise ToolRefusedError("a follow-up lies between now and 30 days from now")
    due_at = next_opening(context.playbook.business, context.now + after)
    if due_at is None:
        raise ToolRefusedError("the business has no opening hours then")
    context.draft.follow_up_at = due_at
    return f"A follow-up is scheduled for {due_at.isoformat(timespec='minutes')}."


TOOL = Tool(
    "schedule_follow_up", "Schedule a follow-up when the contact asks to be contacted later.", ScheduleFollowUp, run
)
