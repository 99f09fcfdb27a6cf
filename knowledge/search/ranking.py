"""Candidates into a ranked list: both legs fused, and one entry for what several languages say alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from knowledge.embedding import Vector

LEXICAL_WEIGHT = 0.1
"""Of the overlap beside the cosine. A sum and not reciprocal ranks, which lose the right passage whenever the
lexical leg has nothing to say: a question in one language, documents in another."""
WHOLE_WEIGHT = 0.5
"""Of the whole passage's cosine; its two nearest other wordings share the rest. The nearest wording alone, a common
choice, takes a question that is only worded alike for the right one more often."""
OTHER_WORDINGS = 2
SECOND_WEIGHT = 5.0
"""Of the second model's cosine beside the first's score: its cosines lie that much closer together."""
POOL = 10
"""Entries that are looked at closely: more change nothing, of fewer there are too few rivals to judge by."""
TRANSLATION_SIMILARITY = 0.55
"""Cosine from which passages in two languages are taken for the same fact."""


@dataclass(frozen=True, slots=True, eq=False)
class SearchedPassage:
    """A passage with all that a search compares.

    `lexemes` are as a `tsvector` is written: each in quotes. `vectors` are of its wordings, a row each, the whole one
    first; by their lengths one, a product is the cosine. `channels` are the kinds of channels that it may be used on,
    None means all.
    """

    passage_id: UUID
    document_id: UUID
    document: str
    title: str
    url: str | None
    anchor: str
    heading: tuple[str, ...]
    question: str | None
    text: str
    language: str | None
    lexemes: str
    vectors: Vector
    valid_from: date | None = None
    valid_until: date | None = None
    channels: frozenset[str] | None = None

    def holds(self, today: date, channel: str | None) -> bool:
        """Whether it may be used on that day, and on a channel of that kind; None asks for no channel."""
        if channel is not None and self.channels is not None and channel not in self.channels:
            return False
        is_begun = self.valid_from is None or self.valid_from <= today
        return is_begun and (self.valid_until is None or today <= self.valid_until)

    def overlap(self, shares: Iterable[tuple[str, float]]) -> float:
        """Return the sum of the shares of the lexemes that it holds, each in quotes too."""
        held = 0.0
        for quoted, share in shares:
            if quoted in self.lexemes:
                held += share
        return held


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A passage that one of the legs found.

    `similarities` are the cosines of the query with its wordings, the whole passage first, and `form` is what they owe
    to form alone. `overlap` is the share of the query's lexemes, weighted by rarity, that it holds.
    """

    passage: SearchedPassage
    similarities: tuple[float, ...]
    form: float
    overlap: float

    @property
    def language(self) -> str | None:
        """The passage's."""
        return self.passage.language

    @property
    def vector(self) -> Vector:
        """Of the whole passage."""
        whole: Vector = self.passage.vectors[0]
        return whole

    @property
    def similarity(self) -> float:
        """The cosine of the nearest wording."""
        return max(self.similarities)

    @property
    def score(self) -> float:
        """Both legs in one number, comparable within one query."""
        return meaning(self.similarities) - self.form + LEXICAL_WEIGHT * self.overlap


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One fact: its best passage first, then the same in other languages."""

    versions: list[Candidate]
    score: float
    """The best version's."""
    second_similarity: float | None = None
    """The best version's cosine by the second model, if that was asked."""

    @property
    def total(self) -> float:
        """What the order is by: both models' word, where there is both."""
        return self.score + SECOND_WEIGHT * (self.second_similarity or 0.0)

    def lacks(self, language: str | None) -> bool:
        """Tell whether no version is in that language."""
        return language not in [version.language for version in self.versions]

    def version(self, language: str | None) -> Candidate:
        """Return the passage in that language if there is one, else the best."""
        return next((version for version in self.versions if version.language == language), self.versions[0])


def meaning(similarities: Sequence[float]) -> float:
    """Return how near a passage is in all: the whole of it, and the mean of its nearest other wordings."""
    whole, *others = similarities
    nearest = sorted(others, reverse=True)[:OTHER_WORDINGS]
    return WHOLE_WEIGHT * whole + (1 - WHOLE_WEIGHT) * sum(nearest) / len(nearest) if nearest else whole


def rank(candidates: Iterable[Candidate]) -> Sequence[Entry]:
    """Return the distinct entries, best first.

    A passage joins the best entry that says the same and has nothing in its language yet: one translation each,
    so that two facts which differ little do not swallow one another.
    """
    scored = sorted(
        ((candidate.score, candidate) for candidate in candidates),
        key=lambda each: (-each[0], each[1].passage.document, each[1].passage.anchor),
    )
    if not scored:
        return []
    vectors = np.stack([candidate.vector for _, candidate in scored])
    alike = (vectors @ vectors.T >= TRANSLATION_SIMILARITY).tolist()
    entries: dict[int, Entry] = {}
    for index, (score, candidate) in enumerate(scored):
        is_alike = alike[index]
        for at, entry in entries.items():
            if is_alike[at] and entry.lacks(candidate.language):
                entry.versions.append(candidate)
                break
        else:
            entries[index] = Entry([candidate], score)
    return list(entries.values())
