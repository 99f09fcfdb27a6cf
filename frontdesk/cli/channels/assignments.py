"""`key=value` arguments, read into what a pydantic model wants."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from pydantic import BaseModel, JsonValue, ValidationError
from pydantic_core import ErrorDetails

from api.validation import field_problems
from frontdesk.errors import FrontdeskError
from frontdesk.playbook.findings import suggestion


class AssignmentInvalidError(FrontdeskError):
    """A `key=value` argument is not one, or names a variable that is not set."""

    code = "assignment_invalid"


class ValuesInvalidError(FrontdeskError):
    """Values that are missing, unknown or not what they should be; a line for each."""

    code = "values_invalid"


@dataclass(frozen=True, slots=True)
class Flags:
    """How the values of a model are called on the command line, for messages."""

    noun: str
    example: str


def split_assignments(given: Sequence[str]) -> list[tuple[str, str]]:
    """Split each argument at its first equals sign; raises AssignmentInvalidError."""
    pairs = [argument.partition("=") for argument in given]
    for key, sign, _ in pairs:
        if not sign or not key:
            # Not repeated whole: a secret may stand in it.
            raise AssignmentInvalidError(f"write key=value, as in url=https://…, not {key!r} alone")
    return [(key.strip(), value) for key, _, value in pairs]


def from_environment(given: Sequence[str]) -> dict[str, str]:
    """Read `key=VARIABLE` arguments; raises AssignmentInvalidError for a variable that is not set."""
    names = dict(split_assignments(given))
    unset = [name for name in names.values() if not os.environ.get(name)]
    if unset:
        raise AssignmentInvalidError(f"the environment variable {unset[0]} is not set")
    return {key: os.environ[name] for key, name in names.items()}


def shaped(pairs: Sequence[tuple[str, str]], model: type[BaseModel]) -> dict[str, JsonValue]:
    """Shape each value as the model wants it: text, a list (repeated or with commas), or a mapping (`a.b=…`)."""
    shaped: dict[str, JsonValue] = {}
    for key, value in pairs:
        name, _, below = key.partition(".")
        match _type_of(model, name):
            case "array":
                items = cast(list[JsonValue], shaped.setdefault(name, []))
                items.extend(_listed(value))
            case "object" if below:
                cast(dict[str, JsonValue], shaped.setdefault(name, {}))[below] = value
            case "object":
                shaped[name] = _as_json(value)
            case _:
                shaped[key] = value
    return shaped


def validated(model: type[BaseModel], values: Mapping[str, object], flags: Flags) -> dict[str, JsonValue]:
    """Return the values as the model reads them, its defaults included; raises ValuesInvalidError."""
    try:
        return cast(dict[str, JsonValue], model.model_validate(values).model_dump(mode="json"))
    except ValidationError as error:
        raise ValuesInvalidError("\n".join(_problem(entry, model, flags) for entry in error.errors())) from None


def required_keys(model: type[BaseModel]) -> list[str]:
    """The keys that have no default."""
    return [name for name, field in model.model_fields.items() if field.is_required()]


def _problem(entry: ErrorDetails, model: type[BaseModel], flags: Flags) -> str:
    """Say one problem; never the value, which may be a secret."""
    key, kind = str(entry["loc"][0]), entry["type"]
    if kind == "missing":
        return f"the {flags.noun} {key} is missing; add {flags.example.format(key=key)}"
    if kind == "extra_forbidden":
        return f"there is no {flags.noun} {key}; {suggestion(key, model.model_fields)}"
    examples = model.model_fields[key].examples
    if kind == "string_pattern_mismatch" and examples:
        return f"the {flags.noun} {key} is not right; write it as in {examples[0]}"
    if kind == "dict_type":
        return f"the {flags.noun} {key} has parts; write {key}.part=…, as in greeting.en=Hello"
    [problem] = field_problems([{"type": kind, "loc": ("", key), "ctx": entry.get("ctx") or {}}])
    return f"the {flags.noun} {key} {problem.problem}"


def _type_of(model: type[BaseModel], name: str) -> str | None:
    described = model.model_json_schema().get("properties", {}).get(name, {})
    found: str | None = described.get("type")
    return found


def _listed(value: str) -> list[JsonValue]:
    return [item.strip() for item in value.split(",") if item.strip()]


def _as_json(value: str) -> JsonValue:
    try:
        return cast(JsonValue, json.loads(value))
    except ValueError:
        return value
