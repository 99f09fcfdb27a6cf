"""Which intents a message shows, by nearness to the playbook's examples."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontdesk.playbook.builtin_intents import all_intents
from frontdesk.playbook.models import Playbook
from knowledge.embedding import Embedder

THRESHOLD = 0.5
"""Least cosine between a message and an intent's nearest examples; below, the message shows no known intent."""

DECISIVE_THRESHOLD = 0.6
"""The same for intents that end the talk: a mistake there costs a lead."""

DECISIVE = frozenset({"chose_competitor", "job_seeker", "not_interested", "spam"})

_NEAREST = 2
"""An intent's score is the mean over this many of its nearest examples, so that one odd example decides nothing."""


@dataclass(frozen=True, slots=True)
class ScoredIntent:
    """An intent and how near the message is to it (cosine)."""

    name: str
    score: float


@dataclass(frozen=True, slots=True)
class _Examples:
    names: tuple[str, ...]
    owners: NDArray[np.intp]
    vectors: NDArray[np.float32]


class IntentClassifier:
    """Compares messages with examples; a playbook's examples are embedded once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[int, tuple[Playbook, _Examples]] = {}
        self._lock = asyncio.Lock()

    async def prepare(self, playbook: Playbook) -> None:
        """Embed the playbook's examples ahead of the first message."""
        await self._examples(playbook)

    async def classify(self, text: str, playbook: Playbook) -> tuple[ScoredIntent, ...]:
        """Every intent at or above the threshold, best first."""
        examples = await self._examples(playbook)
        if not examples.names:
            return ()
        [vector] = await self._embedder.embed([text])
        similarities = examples.vectors @ vector
        scored = (
            ScoredIntent(name, _mean_of_nearest(similarities[examples.owners == place]))
            for place, name in enumerate(examples.names)
        )
        return tuple(sorted((one for one in scored if one.score >= least(one.name)), key=lambda one: -one.score))

    async def _examples(self, playbook: Playbook) -> _Examples:
        known = self._known.get(id(playbook))
        if known is not None:
            return known[1]
        async with self._lock:
            if id(playbook) not in self._known:
                self._known[id(playbook)] = (playbook, await self._embed(playbook))
            return self._known[id(playbook)][1]

    async def _embed(self, playbook: Playbook) -> _Examples:
        intents = [intent for intent in all_intents(playbook) if intent.all_examples]
        texts = [example for intent in intents for example in intent.all_examples]
        owners = [place for place, intent in enumerate(intents) for _ in intent.all_examples]
        vectors = await self._embedder.embed(texts) if texts else []
        stacked = np.stack(vectors) if vectors else np.zeros((0, self._embedder.dimensions), np.float32)
        return _Examples(tuple(intent.name for intent in intents), np.array(owners, np.intp), stacked)


def least(name: str) -> float:
    """The threshold of an intent."""
    return DECISIVE_THRESHOLD if name in DECISIVE else THRESHOLD


def _mean_of_nearest(similarities: NDArray[np.float32]) -> float:
    nearest: Sequence[float] = np.sort(similarities)[-_NEAREST:].tolist()
    return sum(nearest) / len(nearest)
