"""A brain that does as it is told."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from pydantic import JsonValue

from agent.brains.protocol import Decision, Usage, View
from tools.execute import ToolCall


def call(name: str, **arguments: JsonValue) -> ToolCall:
    """A call with these arguments."""
    return ToolCall("call_1", name, arguments)


def reply(text: str = "Noted.", citations: Sequence[str] = (), asks: str | None = None) -> ToolCall:
    """The call that every turn needs."""
    return call("reply", text=text, citations=[*citations], asks=asks)


@dataclass
class ScriptedBrain:
    """Gives the decisions of its script in turn, then replies with "Noted."; keeps the views that it was shown."""

    script: list[Sequence[ToolCall]] = field(default_factory=list)
    before: Callable[[View], Awaitable[None]] | None = None
    """Happens while the brain is thinking."""
    views: list[View] = field(default_factory=list)
    name: str = "scripted"

    async def decide(self, view: View) -> Decision:
        """Return the next decision."""
        self.views.append(view)
        if self.before is not None:
            await self.before(view)
        calls = self.script.pop(0) if self.script else (reply(),)
        return Decision(tuple(calls), self.name, "model-1", Usage(1, 100, 10), "abc")
