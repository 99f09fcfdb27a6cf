from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field

from tests.fakes.model_server import problem
from tools import TOOLS
from tools.contract import strict_schema

ALLOWED = {"type", "description", "properties", "required", "additionalProperties", "items", "anyOf", "enum", "$ref"}
"""The keywords that the strict subset of JSON Schema knows and that tools need."""


def keywords(schema: Any) -> set[str]:
    """Every keyword of a schema, names of properties left aside."""
    if isinstance(schema, list):
        return set().union(*map(keywords, schema)) if schema else set()
    if not isinstance(schema, dict):
        return set()
    inner = [*schema.get("properties", {}).values(), *(v for k, v in schema.items() if k != "properties")]
    return set(schema).union(*map(keywords, inner))


def test_that_the_tools_are_the_ten_that_a_model_is_shown() -> None:
    assert list(TOOLS) == [
        "search_knowledge",
        "classify_intent",
        "record_answer",
        "decline_answer",
        "move_stage",
        "mark_unqualified",
        "hand_off",
        "schedule_follow_up",
        "opt_out",
        "reply",
    ]


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_that_every_schema_is_strict(tool: Any) -> None:
    function = tool.schema()["function"]
    parameters = function["parameters"]
    assert function["strict"] is True
    assert parameters["required"] == list(parameters["properties"])
    assert parameters["additionalProperties"] is False
    assert keywords(parameters) <= ALLOWED
    assert all(described["description"] for described in parameters["properties"].values())
    assert problem({"model": "m", "messages": [{"role": "user", "content": "x"}], "tools": [tool.schema()]}) is None


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_that_no_tool_takes_an_id_of_a_contact_or_a_conversation(tool: Any) -> None:
    names = tool.schema()["function"]["parameters"]["properties"]
    assert not [name for name in names if "contact" in name or "conversation" in name or name.endswith("_id")]


class Part(BaseModel):
    title: str = "x"
    counts: list[Annotated[int, Field(ge=1, multiple_of=2)]] = Field(default=[], max_length=3)


class Given(BaseModel):
    """Bounds and defaults of every kind."""

    format: Annotated[str, Field(pattern="^a", min_length=1, max_length=9, examples=["a"])]
    part: Part | None = None


def test_that_bounds_and_defaults_are_left_out_and_fields_of_such_names_are_kept() -> None:
    schema: Any = strict_schema(Given)
    part: Any = schema["$defs"]["Part"]
    assert schema["required"] == ["format", "part"]
    assert schema["properties"]["format"] == {"type": "string"}
    assert part["required"] == ["title", "counts"]
    assert part["additionalProperties"] is False
    assert part["properties"]["counts"] == {"type": "array", "items": {"type": "integer"}}
