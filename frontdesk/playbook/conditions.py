"""The small, typed vocabulary of every `*_when` in a playbook.

A condition is a mapping with exactly one of these leading keys:
`all`, `any`, `not`, `intent`, `field`, `event`, `stage`, `silent_for`, `qualified`.
Evaluation lives in `frontdesk.lifecycle.evaluate`; here is only what a condition says.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from frontdesk.playbook.scalars import Duration

Scalar = bool | int | float | str


class _Condition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class AllOf(_Condition):
    """Every part holds."""

    all: list[Condition] = Field(min_length=1)


class AnyOf(_Condition):
    """At least one part holds."""

    any: list[Condition] = Field(min_length=1)


class Not(_Condition):
    """The part does not hold."""

    not_: Condition = Field(alias="not")

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class IntentSeen(_Condition):
    """The contact has shown this intent in the conversation."""

    intent: str


class FieldIs(_Condition):
    """The field is answered, and compares as stated; with no comparison, that it is answered at all."""

    field: str
    equals: Scalar | None = None
    one_of: list[Scalar] | None = None
    at_least: Scalar | None = None
    at_most: Scalar | None = None
    above: Scalar | None = None
    below: Scalar | None = None
    declined: Literal[True] | None = None
    """True when the contact refused to answer."""

    @model_validator(mode="after")
    def _one_comparison(self) -> FieldIs:
        given = [name for name, value in self if name != "field" and value is not None]
        if len(given) > 1:
            raise ValueError(
                f"compares in {len(given)} ways ({', '.join(given)}); write one comparison, or join several with `all`"
            )
        return self


class EventReceived(_Condition):
    """An outside system reported this event, for example `purchase`."""

    event: str


class StageIs(_Condition):
    """The contact's current lifecycle stage."""

    stage: str


class SilentFor(_Condition):
    """The contact has not answered our last message for this long."""

    silent_for: Duration


class QualifiedIs(_Condition):
    """`true`: the lead is qualified; `false`: an answer disqualifies it."""

    qualified: bool


_KINDS = ("all", "any", "not", "intent", "field", "event", "stage", "silent_for", "qualified")


def _kind(raw: Any) -> str | None:
    if isinstance(raw, dict):
        return next((kind for kind in _KINDS if kind in raw), None)
    if isinstance(raw, _Condition):
        return next((kind for kind in _KINDS if hasattr(raw, "not_" if kind == "not" else kind)), None)
    return None


Condition = Annotated[
    Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[IntentSeen, Tag("intent")]
    | Annotated[FieldIs, Tag("field")]
    | Annotated[EventReceived, Tag("event")]
    | Annotated[StageIs, Tag("stage")]
    | Annotated[SilentFor, Tag("silent_for")]
    | Annotated[QualifiedIs, Tag("qualified")],
    Discriminator(
        _kind,
        custom_error_type="condition_unknown",
        custom_error_message=f"is not a condition; write one of {', '.join(_KINDS)}",
    ),
]

AllOf.model_rebuild()
AnyOf.model_rebuild()
Not.model_rebuild()
