"""Plain numbers in text: how many people, rooms, nights."""

import re

from frontdesk.language.fold import FoldedText, fold_plain
from frontdesk.language.patterns import bounded
from frontdesk.values.amounts import Amount, is_year, join_amounts
from frontdesk.values.calendar_words import time_unit_of
from frontdesk.values.numerals import find_numerals
from frontdesk.values.parties import find_parties
from frontdesk.values.reading import Reading, ReadingContext
from frontdesk.values.surroundings import counts_nothing, currency_near, masked, person_after, time_unit_after
from frontdesk.values.types import Quantity
from frontdesk.values.units import Counted, counted_end, kinds_counted

_COUNTED_AFTER = re.compile(r"[个位名口人间晚张份台家只件套条次支箱盏]")
_SAYS_ONE = re.compile(r"(?:just|only|solo|solamente|tylko|只|就)[^.,;]{0,8}$")


_A_YEAR = re.compile(
    r" ?(?:"
    + bounded(
        r"(?:a|per|each|every|/) ?(?:year|month|week|day)|(?:year|month)ly|/ ?(?:yr|mo)",
        r"(?:al|por|cada) (?:ano|mes)|anual\w*|mensual\w*",
        r"(?:na|za) (?:rok|miesiac)|roczn\w+|miesieczn\w+",
        "[每一/]年|每月",
    )
    + ")"
)
"""How often an amount is due: so many a year are no people."""


def read_numbers(folded: FoldedText, context: ReadingContext) -> tuple[Reading, ...]:
    """Return the plain numbers in plain-folded text; a party such as "2 adults and 3 kids" is one number.

    A number of money, time, an age, a date, an address or a phone is none, unless `context.unit` says that this is
    what is counted.
    """
    clean = masked(folded, context.region)
    numerals = find_numerals(clean.text)
    parties = find_parties(clean.text, numerals)
    taken = [(party.start, party.end) for party in parties]
    amounts = join_amounts(numerals, clean.text)
    free = [a for a in amounts if not any(a.start < end and start < a.end for start, end in taken)]
    spoken = _of_unit([a for a in free if _is_plain(a, clean.text, context)], clean.text, context)
    found = [(party.start, party.end, Quantity(party.size, party.size), party.hedged) for party in parties]
    found += [(a.start, a.end, Quantity(a.low, a.high), a.hedged) for a in spoken]
    return tuple(
        Reading(value, *clean.original_span(start, end), hedged)
        for start, end, value, hedged in sorted(found, key=lambda each: each[0])
    )


def _of_unit(amounts: list[Amount], plain: str, context: ReadingContext) -> list[Amount]:
    """Keep the amounts that count the field's unit, if it has one and any does."""
    unit = fold_plain(context.unit or "").text.strip().rstrip("s")
    if not unit:
        return amounts
    kinds = kinds_counted(unit, ()) - {Counted.PEOPLE}  # people are counted without a noun, too
    return [amount for amount in amounts if _counts_unit(plain, amount.end, unit, kinds)] or amounts


def _counts_unit(plain: str, end: int, unit: str, kinds: frozenset[Counted]) -> bool:
    return plain.startswith(unit, end + (plain[end : end + 1] == " ")) or counted_end(plain, end, kinds) is not None


def _is_plain(amount: Amount, plain: str, context: ReadingContext) -> bool:
    if any(currency_near(plain, numeral.start, numeral.end) for numeral in (amount.first, amount.last)):
        return False
    if counted_end(plain, amount.end, kinds_counted(context.unit, ()) & {Counted.YEARS}):
        return True
    if any(counts_nothing(plain, numeral.start, numeral.end) for numeral in (amount.first, amount.last)):
        return False
    if counts_nothing(plain, amount.start, amount.end) or _is_year(amount, plain, context):
        return False
    if Counted.PEOPLE in kinds_counted(context.unit, ()) and _A_YEAR.match(plain, amount.end):
        return False
    unit = time_unit_after(plain, amount.end)
    if unit is not None and time_unit_of(unit) != time_unit_of(context.unit):
        return False
    return (not amount.first.is_article and not _is_lone_chinese_one(amount, plain)) or _counts_one(amount, plain)


def _is_year(amount: Amount, plain: str, context: ReadingContext) -> bool:
    return is_year(amount, context.today) and person_after(plain, amount.end) is None


def _is_lone_chinese_one(amount: Amount, plain: str) -> bool:
    return plain[amount.start : amount.end] == "一"


def _counts_one(amount: Amount, plain: str) -> bool:
    """Return whether a word for one counts, rather than being an article or a pronoun."""
    before, after = plain[max(0, amount.start - 40) : amount.start], plain[amount.end : amount.end + 40]
    if person_after(plain, amount.end) or _SAYS_ONE.search(before):
        return True
    return not re.search(r"\w", before) and not re.search(r"\w", _COUNTED_AFTER.sub("", after, count=1))
