"""Take out of a similarity what it owes to form alone.

A question resembles every other question, and a text every text of its language, whatever they are about: beside a
list of questions and answers, prose that holds the answer would lose. So each passage's similarity is measured from
that of its kind, the mean vector of pairs or of prose in its language.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.embedding import Vector
from knowledge.ranking import Candidate
from knowledge.repository import Kind, kind_centroids

DOUBT = 5
"""Vectors that a kind must have before its mean counts half: the mean of a few is about what they say."""


@dataclass(slots=True)
class Centroids:
    """The mean vector of each kind, read again after a while."""

    remember_seconds: float = 30.0
    clock: Callable[[], float] = time.monotonic
    _read_at: float = float("-inf")
    _known: Mapping[Kind, Vector] = field(default_factory=dict)

    async def read(self, connection: AsyncConnection) -> Mapping[Kind, Vector]:
        """Return the means, weighted down where they are of few vectors."""
        if self.clock() - self._read_at > self.remember_seconds:
            found = await kind_centroids(connection)
            self._known = {kind: mean * (count / (count + DOUBT)) for kind, (mean, count) in found.items()}
            self._read_at = self.clock()
        return self._known


def centred(candidates: Iterable[Candidate], query: Vector, centroids: Mapping[Kind, Vector]) -> tuple[Candidate, ...]:
    """Return the candidates with each best similarity measured from its kind's.

    The whole is shifted back by the mean over all kinds, so that the scale stays that of a cosine.
    """
    forms = {kind: float(mean @ query) for kind, mean in centroids.items()}
    common = float(np.mean(list(forms.values()))) if forms else 0.0
    return tuple(
        replace(candidate, similarity=candidate.similarity - _form(candidate, forms, common) + common)
        for candidate in candidates
    )


def _form(candidate: Candidate, forms: Mapping[Kind, float], common: float) -> float:
    return forms.get((candidate.question is not None, candidate.language), common)
