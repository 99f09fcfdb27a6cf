"""Five messages half a second apart, with a quiet window of one second, against the same five one by one."""

from dataclasses import dataclass
from statistics import median

from bench.effort import Effort
from bench.rounds import Progress
from bench.stage import Running, Sample, Stage, System
from bench.workload import Load

MESSAGES = 5
GAP = 0.5
WINDOW = "1s"
_WRITERS = 16


@dataclass(frozen=True, slots=True)
class Bursts:
    """Of five messages: model calls, and milliseconds of CPU, service and database together."""

    calls_in_a_burst: float
    calls_one_by_one: float
    cpu_in_a_burst: float
    cpu_one_by_one: float


def run(stage: Stage, effort: Effort, progress: Progress) -> Bursts:
    """Measure our system; the others answer each message for itself."""
    together, apart = [], []
    for number in range(effort.rounds):
        progress(f"round {number + 1} of {effort.rounds}: {System.OURS}")
        with stage.running(System.OURS, model_ms=0, quiet_window=WINDOW) as running:
            running.sample(_load(running, f"warm-bursts{number}", 1, MESSAGES))
            together.append(running.sample(_load(running, f"bursts{number}", effort.bursts, MESSAGES)))
            apart.append(running.sample(_load(running, f"singles{number}", effort.bursts * MESSAGES, 1)))
    return Bursts(
        calls_in_a_burst=median(_calls(sample, effort) for sample in together),
        calls_one_by_one=median(_calls(sample, effort) for sample in apart),
        cpu_in_a_burst=median(_cpu(sample, effort) for sample in together),
        cpu_one_by_one=median(_cpu(sample, effort) for sample in apart),
    )


def _load(running: Running, contacts: str, turns: int, burst: int) -> Load:
    return Load(
        target=running.target,
        contacts=contacts,
        writers=_WRITERS,
        contacts_each=1,
        turns=turns,
        burst=burst,
        burst_gap=GAP,
    )


def _calls(sample: Sample, effort: Effort) -> float:
    return sample.model_calls / (_WRITERS * effort.bursts)


def _cpu(sample: Sample, effort: Effort) -> float:
    return sample.cost.cpu * 1000 / (_WRITERS * effort.bursts)
