"""Interleaved rounds: every system in turn, again and again, so that a slow moment of the machine hits all alike."""

from collections.abc import Callable, Iterator, Sequence

from bench.effort import Effort
from bench.series import Series
from bench.stage import Running, Sample, Stage, System
from bench.workload import Load

Progress = Callable[[str], None]
"""Told what is being measured."""

_WARM_UP_WRITERS = 8


def each_round(
    stage: Stage, effort: Effort, progress: Progress, *, model_ms: int
) -> Iterator[tuple[int, System, Running]]:
    """Yield each system of each round, up and warm, with the round's number."""
    for number in range(effort.rounds):
        for system in System:
            progress(f"round {number + 1} of {effort.rounds}: {system}")
            with stage.running(system, model_ms=model_ms) as running:
                warm_up(running, effort, f"warm{model_ms}-{number}")
                yield number, system, running


def warm_up(running: Running, effort: Effort, contacts: str) -> None:
    """Let caches fill and statements be prepared."""
    load = Load(target=running.target, contacts=contacts, writers=_WARM_UP_WRITERS, seconds=effort.warm_up_seconds)
    running.sample(load)


def collect(samples: Sequence[tuple[System, Sample]], figure: Callable[[Sample], float]) -> Series:
    """One figure of every sample, by system."""
    rounds: dict[System, list[float]] = {}
    for system, sample in samples:
        rounds.setdefault(system, []).append(figure(sample))
    return Series(rounds)
