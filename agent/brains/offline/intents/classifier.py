"""Classify messages by a playbook's examples: fitted when the playbook is first seen, nothing to train or to store."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from agent.brains.offline.intents.background import background
from agent.brains.offline.intents.builtin_model import Doubt, Labelled, Leads
from agent.brains.offline.intents.merge import SeenIntent, merge
from agent.brains.offline.intents.models import Examples, Models, example_texts, fit_models
from agent.brains.offline.intents.playbook_model import Ranked
from agent.brains.offline.intents.space import Matrix, space_of
from agent.brains.offline.long_texts import reading
from frontdesk.language.clauses import clauses
from frontdesk.playbook.builtin_intents import all_intents, builtin_intents
from frontdesk.playbook.models import Intent, Playbook
from knowledge.embedding import Embedder, Vector
from knowledge.search.rerank import Reranker

MOST_CLAUSES = 5
"""Clauses beyond these are judged with the whole message only."""

SECOND_WEIGHT = 40.0
"""What the second model's mean cosine with an intent's examples counts beside the first one's logit."""


class IntentClassifier:
    """Says which intents a message shows: the playbook's own and the built-in ones.

    With a `reranker`, the second model decides where the first is in doubt: between a playbook's intents in about one
    message in fifteen, and whether a message asks for a person or is spam.
    """

    def __init__(self, embedder: Embedder, reranker: Reranker | None = None) -> None:
        self._embedder = embedder
        self._reranker = reranker
        self._known: dict[int, tuple[Playbook, Models]] = {}
        self._lock = asyncio.Lock()

    async def prepare(self, playbook: Playbook) -> None:
        """Fit the playbook's classifier ahead of the first message (about two seconds, most of it embedding)."""
        await self._models(playbook)

    async def classify(self, text: str, playbook: Playbook, *, closely: bool = True) -> tuple[SeenIntent, ...]:
        """Return every intent that the message shows, with the clause that shows it.

        Embeds the message and, if it has several clauses, each of them, in one call; `closely` has the second model
        read them, too. Raises EmbeddingFailedError.
        """
        reranker = self._reranker if closely else None
        models = await self._models(playbook)
        parts = (await reading(len(text), clauses, text))[:MOST_CLAUSES]
        texts = [text, *parts] if len(parts) > 1 else [text]
        rows = models.space.place(await self._embedder.embed(texts))
        # Which of the playbook's intents is likeliest does not matter where the text shows none of them.
        ranked = [
            await _settled(reranker, each, best, models) if best is not None and best.margin >= 0 else best
            for each, best in zip(texts, models.rank(rows), strict=True)
        ]
        leads = await _leads(reranker, texts, rows, models)
        whole, *pieces = await reading(len(text), models.read, texts, rows, ranked, leads)
        return merge(whole, pieces)

    async def likeliest(self, texts: Sequence[str], playbook: Playbook) -> list[tuple[str, float]]:
        """Return each text's likeliest intent among the playbook's own, and how far in scope it is: below 0 it is not.

        Empty if the playbook has no examples. Raises EmbeddingFailedError.
        """
        models = await self._models(playbook)
        rows = models.space.place(await self._embed(texts))
        ranked = [
            await _settled(self._reranker, text, best, models)
            for text, best in zip(texts, models.rank(rows), strict=True)
        ]
        return [(models.names[best.place], best.margin) for best in ranked if best is not None]

    async def _models(self, playbook: Playbook) -> Models:
        known = self._known.get(id(playbook))
        if known is not None:
            return known[1]
        async with self._lock:
            if id(playbook) not in self._known:
                self._known[id(playbook)] = (playbook, await self._fit(playbook))
            return self._known[id(playbook)][1]

    async def _fit(self, playbook: Playbook) -> Models:
        own = tuple(intent for intent in playbook.intents if intent.all_examples)
        ready = {intent.name for intent in builtin_intents()}
        builtin = tuple(intent for intent in all_intents(playbook) if intent.name in ready)
        unrelated = await self._embed(background())
        space = await asyncio.to_thread(space_of, unrelated)
        spoken = space.place(await self._embed([_spoken(intent) for intent in own]))
        given = [Examples(each, space.place(await self._embed(example_texts(each)))) for each in (own, builtin)]
        against = Labelled(background(), space.place(unrelated))
        return await asyncio.to_thread(fit_models, space, against, given[0], spoken, given[1])

    async def _embed(self, texts: Sequence[str]) -> list[Vector]:
        """Embed in batches, so that messages need not wait for all of them."""
        size = self._embedder.batch
        return [
            vector
            for start in range(0, len(texts), size)
            for vector in await self._embedder.embed(texts[start : start + size])
        ]


async def _settled(reranker: Reranker | None, text: str, best: Ranked | None, models: Models) -> Ranked | None:
    """Return the rival that both models together find likeliest."""
    if best is None or not best.rivals or reranker is None:
        return best
    passages = [[models.examples[place] for place in rival.examples] for rival in best.rivals]
    similarities = await reranker.similarities(text, passages)
    if similarities is None:
        return best
    together = [
        rival.logit + SECOND_WEIGHT * similarity for rival, similarity in zip(best.rivals, similarities, strict=True)
    ]
    return replace(best, place=best.rivals[together.index(max(together))].place)


async def _leads(reranker: Reranker | None, texts: Sequence[str], rows: Matrix, models: Models) -> list[Leads]:
    """Ask the second model what the first leaves in doubt."""
    if reranker is None:
        return [{} for _ in texts]
    doubts = await reading(sum(map(len, texts)), models.doubts, texts, rows)
    return [await _compared(reranker, text, each) for text, each in zip(texts, doubts, strict=True)]


async def _compared(reranker: Reranker, text: str, doubts: Sequence[Doubt]) -> Leads:
    leads: dict[str, float] = {}
    for doubt in doubts:
        similarities = await reranker.similarities(text, doubt.texts)
        if similarities is not None:
            own, others = similarities
            leads[doubt.name] = own - others
    return leads


def _spoken(intent: Intent) -> str:
    """An intent's name says what it is about: one more example."""
    return intent.name.replace("_", " ")
