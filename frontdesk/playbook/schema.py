"""The playbook's JSON Schema: for editors, and for saying what would be right at a place."""

from collections.abc import Iterator
from functools import lru_cache

from pydantic import JsonValue

from frontdesk.playbook.models import Playbook
from frontdesk.playbook.source import Data, KeyPath, value_at

Schema = dict[str, JsonValue]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def playbook_schema() -> Schema:
    """Return the JSON Schema of a playbook file, with descriptions that editors show."""
    return {"$schema": _DIALECT, **Playbook.model_json_schema(), "title": "Frontdesk playbook"}


@lru_cache(maxsize=1)
def _root() -> Schema:
    return playbook_schema()


def schemas_at(path: KeyPath, data: Data) -> list[Schema]:
    """Return the alternatives that a playbook holding `data` may have at `path`."""
    found = list(_alternatives(_root()))
    for index, step in enumerate(path):
        fitting = _fitting(found, value_at(data, path[:index]))
        found = [deeper for schema in fitting for below in _below(schema, step) for deeper in _alternatives(below)]
    return _fitting(found, value_at(data, path))


def known_keys(schemas: list[Schema]) -> list[str]:
    """Return the keys that a mapping may have under these alternatives."""
    keys = [key for schema in schemas for key in _mapping(schema.get("properties"))]
    return list(dict.fromkeys(keys))


def _alternatives(schema: Schema) -> Iterator[Schema]:
    reference = schema.get("$ref")
    if isinstance(reference, str):
        target = _mapping(_root()["$defs"])[reference.rsplit("/", 1)[-1]]
        yield from _alternatives(_mapping(target))
        return
    branches = schema.get("anyOf") or schema.get("oneOf")
    if not isinstance(branches, list):
        yield schema
        return
    for branch in branches:
        yield from _alternatives(_mapping(branch))


def _below(schema: Schema, step: str | int) -> Iterator[Schema]:
    if isinstance(step, int):
        below = schema.get("items")
    else:
        patterns = _mapping(schema.get("patternProperties"))
        free = schema.get("additionalProperties") or next(iter(patterns.values()), None)
        below = _mapping(schema.get("properties")).get(step, free)
    if isinstance(below, dict):
        yield below


def _fitting(schemas: list[Schema], data: Data) -> list[Schema]:
    """Narrow alternatives to the mappings that share most keys with the data, as for a condition."""
    if not isinstance(data, dict):
        return schemas
    shared = [len(data.keys() & _mapping(schema.get("properties")).keys()) for schema in schemas]
    best = max(shared, default=0)
    return [schema for schema, count in zip(schemas, shared, strict=True) if count == best]


def _mapping(value: JsonValue) -> Schema:
    return value if isinstance(value, dict) else {}
