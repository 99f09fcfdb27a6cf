"""Candidates into a ranked list: both legs fused, and one entry for what several languages say alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from knowledge.embedding import Vector

LEXICAL_WEIGHT = 0.2
"""Of the overlap beside the cosine. A sum and not reciprocal ranks, which lose the right passage whenever the
lexical leg has nothing to say: a question in one language, documents in another."""
TRANSLATION_SIMILARITY = 0.55
"""Cosine from which passages in two languages are taken for the same fact."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A passage that one of the legs found. `similarity` is the cosine of its best vector, `text_similarity` that of
    the whole passage; `overlap` is the share of the query's lexemes, weighted by rarity, that it holds."""

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
    similarity: float
    text_similarity: float
    overlap: float
    vector: Vector

    @property
    def score(self) -> float:
        """Both legs in one number, comparable within one query."""
        return self.similarity + LEXICAL_WEIGHT * self.overlap


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One fact: its best passage first, then the same in other languages."""

    versions: list[Candidate]

    @property
    def score(self) -> float:
        """The best version's."""
        return self.versions[0].score

    def lacks(self, language: str | None) -> bool:
        """Tell whether no version is in that language."""
        return all(version.language != language for version in self.versions)

    def version(self, language: str | None) -> Candidate:
        """Return the passage in that language if there is one, else the best."""
        return next((version for version in self.versions if version.language == language), self.versions[0])


def rank(candidates: Iterable[Candidate]) -> Sequence[Entry]:
    """Return the distinct entries, best first.

    A passage joins the best entry that says the same and has nothing in its language yet: one translation each,
    so that two facts which differ little do not swallow one another.
    """
    ordered = sorted(candidates, key=lambda each: (-each.score, each.document, each.anchor))
    if not ordered:
        return []
    vectors = np.stack([candidate.vector for candidate in ordered])
    alike = vectors @ vectors.T >= TRANSLATION_SIMILARITY
    entries: dict[int, Entry] = {}
    for index, candidate in enumerate(ordered):
        earlier = (entries[at] for at in np.flatnonzero(alike[index, :index]).tolist() if at in entries)
        entry = next((entry for entry in earlier if entry.lacks(candidate.language)), None)
        if entry is None:
            entries[index] = Entry([candidate])
        else:
            entry.versions.append(candidate)
    return list(entries.values())
