"""Whether a number that nobody asked for counts what a field asks for: people, pieces, users. Pure."""

import re

from frontdesk.language.acts import clause_around
from frontdesk.language.fold import fold_plain
from frontdesk.playbook.models import Playbook, QualificationField
from frontdesk.playbook.scalars import all_texts
from frontdesk.values.numerals import find_numerals
from frontdesk.values.reading import Reading
from frontdesk.values.types import FieldType
from frontdesk.values.units import Counted, counted_end, kinds_counted

_WE_ARE = re.compile(
    r"(?:\bwe(?:'re|’re|re| are|'ll be| will be)|\b(?:party|group|family|team|staff|crew|company|firm|business) of|"
    r"\b(?:equipo|grupo|plantilla|empresa) de|\bsomos|\bseremos|\bjest nas|\bbędzie nas|"
    r"\bjesteśmy w|我们(?:一共|共|有)?|一共|总共)\s*$",
    re.IGNORECASE,
)
_FOR = re.compile(r"(?:\bfor|\bpara|\bdla|给)\s*$", re.IGNORECASE)
_ENDS_THERE = re.compile(r"\s*(?:[,.;!?，。；！？\n]|$|(?:please|por favor|proszę|in|en|w|we)\b)", re.IGNORECASE)
_FEW_WORDS = re.compile(r" ?(?:(?:of|de|led|new|the) ){0,2}(?:[a-z0-9-]+ )?")
_OF_THINGS = re.compile(r" [^\W\d_]{3,}s\b")
"""A plural noun, which would have been known if it were one for people: "two warehouses"."""
_AROUND = 20
_ROUND = re.compile(r"[\d., -]*\d ?(?:k|thousand|mil|tys\w*)(?: ?[\d., -]*\d ?(?:k|thousand|mil|tys\w*))?")
"""20k, 8 thousand: digits with a scale word are no number in words."""


def is_count(text: str, reading: Reading, field: QualificationField, playbook: Playbook) -> bool:
    """Return whether a number says by its own words, or by those around it, that it counts what the field does.

    A field that says nothing of what it counts is taken to count people.
    """
    kinds = kinds_counted(field.unit, all_texts(field.ask))
    if Counted.YEARS in kinds and clause_around(text, reading.start)[1]:
        return False  # "may one start at 16?" says nobody's age
    if counted_noun_end(text, reading, field) is not None:
        return True
    if kinds and Counted.PEOPLE not in kinds:
        return Counted.PIECES in kinds and _counts_option(text, reading, playbook)
    before, after = text[max(reading.start - _AROUND, 0) : reading.start], text[reading.end : reading.end + _AROUND]
    if _says_more(text, reading) or _WE_ARE.search(before):
        return True
    return _FOR.search(before) is not None and _ENDS_THERE.match(after) is not None


def counted_noun_end(text: str, reading: Reading, field: QualificationField) -> int | None:
    """Return where the word ends that says what a number counts, if that is what the field asks for."""
    kinds = kinds_counted(field.unit, all_texts(field.ask)) or frozenset({Counted.PEOPLE})
    rest = fold_plain(text[reading.end : reading.end + _AROUND])
    own = "" if Counted.YEARS in kinds else fold_plain(field.unit or "").text.strip().rstrip("s")
    ends = [end for end in (counted_end(rest.text, 0, kinds), _own_end(rest.text, own)) if end]
    return reading.end + rest.ends[max(ends) - 1] if ends else None


def _own_end(plain: str, unit: str) -> int | None:
    """Return where the field's own unit ends, in any form of it."""
    match = re.match(rf" ?{re.escape(unit)}[a-z]{{0,3}}(?![a-z])", plain) if unit else None
    return match.end() if match else None


def _counts_option(text: str, reading: Reading, playbook: Playbook) -> bool:
    """Whether an option of a choice is what is counted: "500 floodlights", 20投光灯."""
    rest = fold_plain(text[reading.end :]).text
    few = _FEW_WORDS.match(rest)
    starts = {0, len(rest) - len(rest.lstrip()), few.end() if few else 0}
    labels = [
        fold_plain(label).text
        for field in playbook.fields
        if field.type in (FieldType.CHOICE, FieldType.MULTI_CHOICE)
        for option in field.options
        for label in (option.name, *option.labels)
    ]
    return any(rest.startswith(label, start) for label in labels for start in starts if label)


def _says_more(text: str, reading: Reading) -> bool:
    """Whether a number is in words, as people are counted; not if it is the whole message, which may mean anything."""
    said = fold_plain(text[reading.start : reading.end]).text
    in_words = any(letter.isalpha() for letter in said) and _ROUND.fullmatch(said) is None
    plain = fold_plain(text).text
    covered = {at for numeral in find_numerals(plain) for at in range(numeral.start, numeral.end)}
    if _OF_THINGS.match(text, reading.end):
        return False
    return in_words and any(letter.isalnum() and at not in covered for at, letter in enumerate(plain))
