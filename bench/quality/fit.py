"""`python -m bench.quality.fit --data DIR`: fit the confidence's weights, and say how they do on data held out.

Prints what goes into `knowledge/search/confidence.py`: the weights fitted to all collections, and beside them the area
under the ROC curve of each collection with the weights fitted to the others alone.
"""

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.quality.collection import collect
from bench.quality.curves import area_under_roc, right_at_wrong_rate
from bench.quality.data import Faq, read_by_entity, read_in_languages
from bench.quality.retrieval import BY_ENTITY, IN_LANGUAGES, WRONG_RATE
from knowledge.embedding import Embedder, UseEmbedder
from knowledge.search.confidence import ANSWER_THRESHOLD, Features, features
from knowledge.search.focus import without_common_names
from knowledge.search.ranking import Entry, rank
from knowledge.search.rerank import Reranker, carried_reranker, reread

PENALTY = 1.0
"""Of the squared weights on standardised features."""
_STEPS = 50

Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One question: features by the first model alone and by both, and whether the first entry was the right one."""

    alone: Features
    both: Features
    right_alone: bool
    right_both: bool
    answerable: bool


async def examples(faqs: Sequence[Faq], embedder: Embedder, reranker: Reranker) -> list[Example]:
    """Ask every question, always asking the second model too."""
    found: list[Example] = []
    for faq in faqs:
        collection = await collect(faq.pairs, embedder)
        for case in faq.cases:
            asked = without_common_names(case.query, collection.vocabulary)
            entries = rank(await collection.candidates(asked, embedder))
            again = await reread(reranker, asked, entries) or entries
            found.append(
                Example(
                    features(entries, collection.calibration),
                    features(again, collection.calibration),
                    _first(entries) in case.gold,
                    _first(again) in case.gold,
                    bool(case.gold),
                )
            )
    return found


def _first(entries: Sequence[Entry]) -> str:
    return entries[0].versions[0].passage.anchor


def _rows(found: Sequence[Example], *, both: bool) -> tuple[Rows, Rows]:
    if both:
        rows = [(each.both.lead, each.both.second_lead or 0.0, each.both.second_similarity or 0.0) for each in found]
        return np.array(rows), np.array([each.right_both for each in found], dtype=float)
    return (
        np.array([(each.alone.lead,) for each in found]),
        np.array([each.right_alone for each in found], dtype=float),
    )


def fit_logistic(parts: Sequence[tuple[Rows, Rows]]) -> Rows:
    """Return intercept and weights by Newton's method; every part counts the same, whatever its size."""
    rows = np.concatenate([part for part, _ in parts])
    right = np.concatenate([labels for _, labels in parts])
    counts = np.concatenate([np.full(len(labels), len(rows) / len(parts) / len(labels)) for _, labels in parts])
    middle, spread = rows.mean(axis=0), rows.std(axis=0)
    inputs = np.column_stack([np.ones(len(rows)), (rows - middle) / spread])
    penalty = np.diag([0.0, *(PENALTY for _ in spread)])
    weights = np.zeros(inputs.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (counts * (right - chance)) - penalty @ weights
        curve = (inputs * (counts * chance * (1 - chance))[:, None]).T @ inputs + penalty
        weights = weights + np.linalg.solve(curve, slope)
    return np.array([weights[0] - float(weights[1:] @ (middle / spread)), *(weights[1:] / spread)])


async def _main(data: Path) -> None:
    embedder, reranker = UseEmbedder(), carried_reranker()
    assert reranker is not None, "the second model does not run on this machine"
    by_entity, languages = read_by_entity(data / BY_ENTITY), read_in_languages(data / IN_LANGUAGES)
    prose = replace(languages, pairs=[replace(pair, question="") for pair in languages.pairs])
    parts = {
        "by entity": await examples(by_entity, embedder, reranker),
        "four languages": await examples([languages], embedder, reranker),
        "four languages, answers alone": await examples([prose], embedder, reranker),
    }
    embedder.close()
    for both in (False, True):
        print("both models" if both else "first model alone")
        print("  weights:", np.round(fit_logistic([_rows(part, both=both) for part in parts.values()]), 2).tolist())
        for name, part in parts.items():
            # What was asked of the same entries is no other collection.
            others = [other for key, other in parts.items() if key.split(",")[0] != name.split(",")[0]]
            weights = fit_logistic([_rows(other, both=both) for other in others])
            print(f"  {name}, held out:", _figures(part, weights, both=both))


def _figures(part: Sequence[Example], weights: Rows, *, both: bool) -> str:
    rows, right = _rows(part, both=both)
    scores = 1 / (1 + np.exp(-(weights[0] + rows @ weights[1:])))
    answerable = np.array([each.answerable for each in part])
    is_right = right.astype(bool)
    area = area_under_roc(scores, answerable)
    answered = right_at_wrong_rate(scores, is_right, answerable, WRONG_RATE)
    told = scores >= ANSWER_THRESHOLD
    return (
        f"AUROC {area:.3f}, right at {WRONG_RATE:.0%} wrong {answered:.3f}, "
        f"from {ANSWER_THRESHOLD} on right {(told & is_right)[answerable].mean():.2f} of the answerable, "
        f"wrong {told[~answerable].mean():.2f} of the others"
    )


def main() -> None:
    """Fit to what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality.fit", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled questions")
    asyncio.run(_main(parser.parse_args().data))


if __name__ == "__main__":
    main()
