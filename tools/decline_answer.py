"""Record that the contact does not want to answer, so that it is not asked again."""

from pydantic import Field

from tools.context import ToolContext, ToolRefusedError, known_field
from tools.contract import Arguments, Tool


class DeclineAnswer(Arguments):
    """A field and the words that refuse it."""

    field: str = Field(description="The name of the qualification field.")
    quote: str = Field(description="The contact's exact words that refuse to answer.")


async def run(given: DeclineAnswer, context: ToolContext) -> str:
    """Record the refusal; an answer given earlier stays."""
    field = known_field(context, given.field)
    evidence = context.evidence(given.quote)
    known = context.facts.answers.get(field.name)
    if known is not None and known.value is not None:
        raise ToolRefusedError(f"{field.name} is answered already; nothing was refused")
    context.draft.record(field.name, None, (evidence,))
    return f"Recorded that {field.name} was declined. Do not ask for it again."


TOOL = Tool("decline_answer", "Record that the contact refuses to answer a field.", DeclineAnswer, run)
