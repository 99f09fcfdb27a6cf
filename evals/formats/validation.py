"""A record as a model of it, or its mistakes in words: where they are, what is wrong, and what would be right."""

from collections.abc import Iterator, Sequence
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from evals.formats.contract import BadRecord
from evals.formats.json_records import Placed
from frontdesk.playbook.findings import suggestion

Record = TypeVar("Record", bound=BaseModel)

_SHOWN = 40
"""Characters of a wrong value that are quoted."""
_MOST = 3
"""Problems of one record that are named."""


def read_as(model: type[Record], record: Placed) -> Record | BadRecord:
    """The record as what it should be, or what is wrong with it."""
    try:
        return model.model_validate(record.value)
    except ValidationError as error:
        return BadRecord(record.place, _described(error, model))


def _described(error: ValidationError, model: type[BaseModel]) -> str:
    """The first problems of a record, one of each place."""
    places: dict[str, str] = {}
    for item in error.errors(include_url=False):
        place = _place(item["loc"])
        places.setdefault(place, f"{place}: {_problem(item, model)}" if place else _problem(item, model))
    shown = list(places.values())[:_MOST]
    left = len(places) - len(shown)
    return "; ".join([*shown, f"and {left} more" if left else ""]).removesuffix("; ")


def _place(location: Sequence[str | int]) -> str:
    """A path as one writes it. The branches of a union, which pydantic names by their type, are not in the record."""
    parts = [part for part in location if isinstance(part, int) or part.replace("_", "").isalnum()]
    named = [part for part in parts if not (isinstance(part, str) and part in _BRANCHES)]
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in named).removeprefix(".")


_BRANCHES = {"str", "int", "float", "bool", "ExpectedHandoff", "tuple", "dict", "list"}


def _problem(item: ErrorDetails, model: type[BaseModel]) -> str:
    match item["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            key = str(item["loc"][-1])
            return f"is not a key here; {suggestion(key, _keys_at(model, item['loc'][:-1]))}"
        case "timezone_aware":
            return "has no time zone; write it as 2026-05-01T10:00:00Z or with an offset such as +02:00"
        case "datetime_from_date_parsing" | "datetime_parsing" | "datetime_type":
            return f"{_shown(item['input'])} is not a time; write it as 2026-05-01T10:00:00Z"
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"{_shown(item['input'])} is not an object; write {{…}}"
        case _:
            return f"{_shown(item['input'])} is wrong: {item['msg'][:1].lower()}{item['msg'][1:]}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _keys_at(model: type[BaseModel], location: Sequence[str | int]) -> list[str]:
    """The keys of the models that may stand at a place."""
    found: list[type[BaseModel]] = [model]
    for part in location:
        if isinstance(part, str) and part not in _BRANCHES:
            found = [
                below
                for kind in found
                if part in kind.model_fields
                for below in _models(kind.model_fields[part].annotation)
            ]
    return list(dict.fromkeys(key for kind in found for key in kind.model_fields))


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
