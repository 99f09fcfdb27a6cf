from typing import Annotated, Literal
from uuid import UUID

import pytest
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, HttpUrl, ValidationError, field_validator

from api.validation import Complaint, field_problems


class Order(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: UUID = UUID(int=0)
    count: Annotated[int, Field(ge=1, le=9)] = 1
    name: Annotated[str, Field(min_length=2, max_length=4)] = "abc"
    size: Literal["s", "l"] = "s"
    at: AwareDatetime | None = None
    url: HttpUrl | None = None
    tags: list[str] = []
    even: int = 2

    @field_validator("even")
    @classmethod
    def _is_even(cls, value: int) -> int:
        if value % 2:
            raise ValueError("must be even")
        return value


@pytest.mark.parametrize(
    ("body", "path", "words"),
    [
        ({"id": "x"}, "id", "UUID"),
        ({"count": 0}, "count", "at least 1"),
        ({"count": 10}, "count", "at most 9"),
        ({"count": "many"}, "count", "whole number"),
        ({"name": "a"}, "name", "at least 2"),
        ({"name": "abcde"}, "name", "at most 4"),
        ({"name": 5}, "name", "text"),
        ({"size": "m"}, "size", "'s' or 'l'"),
        ({"at": "2026-01-01T00:00:00"}, "at", "offset"),
        ({"at": "soon"}, "at", "2026-05-01T09:30:00Z"),
        ({"url": "ftp://x"}, "url", "http"),
        ({"tags": [1]}, "tags.0", "text"),
        ({"tags": "a"}, "tags", "list"),
        ({"even": 3}, "even", "must be even"),
        ({"nmae": 1}, "nmae", "spelling"),
    ],
)
def test_that_a_mistake_is_placed_and_says_what_would_be_right(body: dict[str, object], path: str, words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Order.model_validate(body)
    complaints: list[Complaint] = [{**found, "loc": ("body", *found["loc"])} for found in caught.value.errors()]  # type: ignore[typeddict-unknown-key]
    [problem] = field_problems(complaints)
    assert (problem.location, problem.path) == ("body", path)
    assert words in problem.problem


def test_that_a_missing_body_is_asked_for_as_a_whole() -> None:
    [problem] = field_problems([{"type": "missing", "loc": ("body",)}])
    assert (problem.path, "application/json" in problem.problem) == ("", True)


def test_that_names_from_the_request_are_shortened_and_storable() -> None:
    [problem] = field_problems([{"type": "extra_forbidden", "loc": ("body", "\ud800\x00" + "x" * 500)}])
    assert problem.path == "x" * 80


def test_that_an_unforeseen_complaint_shows_none_of_its_own_words() -> None:
    [problem] = field_problems([{"type": "brand_new", "loc": ("body", "a"), "ctx": {"error": "internals"}}])
    assert "internals" not in problem.problem
