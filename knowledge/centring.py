"""Take out of a similarity what it owes to form alone.

A question resembles every other question, and a text every text of its language, whatever they are about: beside a
list of questions and answers, prose that holds the answer would lose. So each passage's similarity is measured from
that of its kind, the mean vector of pairs or of prose in its language.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.embedding import Vector
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


def form_shares(query: Vector, centroids: Mapping[Kind, Vector]) -> Mapping[Kind, float]:
    """Return how much of the query's similarity to a passage of each kind is owed to its form alone.

    Measured from the mean over all kinds, so that what is left stays on the scale of a cosine.
    """
    forms = {kind: float(mean @ query) for kind, mean in centroids.items()}
    common = float(np.mean(list(forms.values()))) if forms else 0.0
    return {kind: form - common for kind, form in forms.items()}
