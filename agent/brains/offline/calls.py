"""Collects tool calls in the form in which a model would send them."""

from pydantic import JsonValue

from tools.execute import ToolCall


class Calls:
    """Numbered calls of one round."""

    def __init__(self, round_number: int) -> None:
        self._round = round_number
        self._calls: list[ToolCall] = []

    def add(self, name: str, **arguments: JsonValue) -> None:
        """Ask for a tool."""
        self._calls.append(ToolCall(f"offline-{self._round}-{len(self._calls)}", name, arguments))

    @property
    def all(self) -> tuple[ToolCall, ...]:
        """The calls, in order."""
        return tuple(self._calls)
