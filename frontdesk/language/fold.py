"""Folded text: one spelling for what people see as the same words, with the way back to the original.

A fold is Unicode NFKC and casefold over each character with its combining marks, whitespace runs become one space,
typographic quotes, dashes and ellipses their plain forms, and invisible characters disappear. `fold_plain` also drops
accents and writes the traditional Chinese characters of numbers and dates in their simplified form.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

READ_LIMIT = 4_000
"""Characters of a message that rules look at, so that their patterns take milliseconds whatever somebody pastes."""

_UNIFIED = str.maketrans(
    "‘’‚‛′`´＇“”„‟″«»「」『』‐‑‒–—―−﹣。、",
    "''''''''" + '"' * 11 + "-" * 8 + ".,",
) | str.maketrans("❓❔", "??")
_BASE_LETTERS = str.maketrans("łøđħı", "lodhi")
_SIMPLIFIED = str.maketrans(
    "萬兩億個後週禮開點過內間們沒買請謝訂預價錢塊圓歐鎊幣貳參叁壹肆伍陸柒捌玖拾佰仟隻員從還這來歲號時頓處們對東",
    "万两亿个后周礼开点过内间们没买请谢订预价钱块元欧镑币二三三一四五六七八九十百千只员从还这来岁号时顿处们对东",
)

_SHORT = 1_000
"""Characters up to which a folded text is kept for the next time."""


@dataclass(frozen=True, slots=True)
class FoldedText:
    """Folded text and, for each of its characters, where its source lies in the original (code points)."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text that the non-empty folded span [start, end) came from."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> FoldedText:
    """Fold case, width, form, spaces and typography; accents stay."""
    return _folded_once(text, False) if len(text) <= _SHORT else _folded(text, False)


def fold_plain(text: str) -> FoldedText:
    """Fold like `fold`, and drop accents and traditional Chinese forms too, as hurried people do."""
    return _folded_once(text, True) if len(text) <= _SHORT else _folded(text, True)


def _folded(text: str, plain: bool) -> FoldedText:
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        for letter in _fold_cluster(text[start:end], plain):
            if letter == " " and letters and letters[-1] == " ":
                ends[-1] = end
                continue
            letters.append(letter)
            starts.append(start)
            ends.append(end)
    return FoldedText("".join(letters), tuple(starts), tuple(ends))


_folded_once = lru_cache(maxsize=512)(_folded)
"""A turn reads each message, and the passages that its reply rests on, a hundred times over."""


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield spans of one character with the marks that belong to it, invisible characters left out at the ends."""
    start, length = 0, len(text)
    while start < length:
        end = seen = start + 1
        while seen < length and text[seen] > "\u007f" and (invisible := _continues(text[seen])) is not None:
            seen += 1
            end = end if invisible else seen
        yield start, end
        start = seen


def _continues(letter: str) -> bool | None:
    """Return True for an invisible character, False for a mark of the one before, None for a character of its own."""
    if _is_invisible(letter):
        return True
    is_mark = unicodedata.category(letter).startswith("M") or "\u1160" <= letter <= "\u11ff"
    return False if is_mark else None


def _is_invisible(letter: str) -> bool:
    return unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f"


@lru_cache(maxsize=8192)
def _fold_cluster(cluster: str, plain: bool) -> str:
    visible = "".join(letter for letter in cluster if not _is_invisible(letter))
    unified = unicodedata.normalize("NFKC", visible.translate(_UNIFIED)).translate(_UNIFIED)
    folded = unicodedata.normalize("NFKC", unified.casefold()).translate(_UNIFIED)
    folded = "".join(" " if letter.isspace() else letter for letter in folded)
    return _without_accents(folded) if plain else folded


def _without_accents(folded: str) -> str:
    parts = unicodedata.normalize("NFD", folded)
    bare = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare).translate(_BASE_LETTERS).translate(_SIMPLIFIED)
