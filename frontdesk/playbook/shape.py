"""A playbook's wrong keys and types, said in plain words at the line that is wrong."""

from collections.abc import Sequence
from functools import cache

from pydantic import JsonValue, ValidationError
from pydantic_core import ErrorDetails

from frontdesk.playbook.checks.mistake import Mistake
from frontdesk.playbook.conditions import FieldIs
from frontdesk.playbook.findings import one_of, suggestion
from frontdesk.playbook.schema import Schema, known_keys, schemas_at
from frontdesk.playbook.source import Data, KeyPath, value_at

_SHOWN = 40
"""Characters of a wrong value that are quoted back."""
_KEY = "[key]"
_EXPECTED = {
    "string": "text",
    "array": "a list",
    "object": "a mapping",
    "boolean": "`true` or `false`",
    "integer": "a whole number",
    "number": "a number",
}


def shape_mistakes(error: ValidationError, data: Data) -> list[Mistake]:
    """Map a validation error of `data` to one mistake a place, the alternatives of a union taken together."""
    details = [(_stated_path(item["loc"], data), item) for item in error.errors(include_url=False)]
    found: dict[KeyPath, Mistake] = {}
    for path, item in details:
        if _is_other_branch(path, item, [other for other, _ in details]):
            continue
        mistake = _mistake(path, item, data)
        found.setdefault((*mistake.where, mistake.what), mistake)
    return list(found.values())


def _stated_path(loc: Sequence[str | int], data: Data) -> KeyPath:
    """The part of an error's location that the text states, without the names of union branches.

    A branch may be called like a key (`field`), so the longest reading wins, and of equal ones the later.
    """

    @cache
    def longest(start: int, path: KeyPath) -> KeyPath:
        best = path
        node = value_at(data, path)
        for index in range(start, len(loc)):
            if _holds(node, loc[index]):
                candidate = longest(index + 1, (*path, loc[index]))
                best = candidate if len(candidate) >= len(best) else best
        return best

    return longest(0, ())


def _holds(node: Data, step: str | int) -> bool:
    if isinstance(node, dict):
        return step in node
    return isinstance(node, list) and isinstance(step, int) and step < len(node)


def _is_other_branch(path: KeyPath, item: ErrorDetails, paths: list[KeyPath]) -> bool:
    """Whether the author evidently wrote another branch of a union: that one fails only further down."""
    own_type = item["type"].endswith("_type") and item["loc"][-1:] != path[-1:]
    return own_type and any(len(other) > len(path) and other[: len(path)] == path for other in paths)


def _mistake(path: KeyPath, item: ErrorDetails, data: Data) -> Mistake:
    last = item["loc"][-1] if item["loc"] else ""
    if item["type"] == "missing":
        return Mistake(path, f"{label(path)} has no `{last}`", f"add `{last}: …`")
    if item["type"] == "extra_forbidden":
        return _unknown_key(path, str(last), data)
    if last == _KEY:
        return _wrong_key(path, data)
    return _wrong_value(path, item, data)


def _unknown_key(path: KeyPath, key: str, data: Data) -> Mistake:
    known = known_keys(schemas_at(path[:-1], data))
    if key not in known:
        return Mistake(path, f"unknown key `{key}`", suggestion(key, known), at_key=True)
    beside = value_at(data, path[:-1])
    others = [f"`{other}`" for other in (beside if isinstance(beside, dict) else {}) if other != key]
    what = f"`{key}` and {', '.join(others)} do not go together"
    return Mistake(path, what, "write a condition of one kind, or join several with `all`", at_key=True)


def _wrong_key(path: KeyPath, data: Data) -> Mistake:
    key = str(path[-1]) if path else ""
    for schema in schemas_at(path[:-1], data):
        names = schema.get("propertyNames")
        if isinstance(names, dict):
            return Mistake(path, f"unknown key `{key}`", _fit_text(key, names), at_key=True)
    return Mistake(path, f"`{key}` cannot be a key here", _key_hint(path), at_key=True)


def _key_hint(path: KeyPath) -> str:
    if path[:1] == ("texts",):
        return "write lower-case letters, digits and _, such as handoff_open"
    return "write a language code in lower case, such as en, zh, pl or es"


def _fit_text(word: str, schema: Schema) -> str:
    values = schema.get("enum")
    if isinstance(values, list):
        return suggestion(word, [str(value) for value in values])
    return str(schema.get("patternErrorMessage", ""))


