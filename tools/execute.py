"""Run one call that a brain asked for: every way it can go wrong ends in a refusal with a reason."""

from dataclasses import dataclass

from pydantic import JsonValue, ValidationError

from tools import TOOLS
from tools.context import ToolContext, ToolRefusedError


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
        return ToolResult(call, False, f"there is no tool {call.name[:80]!r}; the tools are: {', '.join(TOOLS)}")
    try:
        given = tool.arguments.model_validate(call.arguments, strict=True)
        return ToolResult(call, True, await tool.run(given, context))
    except ValidationError as error:
        return ToolResult(call, False, _explain(error))
    except ToolRefusedError as refusal:
        return ToolResult(call, False, str(refusal))


def _explain(error: ValidationError) -> str:
    problems = (
        f"{'.'.join(str(part) for part in problem['loc']) or 'arguments'}: {problem['msg']}"
        for problem in error.errors(include_input=False, include_url=False)[:5]
    )
    return "the arguments do not fit: " + "; ".join(problems)
