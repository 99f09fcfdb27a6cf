"""Amounts of money in text, in minor units."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from frontdesk.language.fold import FoldedText
from frontdesk.values.amounts import Amount, is_year, join_amounts, with_millions
from frontdesk.values.currencies import currency_of, minor_units
from frontdesk.values.numerals import find_numerals
from frontdesk.values.reading import Reading, ReadingContext
from frontdesk.values.surroundings import counts_nothing, currency_near, masked, person_after, time_unit_after
from frontdesk.values.types import Money

_OTHER_UNIT = re.compile(
    r" ?-?(?:followers|views|km|kg|miles?|metros?|metrow|m2|sqm|sq|kilometros|kilometrow|units|sztuk\w*|pieces|"
    r"items|times|rooms?|"
    r"nights?|noches|nocy|noce|habitaciones|pokoj\w*|cars?|coches|houses|tickets|orders|messages|visits|mensajes|"
    r"wiadomosci)(?![a-z])"
    r"|[个只件台间晚次层辆套条]|平米|平方|公里"
)
_SMALL = 100
_PLAIN_FOLLOWER = re.compile(
    r" ?(?:$|[^a-z0-9 \u3400-\u9fff]|(?:per|a|an|each|max|min|tops|total|or|and|but|i|is|if|for|would|should|"
    r"maybe|probably|monthly|"
    r"yearly|at|as|in|more|the|ish|por|al|cada|como|o|y|pero|mas|es|seria|na|za|lub|ale|moze|miesiecznie|rocznie|"
    r"max|oraz|to|bedzie|"
    r"左右|吧|以内|以下|以上|上下|每))"
)
_MOST = Decimal(10) ** 15


def read_money(folded: FoldedText, context: ReadingContext) -> tuple[Reading, ...]:
    """Return the amounts of money in plain-folded text; without a currency they are in the context's, if it has one.

    A number that counts something else, such as people, stars, days or a phone number's digits, is no amount.
    """
    clean = masked(folded, context.region)
    amounts = join_amounts(with_millions(find_numerals(clean.text), clean.text), clean.text)
    readings = [_reading(amount, clean, context) for amount in amounts]
    return tuple(reading for reading in readings if reading is not None)


def to_minor(amount: Decimal, currency: str) -> int:
    """Return an amount in integer minor units, rounded half up."""
    return int((amount * 10 ** minor_units(currency)).quantize(Decimal(1), ROUND_HALF_UP))


def _reading(amount: Amount, folded: FoldedText, context: ReadingContext) -> Reading | None:
    if amount.high > _MOST or amount.first.is_article:
        return None
    stated = _stated_currency(amount, folded.text, context)
    currency, start, end = stated or (context.currency, amount.start, amount.end)
    if currency is None or (stated is None and not _may_be_money(amount, folded.text, context.today)):
        return None
    value = Money(to_minor(amount.low, currency), to_minor(amount.high, currency), currency)
    return Reading(value, *folded.original_span(start, end), amount.hedged)


def _stated_currency(amount: Amount, plain: str, context: ReadingContext) -> tuple[str, int, int] | None:
    """Return the currency said at either end of an amount, and the span that includes it."""
    numerals = (amount.last, amount.first)
    near = [found for numeral in numerals if (found := currency_near(plain, numeral.start, numeral.end))]
    currencies = [currency_of(word, context.currency, context.language) for word, _, _ in near]
    if not near or currencies[0] is None:
        return None
    return currencies[0], min(amount.start, *(a for _, a, _ in near)), max(amount.end, *(b for _, _, b in near))


def _may_be_money(amount: Amount, plain: str, today: date) -> bool:
    """Return whether a number without a currency can be an amount, by what stands around it."""
    start, end = amount.start, amount.end
    if counts_nothing(plain, start, end) or person_after(plain, end) or time_unit_after(plain, end):
        return False
    if _OTHER_UNIT.match(plain, end) or is_year(amount, today):
        return False
    return amount.high >= _SMALL or _PLAIN_FOLLOWER.match(plain, end) is not None
