"""Finds a quote in what the contact wrote, so that nothing is recorded that they did not say."""

import unicodedata
from collections.abc import Iterator, Sequence

from frontdesk.evidence.types import Evidence, Utterance
from frontdesk.language.boundaries import is_boundary
from frontdesk.language.fold import FoldedText, fold


def locate(quote: str, utterances: Sequence[Utterance]) -> Evidence | None:
    """Return where the contact wrote `quote`, or None; `utterances` are oldest first and the newest match wins.

    Case, width, Unicode form, spacing and typography may differ, and punctuation around the quote may be the
    quoter's own. A match never begins or ends inside a word or a number.
    """
    needles = _needles(quote)
    for utterance in reversed(utterances):
        span = _find(needles, utterance.text)
        if span is not None:
            start, end = span
            return Evidence(utterance.message_id, start, end, utterance.text[start:end])
    return None


def _needles(quote: str) -> tuple[str, ...]:
    """Return the folded quote as it is and without punctuation at its ends, if it says anything."""
    exact = fold(quote).text.strip()
    bare = _bare(exact)
    if not any(letter.isalnum() or unicodedata.category(letter) == "So" for letter in bare):
        return ()
    return (exact,) if bare == exact else (exact, bare)


def _bare(folded: str) -> str:
    start, end = 0, len(folded)
    while start < end and _is_trimmed(folded[start]):
        start += 1
    while end > start and _is_trimmed(folded[end - 1]):
        end -= 1
    return folded[start:end]


def _is_trimmed(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter).startswith("P")


def _find(needles: tuple[str, ...], text: str) -> tuple[int, int] | None:
    if not needles:
        return None
    folded = fold(text)
    return next((span for needle in needles for span in _matches(needle, folded, text)), None)


def _matches(needle: str, folded: FoldedText, text: str) -> Iterator[tuple[int, int]]:
    at = folded.text.find(needle)
    while at >= 0:
        end = at + len(needle)
        if is_boundary(folded.text, at) and is_boundary(folded.text, end):
            span = folded.original_span(at, end)
            # Half of a ligature or of an expanded letter has no span of its own in the original.
            if fold(text[slice(*span)]).text.strip() == needle:
                yield span
        at = folded.text.find(needle, at + 1)
