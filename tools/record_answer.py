"""Record a qualification field's value, if the contact's own words say it."""

import json
import re
from decimal import Decimal

from pydantic import Field, JsonValue

from frontdesk.evidence.types import Evidence
from frontdesk.playbook.models import QualificationField, Validation
from frontdesk.values.agree import agrees
from frontdesk.values.currencies import minor_units
from frontdesk.values.display import display
from frontdesk.values.json_form import ValueUnreadableError
from frontdesk.values.read import read_values
from frontdesk.values.stated import stated_value
from frontdesk.values.types import Money, Quantity, Value
from tools.context import ToolContext, ToolRefusedError, known_field
from tools.contract import Arguments, Tool


class RecordAnswer(Arguments):
    """A field, its value, and the words that say it."""

    field: str = Field(description="The name of the qualification field.")
    value: str = Field(
        description='The value, for example "3000 EUR", "4", "2026-05-01/2026-05-31", an option\'s name.'
    )
    quote: str = Field(description="The contact's exact words that say this value.")


async def run(given: RecordAnswer, context: ToolContext) -> str:
    """Record the value that stands in the quote."""
    field = known_field(context, given.field)
    evidence = context.evidence(given.quote)
    value = supported_value(given.value, evidence, field, context)
    check_bounds(value, field)
    known = context.facts.answers.get(field.name)
    if known is not None and known.value == value:
        return f"{field.name} was recorded already."
    context.draft.record(field.name, value, (evidence,))
    return f"Recorded {field.name} = {display(value, context.language)}."


def supported_value(stated: str, evidence: Evidence, field: QualificationField, context: ToolContext) -> Value:
    """The value as read from the contact's words; raises ToolRefusedError when they do not say what was stated."""
    reading = context.reading(field)
    try:
        claim = stated_value(_parsed(stated), field.type, reading)
    except ValueUnreadableError as error:
        raise ToolRefusedError(f"{stated!r} is not a value of {field.name}: {error}") from None
    for found in read_values(evidence.quote, field.type, reading):
        if agrees(claim, found.value, field.type):
            return found.value
    raise ToolRefusedError(
        f"the words {evidence.quote!r} do not say {stated!r}; record what they say, or ask the contact"
    )


def _parsed(stated: str) -> JsonValue:
    """The JSON object, list or truth value that a string spells; any other string as it is."""
    try:
        parsed: JsonValue = json.loads(stated)
    except (ValueError, RecursionError):
        return stated
    return parsed if isinstance(parsed, dict | list | bool) else stated


def check_bounds(value: Value, field: QualificationField) -> None:
    """Raise ToolRefusedError when the value breaks the playbook's `validate`."""
    bounds = field.validate_
    if bounds is None:
        return
    problem = _broken_bound(value, bounds)
    if problem:
        raise ToolRefusedError(f"{field.name} {problem}; do not record it, ask again and say what is possible")


def _broken_bound(value: Value, bounds: Validation) -> str | None:
    if bounds.pattern and isinstance(value, str) and not re.fullmatch(bounds.pattern, value):
        return "is not of the expected form"
    ends = _ends(value)
    if ends is None:
        return None
    if bounds.min is not None and ends[0] < Decimal(str(bounds.min)):
        return f"is below the least possible, {bounds.min}"
    if bounds.max is not None and ends[1] > Decimal(str(bounds.max)):
        return f"is above the most possible, {bounds.max}"
    return None


def _ends(value: Value) -> tuple[Decimal, Decimal] | None:
    if isinstance(value, Quantity):
        return value.low, value.high
    if isinstance(value, Money):
        shift = -minor_units(value.currency)
        return Decimal(value.low).scaleb(shift), Decimal(value.high).scaleb(shift)
    return None


TOOL = Tool(
    "record_answer",
    "Record the value of a qualification field that the contact has just stated. Also use it for corrections.",
    RecordAnswer,
    run,
)
