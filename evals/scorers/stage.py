"""The lifecycle: the final stage, the way to it, and who was taken for unqualified."""

from collections import Counter
from collections.abc import Iterator

from evals.measures import Kind, Measure
from evals.observed import ObservedCase
from evals.scorers.case import JudgedCase
from evals.scores import Outcome, Score, outcome_of
from frontdesk.playbook.models import LostKind, LostStage, Playbook

STAGE = Measure("stage.accuracy", Kind.SHARE, "conversations that end in the expected stage")
PATH = Measure("stage_path.accuracy", Kind.SHARE, "conversations that enter the expected stages in their order")
STAGES = Measure("stages", Kind.DETECTION, "stages entered, in any order", decides=False)
UNQUALIFIED = Measure("unqualified", Kind.DETECTION, "contacts marked as unqualified", decides=False)
WRONGLY_UNQUALIFIED = Measure(
    "wrongly_unqualified", Kind.RATE, "contacts marked as unqualified, of those who should not be"
)
RIGHTLY_UNQUALIFIED = Measure("missed_unqualified", Kind.RATE, "contacts not marked, of those who should be")
MEASURES = (STAGE, PATH, STAGES, UNQUALIFIED, WRONGLY_UNQUALIFIED, RIGHTLY_UNQUALIFIED)


def judge(case: JudgedCase) -> Iterator[Score]:
    """Judge where the conversation stands at its end, and how it came there."""
    yield from _final(case)
    yield from _path(case)
    yield from _unqualified(case)


def _final(case: JudgedCase) -> Iterator[Score]:
    wanted = case.saved.expect.stage if case.saved.expect is not None else None
    if wanted is None:
        return
    actual = case.observed.stage
    right = actual == wanted
    why = "" if right else f"ends in {actual or 'no stage'}, not in {wanted}"
    outcome = Outcome.HIT if right else Outcome.WRONG
    yield Score(STAGE.name, outcome, label=wanted, expected=wanted, actual=actual, why=why, counted=case.end_counts)


def _path(case: JudgedCase) -> Iterator[Score]:
    wanted = case.saved.expect.stages if case.saved.expect is not None else None
    if wanted is None:
        return
    entered = case.observed.stages
    right = entered == wanted
    yield Score(
        PATH.name,
        Outcome.HIT if right else Outcome.WRONG,
        expected=list(wanted),
        actual=list(entered),
        why="" if right else f"went by {' → '.join(entered) or 'no stage'}",
        counted=case.end_counts,
    )
    for outcome, stages in (
        (Outcome.HIT, Counter(wanted) & Counter(entered)),
        (Outcome.MISS, Counter(wanted) - Counter(entered)),
        (Outcome.FALSE_ALARM, Counter(entered) - Counter(wanted)),
    ):
        yield from (Score(STAGES.name, outcome, label=name, counted=case.end_counts) for name in stages.elements())


def _unqualified(case: JudgedCase) -> Iterator[Score]:
    wanted = _should_be_unqualified(case)
    if wanted is None:
        return
    actual = is_unqualified(case.observed.stage, case.playbook)
    counted = case.end_counts or (not wanted and _was_marked_before_divergence(case.observed, case.playbook))
    outcome = outcome_of(wanted, actual)
    why = {Outcome.FALSE_ALARM: "marked as unqualified", Outcome.MISS: "not marked as unqualified"}.get(outcome, "")
    headline = RIGHTLY_UNQUALIFIED if wanted else WRONGLY_UNQUALIFIED
    for measure in (UNQUALIFIED, headline):
        yield Score(measure.name, outcome, expected=wanted, actual=actual, why=why, counted=counted)


def _should_be_unqualified(case: JudgedCase) -> bool | None:
    """As expected, or as the expected stage says."""
    expect = case.saved.expect
    if expect is None:
        return None
    if expect.unqualified is not None or expect.stage is None:
        return expect.unqualified
    return is_unqualified(expect.stage, case.playbook)


def is_unqualified(stage: str | None, playbook: Playbook) -> bool:
    """Whether a stage is a lost stage for unqualified leads."""
    found = playbook.lifecycle.find(stage) if stage is not None else None
    return isinstance(found, LostStage) and found.kind is LostKind.UNQUALIFIED


def _was_marked_before_divergence(observed: ObservedCase, playbook: Playbook) -> bool:
    """Whether the last counted move took the contact for unqualified."""
    moves = [move for turn in observed.turns if turn.counted for move in turn.moves]
    return bool(moves) and is_unqualified(moves[-1].to_stage, playbook)
