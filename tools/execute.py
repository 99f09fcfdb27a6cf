"""Run one call that a brain asked for: every way it can go wrong ends in a refusal with a reason."""

from dataclasses import dataclass

from pydantic import JsonValue, ValidationError

from frontdesk.errors import FrontdeskError
from frontdesk.text import storable
from tools import TOOLS
from tools.context import ToolContext

LONGEST_ARGUMENT = 8_000
"""Characters of a text, or items of a list, that are read at all."""

_LONGEST_REFUSAL = 600


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call as a brain asked for it; `arguments` is whatever it sent, a string if it was not JSON."""

    id: str
    name: str
    arguments: JsonValue


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What came of a call: accepted with its effect in the draft, or refused with a reason."""

    call: ToolCall
    accepted: bool
    message: str


async def execute(call: ToolCall, context: ToolContext) -> ToolResult:
    """Run the call against the draft."""
    tool = TOOLS.get(call.name)
    if tool is None:
        return _refused(call, f"there is no tool {call.name[:80]!r}; the tools are: {', '.join(TOOLS)}")
    if _is_oversized(call.arguments):
        return _refused(call, f"an argument is longer than {LONGEST_ARGUMENT} characters or items")
    try:
        given = tool.arguments.model_validate(_clean(call.arguments), strict=True)
        return ToolResult(call, True, await tool.run(given, context))
    except ValidationError as error:
        return _refused(call, _explain(error))
    except FrontdeskError as refusal:
        return _refused(call, str(refusal))


def _refused(call: ToolCall, why: str) -> ToolResult:
    return ToolResult(call, False, storable(why)[:_LONGEST_REFUSAL])


def _is_oversized(arguments: JsonValue) -> bool:
    parts = arguments.values() if isinstance(arguments, dict) else (arguments,)
    return any(isinstance(part, str | list | dict) and len(part) > LONGEST_ARGUMENT for part in parts)


def _clean(arguments: JsonValue) -> JsonValue:
    """The arguments without characters that cannot be stored."""
    if not isinstance(arguments, dict):
        return arguments
    return {name: storable(given) if isinstance(given, str) else given for name, given in arguments.items()}


def _explain(error: ValidationError) -> str:
    problems = (
        f"{'.'.join(str(part) for part in problem['loc']) or 'arguments'}: {problem['msg']}"
        for problem in error.errors(include_input=False, include_url=False)[:5]
    )
    return "the arguments do not fit: " + "; ".join(problems)
