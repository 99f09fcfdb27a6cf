"""Meta's error codes and what each means for a message.

The code decides, not the HTTP status: the same codes come in send responses, in failed statuses and in webhook
errors (Cloud API documentation, "Error codes").
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from frontdesk.channels.contract import Disable, Rejected, Retry, SendResult
from frontdesk.channels.json_access import JsonObject, child, label, whole_number

HOLD = timedelta(hours=24)
"""How long Meta wants quiet after a hold code (131049: "at least 24 hours")."""

_REASON_LIMIT = 300


class Consequence(StrEnum):
    """What a code asks of us."""

    RETRY = "retry"
    HOLD = "hold"
    PERMANENT = "permanent"
    DISABLE = "disable"


_CODES: Mapping[Consequence, tuple[int, ...]] = {
    Consequence.RETRY: (1, 2, 4, 80007, 130429, 131000, 131016, 131053, 131056, 131057, 133016),
    Consequence.HOLD: (131048, 131049, 131064),
    Consequence.PERMANENT: (
        *(33, 100, 130472, 131008, 131009, 131021, 131026, 131030, 131047, 131050, 131051, 131052),
        *(131062, 131063, 133010, 135000, 137000),
        *range(132000, 133000),
    ),
    Consequence.DISABLE: (0, 3, 10, 190, 368, 130497, 131005, 131031, 131037, 131042, 131045, *range(200, 300)),
}

CONSEQUENCES: Mapping[int, Consequence] = {code: consequence for consequence, codes in _CODES.items() for code in codes}


def result_of(error: JsonObject, after: timedelta | None = None) -> SendResult:
    """What one error object means; `after` is the wait that the response asked for.

    A code that we do not know is worth another try: the delivery's own schedule bounds the tries.
    """
    code = whole_number(error, "code")
    consequence = Consequence.RETRY if code is None else CONSEQUENCES.get(code, Consequence.RETRY)
    reason = reason_of(error)
    match consequence:
        case Consequence.HOLD:
            return Retry(reason, after=HOLD)
        case Consequence.PERMANENT:
            return Rejected(reason)
        case Consequence.DISABLE:
            return Disable(reason)
        case Consequence.RETRY:
            return Retry(reason, after=after)


def reason_of(error: JsonObject) -> str:
    """The error in one line: code, title, details."""
    code = whole_number(error, "code")
    title = label(error, "title") or label(error, "message")
    details = label(child(error, "error_data"), "details") or label(error, "details")
    parts = (None if code is None else str(code), title, None if details == title else details)
    return ": ".join(part for part in parts if part)[:_REASON_LIMIT] or "an error without code or text"
