"""The JSON Schema that editors use."""

import pytest

from frontdesk.playbook.schema import known_keys, playbook_schema, schemas_at
from frontdesk.playbook.source import Data, KeyPath


def test_that_the_schema_names_its_dialect_and_describes_keys() -> None:
    schema = playbook_schema()
    assert str(schema["$schema"]).startswith("https://json-schema.org/")
    assert schema["title"] == "Frontdesk playbook"
    assert schema["additionalProperties"] is False
    assert "ISO 4217" in str(schema["$defs"])


CONDITION: Data = {"fields": [{"disqualify_when": {"field": "a", "blow": 3}}]}
PATHS: list[tuple[KeyPath, Data, set[str]]] = [
    ((), {}, {"business", "fields", "texts"}),
    (("fields", 0), CONDITION, {"name", "ask", "validate"}),
    (("fields", 0, "disqualify_when"), CONDITION, {"field", "below", "declined"}),
    (("business", "hours"), {}, set()),
]


@pytest.mark.parametrize(("path", "data", "keys"), PATHS)
def test_that_the_keys_of_a_place_are_known(path: KeyPath, data: Data, keys: set[str]) -> None:
    assert keys <= set(known_keys(schemas_at(path, data)))


def test_that_a_condition_is_taken_for_the_kind_that_its_keys_show() -> None:
    assert "intent" not in known_keys(schemas_at(("fields", 0, "disqualify_when"), CONDITION))
