"""How many turns a second, and what each costs, when the model takes no time."""

from dataclasses import dataclass

from bench.effort import Effort
from bench.rounds import Progress, collect, each_round
from bench.series import Series
from bench.stage import Sample, Stage
from bench.workload import Load

FEW, MANY = 16, 64
"""Contacts that write at once."""


@dataclass(frozen=True, slots=True)
class Throughput:
    """Turns a second at both concurrencies; milliseconds of CPU and kilobytes of log a turn, at the lower one."""

    few: Series
    many: Series
    service_cpu: Series
    database_cpu: Series
    cpu: Series
    wal: Series
    full_page_images: Series


def run(stage: Stage, effort: Effort, progress: Progress) -> Throughput:
    """Measure every system, in turn."""
    few, many = [], []
    for number, system, running in each_round(stage, effort, progress, model_ms=0):
        loads = {
            writers: Load(
                target=running.target, contacts=f"rate{writers}-{number}", writers=writers, seconds=effort.seconds
            )
            for writers in (FEW, MANY)
        }
        few.append((system, running.sample(loads[FEW])))
        many.append((system, running.sample(loads[MANY])))
    return Throughput(
        few=collect(few, _rate),
        many=collect(many, _rate),
        service_cpu=collect(few, lambda sample: sample.cost.service_cpu * 1000 / sample.measured.turns),
        database_cpu=collect(few, lambda sample: sample.cost.database_cpu * 1000 / sample.measured.turns),
        cpu=collect(few, lambda sample: sample.cost.cpu * 1000 / sample.measured.turns),
        wal=collect(few, lambda sample: sample.cost.wal_bytes / 1000 / sample.measured.turns),
        full_page_images=collect(few, lambda sample: sample.cost.full_page_images / sample.measured.turns),
    )


def _rate(sample: Sample) -> float:
    return sample.measured.turns / sample.measured.elapsed
