"""Finds the typed values that a text says."""

from functools import lru_cache

from frontdesk.language.fold import READ_LIMIT, fold_plain
from frontdesk.values.choices import read_choices, read_multi_choices
from frontdesk.values.emails import read_emails
from frontdesk.values.free_text import read_free_text
from frontdesk.values.money import read_money
from frontdesk.values.numbers import read_numbers
from frontdesk.values.phones import read_phones
from frontdesk.values.reading import Reading, ReadingContext
from frontdesk.values.timeframes import read_timeframes
from frontdesk.values.types import FieldType
from frontdesk.values.yes_no import read_yes_no


def read_values(text: str, kind: FieldType, context: ReadingContext) -> tuple[Reading, ...]:
    """Return every candidate value of `kind` in `text`, left to right, each with the words that say it.

    Only the first `READ_LIMIT` characters are read. A reader finds nothing rather than guess.
    """
    clipped = text[:READ_LIMIT]
    return _read_once(clipped, kind, context) if clipped.strip() else ()


@lru_cache(maxsize=256)
def _read_once(clipped: str, kind: FieldType, context: ReadingContext) -> tuple[Reading, ...]:
    """Read once what a turn asks again for every field of a type, and for what stands beside it."""
    if kind is FieldType.EMAIL:
        return read_emails(clipped)
    if kind is FieldType.PHONE:
        return read_phones(clipped, context.region, context.language)
    return _read_folded(clipped, kind, context)


def _read_folded(text: str, kind: FieldType, context: ReadingContext) -> tuple[Reading, ...]:
    folded = fold_plain(text)
    match kind:
        case FieldType.NUMBER:
            return read_numbers(folded, context)
        case FieldType.MONEY:
            return read_money(folded, context)
        case FieldType.TIMEFRAME:
            return read_timeframes(folded, context)
        case FieldType.YES_NO:
            return read_yes_no(text, folded, context)
        case FieldType.CHOICE:
            return read_choices(text, folded, context)
        case FieldType.MULTI_CHOICE:
            return read_multi_choices(text, folded, context)
        case _:
            return read_free_text(text, folded, kind, context.language)