def _wrong_value(path: KeyPath, item: ErrorDetails, data: Data) -> Mistake:
    value = value_at(data, path)
    schemas = schemas_at(path, data)
    if item["type"] == "value_error":
        what, _, right = item["msg"].removeprefix("Value error, ").partition("; ")
        return Mistake(path, f"{label(path)}: {what}", right)
    if item["type"] == "condition_unknown":
        return _wrong_condition(path, value, item["msg"])
    for text, limit, words in _LIMITS:
        if item["type"] == text:
            bound = item.get("ctx", {}).get(limit, "")
            return Mistake(path, f"{label(path)} {words[0].format(bound)}", words[1].format(bound))
    return Mistake(path, f"{label(path)} {_described(value)}", _right(value, path, schemas, data))


def _wrong_condition(path: KeyPath, value: Data, message: str) -> Mistake:
    what, _, right = message.partition("; ")
    known = right.removeprefix("write one of ").split(", ")
    words = list(value) if isinstance(value, dict) else []
    if any(word in FieldIs.model_fields for word in words):
        return Mistake(path, f"{label(path)} does not say which field it compares", "add `field: …`")
    return Mistake(path, f"{label(path)} {what}", suggestion(next(iter(words), ""), known))


_LIMITS = (
    ("too_short", "min_length", ("has too few items", "write at least {}")),
    ("too_long", "max_length", ("has too many items", "write at most {}")),
    ("string_too_short", "min_length", ("is empty", "write at least {} character")),
    ("string_too_long", "max_length", ("is too long", "write at most {} characters")),
    ("greater_than_equal", "ge", ("is too small", "write {} or more")),
    ("less_than_equal", "le", ("is too large", "write {} or less")),
    ("finite_number", "", ("is not a finite number", "write a plain number")),
)


def label(path: KeyPath) -> str:
    """Name a place: its key, or its number in a list."""
    if not path:
        return "the playbook"
    if isinstance(path[-1], int):
        return f"item {path[-1] + 1} of {label(path[:-1])}"
    return f"`{path[-1]}`"


def _described(value: Data) -> str:
    if value is None:
        return "is empty"
    if isinstance(value, bool):
        return f"is `{str(value).lower()}`"
    if isinstance(value, list | dict):
        return "is a list" if isinstance(value, list) else "is a mapping"
    shown = str(value)
    return f"is `{shown if len(shown) <= _SHOWN else shown[:_SHOWN] + '…'}`"


def _right(value: Data, path: KeyPath, schemas: list[Schema], data: Data) -> str:
    for schema in schemas:
        if isinstance(value, str) and ("enum" in schema or "patternErrorMessage" in schema):
            return _fit_text(value, schema)
    wanted = list(dict.fromkeys(filter(None, (_wanted(schema) for schema in schemas))))
    if value is None:
        return f"write {' or '.join(wanted)}, or remove the line"
    if wanted[:1] == ["text"] and isinstance(value, bool | int | float):
        return f"if it is meant as text, put it in quotes: '{str(value).lower()}'"
    example = _as_mapping(value, schemas) or _as_list(value, path, schemas, data)
    return f"write {' or '.join(wanted)}{f', such as {example}' if example else ''}"


def _as_mapping(value: Data, schemas: list[Schema]) -> str:
    """The mapping that a plain word most likely stands for: one with its only required key."""
    required = schemas[0].get("required") if len(schemas) == 1 else None
    if not isinstance(value, str) or not isinstance(required, list) or len(required) != 1 or len(value) > _SHOWN:
        return ""
    return f"`{required[0]}: {value}`"


def _as_list(value: Data, path: KeyPath, schemas: list[Schema], data: Data) -> str:
    """The list that a plain value most likely stands for, where one of plain values belongs."""
    lists = len(schemas) == 1 and schemas[0].get("type") == "array"
    if not lists or isinstance(value, list | dict) or len(str(value)) > _SHOWN:
        return ""
    takes_text = any(item.get("type") == "string" for item in schemas_at((*path, 0), data))
    return f"`[{value}]`" if takes_text else ""


def _wanted(schema: Schema) -> str | None:
    values = schema.get("enum")
    if isinstance(values, list):
        return one_of(str(value) for value in values)
    if "const" in schema:
        return f"`{str(schema['const']).lower()}`"
    if schema.get("format") == "date":
        return "a date such as 2026-05-01"
    examples: JsonValue = schema.get("examples")
    if isinstance(examples, list):
        return f"for example {', '.join(str(example) for example in examples)}"
    kind = str(schema.get("type"))
    if "pattern" in schema and "patternErrorMessage" not in schema:
        return None  # a decimal number in its written form
    if kind == "object":
        return _wanted_mapping(schema)
    return _EXPECTED.get(kind)


def _wanted_mapping(schema: Schema) -> str:
    required = schema.get("required") or list(known_keys([schema]))[:1]
    if isinstance(required, list) and required:
        return f"a mapping with {', '.join(f'`{key}`' for key in required)}"
    return "a mapping such as `en: …`"
