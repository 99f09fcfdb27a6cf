"""How long a contact waits for a reply when the model takes 400 ms, and how long a webhook for its answer."""

from dataclasses import dataclass

from bench.effort import Effort
from bench.rounds import Progress, collect, each_round
from bench.series import Series, percentile
from bench.stage import Sample, Stage
from bench.workload import Load

MODEL_MS = 400
FEW, MANY = 4, 16
"""Contacts that write at once."""


@dataclass(frozen=True, slots=True)
class Replies:
    """Milliseconds; a system that answers at once acknowledges with its reply."""

    p50: Series
    p99: Series
    p50_of_many: Series
    p99_of_many: Series
    acknowledged_p50: Series
    acknowledged_p99: Series
    model_calls: Series


def run(stage: Stage, effort: Effort, progress: Progress) -> Replies:
    """Measure every system, in turn."""
    few, many = [], []
    for number, system, running in each_round(stage, effort, progress, model_ms=MODEL_MS):
        loads = {
            writers: Load(
                target=running.target, contacts=f"wait{writers}-{number}", writers=writers, seconds=effort.seconds
            )
            for writers in (FEW, MANY)
        }
        few.append((system, running.sample(loads[FEW])))
        many.append((system, running.sample(loads[MANY])))
    return Replies(
        p50=collect(few, lambda sample: _reply(sample, 0.5)),
        p99=collect(few, lambda sample: _reply(sample, 0.99)),
        p50_of_many=collect(many, lambda sample: _reply(sample, 0.5)),
        p99_of_many=collect(many, lambda sample: _reply(sample, 0.99)),
        acknowledged_p50=collect(many, lambda sample: _acknowledged(sample, 0.5)),
        acknowledged_p99=collect(many, lambda sample: _acknowledged(sample, 0.99)),
        model_calls=collect(few, lambda sample: sample.model_calls / sample.measured.turns),
    )


def _reply(sample: Sample, share: float) -> float:
    return percentile(sample.measured.replies, share) * 1000


def _acknowledged(sample: Sample, share: float) -> float:
    return percentile(sample.measured.acknowledgements, share) * 1000
