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


_REFUSED = frozenset(
    {
        *("title", "default", "examples"),
        *("pattern", "format", "minLength", "maxLength"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
        *("minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"),
    }
)
"""Keywords outside the wire's strict subset of JSON Schema; pydantic checks them when the call comes."""


def strict_schema(arguments: type[BaseModel]) -> dict[str, JsonValue]:
    """A JSON Schema in the strict subset: every property required, no others, no bounds, defaults or titles."""
    schema = _strict(_JSON.validate_python(arguments.model_json_schema()))
    schema.pop("description", None)
    return schema


def _strict(schema: dict[str, JsonValue]) -> dict[str, JsonValue]:
    kept = {keyword: _strict_part(part) for keyword, part in schema.items() if keyword not in _REFUSED}
    properties = schema.get("properties")
    if isinstance(properties, dict):
        kept["properties"] = {name: _strict_part(part) for name, part in properties.items()}
        kept["required"] = [*properties]
        kept["additionalProperties"] = False
    return kept


def _strict_part(part: JsonValue) -> JsonValue:
    if isinstance(part, list):
        return [_strict_part(each) for each in part]
    return _strict(part) if isinstance(part, dict) else part
