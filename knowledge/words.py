"""Words, also in scripts that write none apart: how they are told, counted and made into lexemes."""

import re
from collections.abc import Iterator
from math import ceil

from frontdesk.language.fold import fold_plain

_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(f"(?P<unspaced>[{_UNSPACED}]+)|(?P<word>(?:(?![{_UNSPACED}])[^\\W_])+)")
_CHARACTERS_A_WORD = 1.7
"""How many characters of a script without spaces say as much as one spaced word."""
_STEM = 5
_SHORTEST_STEM = 3
_ENDINGS = "aeiouys"
_LONGEST = 64


def count_words(text: str) -> int:
    """Return how long a text is, in words of a language with spaces."""
    words, characters = 0, 0
    for match in _RUNS.finditer(text):
        if unspaced := match["unspaced"]:
            characters += len(unspaced)
        else:
            words += 1
    return words + ceil(characters / _CHARACTERS_A_WORD)


def lexemes(text: str) -> list[str]:
    """Return the distinct lexemes of a text, sorted: letters and digits only, in one form for any case or accent.

    A word becomes its light stem, so that inflected forms meet; digits stay whole. Runs in scripts without
    spaces become their pairs of neighbouring characters.
    """
    return sorted(set(_lexemes(text)))


def _lexemes(text: str) -> Iterator[str]:
    for match in _RUNS.finditer(fold_plain(text).text):
        if run := match["unspaced"]:
            yield from (run[i : i + 2] for i in range(max(1, len(run) - 1)))
        else:
            yield _stem(match["word"])


def _stem(word: str) -> str:
    """Return the first letters without a trailing vowel or s: crude, but the same for every language."""
    if not word.isalpha():
        return word[:_LONGEST]
    stem = word[:_STEM]
    while len(stem) > _SHORTEST_STEM and stem[-1] in _ENDINGS:
        stem = stem[:-1]
    return stem
