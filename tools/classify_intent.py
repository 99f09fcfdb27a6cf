"""Record what the contact wants."""

from pydantic import Field

from frontdesk.playbook.builtin_intents import all_intents
from tools.context import ToolContext, ToolRefusedError
from tools.contract import Arguments, Tool


class ClassifyIntent(Arguments):
    """An intent and the words that show it."""

    intent: str = Field(description="One of the playbook's intents.")
    quote: str = Field(description="The contact's exact words that show it.")


async def run(given: ClassifyIntent, context: ToolContext) -> str:
    """Record the intent with its evidence."""
    names = [intent.name for intent in all_intents(context.playbook)]
    if given.intent not in names:
        raise ToolRefusedError(f"there is no intent {given.intent!r}; the intents are: {', '.join(names)}")
    context.draft.intents[given.intent] = (context.evidence(given.quote),)
    return f"Recorded intent {given.intent}."


TOOL = Tool("classify_intent", "Record what the contact wants, with their words.", ClassifyIntent, run)
