"""Finds numerals in plain-folded text: digits in any convention, words of three languages, Chinese numerals."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from frontdesk.values.chinese_numerals import chinese_numerals
from frontdesk.values.number_words import (
    ADDENDS,
    ARTICLES,
    CONNECTORS,
    HALVES,
    ONE_AND_A_HALF,
    POINTS,
    QUARTERS,
    SCALES,
    SINGULAR_SCALES,
    VAGUE,
)

_DIGITS = re.compile(
    r"""(?<![\d])(?<!\d[.,:/])
    (?: \d{1,3}(?:[ ']\d{3})+(?:[.,]\d{1,2})?      # 2 500,50
      | \d{1,3}(?:\.\d{3})+(?:,\d+)?               # 2.500,50
      | \d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?       # 2,500.50
      | \d+(?:[.,]\d+)?                            # 2500.50
    )(?![\d])(?![.,:/]\d)""",
    re.VERBOSE | re.ASCII,
)
_TOKEN = re.compile(r"(?P<digits>\d[\d.,]*)|(?P<word>[a-z]+)")
_GAP = re.compile(r"[ -]?|\. ?")
_SOME_TEENS = re.compile(r"(?<![a-z])(?:kilkana(?:scie|stu|stoma)|kilkunastu|kilkanascioro)(?![a-z])")
"""Polish has a word for "between eleven and nineteen"."""
_MAX_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number in a plain-folded text.

    `mantissa` is the number before its scale word ("15" of 15k) and `scale` that word's value, 1 if there is none;
    `high` differs from `low` for the neighbours of "三四个". `is_article` marks a lone word for one; `is_digits` a
    plain number in digits.
    """

    low: Decimal
    high: Decimal
    start: int
    end: int
    mantissa: Decimal
    scale: int = 1
    is_article: bool = False
    is_digits: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int
    value: Decimal | None = None


# A turn asks of the same texts for amounts, numbers, people and dates.
@lru_cache(maxsize=512)
def find_numerals(plain: str) -> tuple[Numeral, ...]:
    """Return the numerals of a plain-folded text, left to right, none overlapping."""
    chinese = [
        Numeral(found.low, found.high, found.start, found.end, found.low / found.scale, found.scale)
        for found in chinese_numerals(plain)
    ]
    teens = [Numeral(Decimal(11), Decimal(19), *match.span(), Decimal(11)) for match in _SOME_TEENS.finditer(plain)]
    taken = [(numeral.start, numeral.end) for numeral in (*chinese, *teens)]
    tokens = [token for token in _tokens(plain) if not any(a <= token.start < b for a, b in taken)]
    return tuple(sorted([*chinese, *teens, *_phrases(tokens, plain)], key=lambda numeral: numeral.start))


def _tokens(plain: str) -> list[_Token]:
    numbers = [_Token("", m.start(), m.end(), _decimal(m.group())) for m in _DIGITS.finditer(plain)]
    covered = {index for number in numbers for index in range(number.start, number.end)}
    words = [
        _Token(m.group("word") or "", m.start(), m.end())
        for m in _TOKEN.finditer(plain)
        if m.start() not in covered and m.group("word")
    ]
    readable = [number for number in numbers if number.end - number.start <= _MAX_DIGITS + 6]
    return sorted([*readable, *words], key=lambda token: token.start)


def _decimal(digits: str) -> Decimal:
    """Read digits in any convention; one mark followed by three digits groups, a mark said last marks decimals."""
    plain = digits.replace(" ", "").replace("'", "")
    marks = [mark for mark in plain if mark in ".,"]
    if not marks:
        return Decimal(plain)
    decimals = plain.rsplit(marks[-1], 1)[1]
    groups = len(marks) > 1 and marks.count(marks[-1]) == len(marks)
    if groups or (len(marks) == 1 and len(decimals) == 3 and not plain.startswith("0") and " " not in digits):
        return Decimal(plain.replace(".", "").replace(",", ""))
    whole = plain.rsplit(marks[-1], 1)[0].replace(".", "").replace(",", "")
    return Decimal(f"{whole}.{decimals}")


def _phrases(tokens: list[_Token], plain: str) -> list[Numeral]:
    found: list[Numeral] = []
    at = 0
    while at < len(tokens):
        numeral, used = _Phrase(tokens, at, plain).read()
        if numeral is not None:
            found.append(numeral)
        at += max(used, 1)
    return found


class _Phrase:
    """Reads one number phrase from a position among the tokens."""

    def __init__(self, tokens: list[_Token], at: int, plain: str) -> None:
        self._tokens, self._first, self._plain = tokens, at, plain
        self._at = at
        self._total = Decimal(0)
        self._group: Decimal | None = None
        self._room = Decimal(1000)
        """Below this the next addend must stay: after twenty only units may follow."""
        self._last_scale = 0
        self._mantissa: Decimal | None = None
        self._hundreds: tuple[Decimal, int] | None = None
        """What was multiplied by a hundred, and the token that said so."""

    def read(self) -> tuple[Numeral | None, int]:
        """Return the numeral that begins here, if any, and the number of tokens it used."""
        while self._at < len(self._tokens) and self._is_adjacent() and self._take(self._tokens[self._at]):
            self._at += 1
        used = self._at - self._first
        if not used or (self._group is None and not self._last_scale):
            return None, used
        return self._numeral(), used

    def _numeral(self) -> Numeral | None:
        first, last = self._tokens[self._first], self._tokens[self._at - 1]
        if self._is_glued_to_letters(first, last):
            return None
        is_single = self._at - self._first == 1
        value = self._total + (self._group or 0)
        mantissa, scale = self._shared_scale(value)
        return Numeral(
            value,
            value,
            first.start,
            last.end,
            mantissa,
            scale,
            is_article=is_single and first.word in ARTICLES,
            is_digits=is_single and first.value is not None,
        )

    def _shared_scale(self, value: Decimal) -> tuple[Decimal, int]:
        """Return the number before the scale word that ends the phrase, and that word's value, 1 if there is none."""
        if self._group is None and self._mantissa is not None:
            return self._mantissa, self._last_scale
        if self._hundreds is not None and self._hundreds[1] == self._at - 1:
            return self._hundreds[0], 100
        return value, 1

    def _is_slang_for_thousand(self, token: _Token) -> bool:
        """Tell "a grand" from "a grand tour": no noun follows."""
        follows = re.match(
            r" (?!per|each|max|or|and|for|is|in|a |total|tops|at|if|would|maybe)[a-z]", self._plain[token.end :]
        )
        return self._at > self._first and follows is None

    def _is_adjacent(self) -> bool:
        if self._at == self._first:
            return True
        gap = self._plain[self._tokens[self._at - 1].end : self._tokens[self._at].start]
        if gap == "-":
            # A dash joins twenty-five; 10-15 is a range.
            return self._tokens[self._at - 1].value is None and self._tokens[self._at].value is None
        return _GAP.fullmatch(gap) is not None and (not gap.startswith(".") or self._last_scale > 0)

    def _is_glued_to_letters(self, first: _Token, last: _Token) -> bool:
        """Return whether letters touch the number, as in B2B; a currency code may (see `currencies`)."""
        after = self._plain[last.end : last.end + 1]
        before = self._plain[max(0, first.start - 4) : first.start]
        if first.value is not None and re.search(r"[a-z]$", before) and not re.search(r"(?<![a-z])[a-z]{3}$", before):
            return True
        return last.value is None and bool(re.match(r"[a-z0-9]", after))

    def _take(self, token: _Token) -> bool:
        if token.value is not None:
            return self._take_addend(token.value, is_digits=True)
        if token.word in SCALES:
            return self._take_scale(token)
        if token.word in ADDENDS:
            return self._take_addend(Decimal(ADDENDS[token.word]), is_digits=False)
        if token.word in ONE_AND_A_HALF and self._group is None:
            self._group, self._room = ONE_AND_A_HALF[token.word], Decimal(0)
            return True
        return self._take_small_word(token)

    def _take_addend(self, value: Decimal, *, is_digits: bool) -> bool:
        begins = self._group is None and not self._last_scale
        if is_digits and not begins and not (self._group is None and self._last_scale >= 1000 and value >= 100):
            return False
        if self._last_scale and value >= self._last_scale:
            return False
        if self._group is None:
            self._group = value
        elif value and value < self._room:
            self._group += value
        else:
            return False
        self._room = Decimal(0) if is_digits else _room_after(value)
        return True

    def _take_scale(self, token: _Token) -> bool:
        scale = SCALES[token.word]
        if token.word == "k" and self._group is None:
            return False
        if self._group is None:
            if self._last_scale or token.word not in SINGULAR_SCALES or self._follows_vague():
                return False
            if token.word == "grand" and not self._is_slang_for_thousand(token):
                return False
            if token.word == "mil" and self._plain.startswith(" gracias", token.end):
                return False
        if scale in (12, 100) and self._group is not None and self._group < 100 and self._group == int(self._group):
            self._hundreds = (self._group, self._at) if scale == 100 and not self._last_scale else None
            self._group, self._room = self._group * scale, Decimal(100)
            return True
        if scale == 100 and self._group is not None and self._group < 100:
            self._group, self._room = self._group * scale, Decimal(0)
            return True
        if self._last_scale and scale >= self._last_scale:
            return False
        self._mantissa = self._group if not self._last_scale else None
        self._total += (self._group if self._group is not None else 1) * scale
        self._group, self._last_scale, self._room = None, scale, Decimal(1000)
        return True

    def _take_small_word(self, token: _Token) -> bool:
        """Take an article before a scale, "and" between parts, or a half."""
        following = self._word_at(1)
        if token.word in ("a", "an") and self._at == self._first:
            return following in SINGULAR_SCALES or following == "couple" or following in QUARTERS
        previous = self._tokens[self._at - 1].word
        if (
            token.word in ("of", "a", "de")
            and previous in {"couple", *HALVES, *QUARTERS}
            and (following in SCALES or (following in ("a", "un") and self._word_at(2) in SCALES))
        ):
            return True
        if token.word in HALVES:
            return self._take_half(following)
        if token.word in QUARTERS:
            return self._take_quarter(following)
        if token.word in POINTS:
            return self._take_point(following)
        if token.word in ("a", "an", "un"):
            opens_fraction = following in HALVES and previous in CONNECTORS
            return opens_fraction or (previous == "of" and following in SCALES and self._group is not None)
        return token.word in CONNECTORS and self._at > self._first and self._continues(following)

    def _take_half(self, following: str) -> bool:
        if self._at == self._first:
            at = 2 if following in ("a", "de") else 1
            if self._word_at(at) not in SCALES:
                return False
            self._group, self._room = Decimal("0.5"), Decimal(0)
            return True
        if self._tokens[self._at - 1].word not in CONNECTORS | {"a", "an"}:
            return False
        if self._group is None:
            self._total += Decimal(self._last_scale) / 2
        else:
            self._group += Decimal("0.5")
        self._room = Decimal(0)
        return True

    def _take_quarter(self, following: str) -> bool:
        """Take "a quarter of a million"; a quarter of anything else is no amount."""
        at = 1 if following in SCALES else 3 if self._word_at(2) in ("a", "un") else 2
        begins = self._group is None and not self._last_scale
        if not begins or self._word_at(at) not in SCALES or (at > 1 and following not in ("of", "de")):
            return False
        self._group, self._room = Decimal("0.25"), Decimal(0)
        return True

    def _take_point(self, following: str) -> bool:
        """Take the decimals of "one point five", digit by digit."""
        digit = ADDENDS.get(following, 10)
        if self._group is None or self._group != int(self._group) or digit > 9:
            return False
        self._group += Decimal(digit) / 10
        self._room = Decimal(0)
        self._at += 1
        return True

    def _continues(self, following: str) -> bool:
        """Return whether "and" goes on with this number: a half, or a smaller part after hundreds or a scale."""
        if following in HALVES or (following in ("a", "an") and self._word_at(2) in HALVES):
            return self._half_belongs(1 if following in HALVES else 2)
        previous = self._tokens[self._at - 1].word
        value = ADDENDS.get(following)
        if value is None or self._tokens[self._at].word == "i":
            return False
        if self._tokens[self._at].word == "y":
            return 30 <= ADDENDS.get(previous, 0) < 100 and 0 < value < 10
        return previous in ("hundred", "thousand", "million") and value < 100

    def _half_belongs(self, at: int) -> bool:
        """Return whether a half counts here: before a scale, after a scale, or after a whole number."""
        return self._group is not None or self._last_scale > 0 or self._word_at(at + 1) in SCALES

    def _follows_vague(self) -> bool:
        return self._at > 0 and self._tokens[self._at - 1].word in VAGUE

    def _word_at(self, offset: int) -> str:
        index = self._at + offset
        return self._tokens[index].word if index < len(self._tokens) else ""


def _room_after(value: Decimal) -> Decimal:
    """Return what the next addend must stay below: 305 is three hundred and five, never three and five."""
    if value >= 100:
        return Decimal(100)
    return Decimal(10) if value >= 20 and value % 10 == 0 else Decimal(0)
