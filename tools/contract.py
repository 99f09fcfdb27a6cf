"""What a tool is: a name, a strict schema of arguments, and a function over the turn's context."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, JsonValue, TypeAdapter

from tools.context import ToolContext


class Arguments(BaseModel):
    """Arguments as a model sends them: every key required, nothing else allowed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Given = TypeVar("Given", bound=Arguments)


@dataclass(frozen=True, slots=True)
class Tool(Generic[Given]):
    """An action that a brain may ask for; `run` returns what the model is told, or raises ToolRefusedError."""

    name: str
    description: str
    arguments: type[Given]
    run: Callable[[Given, ToolContext], Awaitable[str]]

    def schema(self) -> dict[str, JsonValue]:
        """The tool in the form of the OpenAI wire, with a strict schema."""
        return {
            "type": "function",
            "function": {
                "name": self.name,
                "description": self.description,
                "strict": True,
                "parameters": strict_schema(self.arguments),
            },
        }


AnyTool = Tool[Any]

_JSON: TypeAdapter[dict[str, JsonValue]] = TypeAdapter(dict[str, JsonValue])


def strict_schema(arguments: type[BaseModel]) -> dict[str, JsonValue]:
    """A JSON Schema in the strict subset: every property required, no others, no defaults or titles."""
    schema = _JSON.validate_python(arguments.model_json_schema())
    schema.pop("title", None)
    schema.pop("description", None)
    properties = schema.get("properties")
    if isinstance(properties, dict):
        for described in properties.values():
            if isinstance(described, dict):
                described.pop("title", None)
                described.pop("default", None)
        schema["required"] = list(properties)
    schema["additionalProperties"] = False
    return schema
