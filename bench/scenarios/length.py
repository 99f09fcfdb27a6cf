"""What a late turn of a long conversation costs, against an early one."""

from dataclasses import dataclass

from bench.effort import Effort
from bench.rounds import Progress, warm_up
from bench.series import Series
from bench.stage import Running, Stage, System
from bench.workload import Load

EARLY_TURN = 5
_MEASURED = 5
"""Turns in a row, the one that the figure is called by in their middle; their mean is taken."""
_WRITERS = {System.OURS: 2, System.NAIVE: 1}
_CONTACTS_EACH = 3


@dataclass(frozen=True, slots=True)
class Length:
    """Milliseconds of CPU a turn, service and database together."""

    early: Series
    late: Series
    late_turn: dict[System, int]


def run(stage: Stage, effort: Effort, progress: Progress) -> Length:
    """Let conversations grow, then compare them with new ones, round by round."""
    late_turn = {System.OURS: effort.long_turn, System.NAIVE: effort.naive_long_turn}
    early: dict[System, list[float]] = {}
    late: dict[System, list[float]] = {}
    for system, turn in late_turn.items():
        with stage.running(system, model_ms=0) as running:
            warm_up(running, effort, "warm-length")
            progress(f"{system}: a conversation of {turn} turns")
            before = turn - _MEASURED // 2
            running.sample(_load(running, system, "long", 1, before - 1))
            for number in range(effort.rounds):
                progress(f"round {number + 1} of {effort.rounds}: {system}")
                first = EARLY_TURN - _MEASURED // 2
                running.sample(_load(running, system, f"new{number}", 1, first - 1))
                early.setdefault(system, []).append(_cost(running, system, f"new{number}", first))
                late.setdefault(system, []).append(_cost(running, system, "long", before + number * _MEASURED))
    return Length(Series(early), Series(late), late_turn)


def growth(length: Length, system: System) -> float:
    """How many times an early turn a late one costs."""
    return length.late.median(system) / length.early.median(system)


def _load(running: Running, system: System, contacts: str, first: int, turns: int) -> Load:
    return Load(
        target=running.target,
        contacts=contacts,
        writers=_WRITERS[system],
        contacts_each=_CONTACTS_EACH,
        first_turn=first,
        turns=turns,
    )


def _cost(running: Running, system: System, contacts: str, first: int) -> float:
    sample = running.sample(_load(running, system, contacts, first, _MEASURED))
    return sample.cost.cpu * 1000 / sample.measured.turns
