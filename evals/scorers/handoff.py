"""Hand-offs to people: whether, when and to whom."""

from collections.abc import Iterator

from evals.measures import Kind, Measure
from evals.observed import ObservedHandoff, ObservedTurn
from evals.saved import ExpectedHandoff
from evals.scorers.case import JudgedCase
from evals.scores import Outcome, Score, outcome_of

HANDOFF = Measure("handoff", Kind.DETECTION, "conversations handed to a person, in time")
EARLY = Measure("handoff.early", Kind.RATE, "due hand-offs made too early", decides=False)
LATE = Measure("handoff.late", Kind.RATE, "due hand-offs made too late", decides=False)
TEAM = Measure("handoff.team", Kind.SHARE, "due hand-offs made to the right team")
MEASURES = (HANDOFF, EARLY, LATE, TEAM)


def judge(case: JudgedCase) -> Iterator[Score]:
    """Judge the first hand-off: too late counts as missed, too early as wrong."""
    expected = case.saved.expect.handoff if case.saved.expect is not None else None
    if expected is None:
        return
    turn = next((turn for turn in case.observed.turns if turn.handoff is not None), None)
    counted = case.end_counts or (turn is not None and turn.counted)
    if expected is False:
        yield _undue(turn, counted)
    else:
        yield from _due(case, expected, turn, counted)


def _undue(turn: ObservedTurn | None, counted: bool) -> Score:
    outcome = outcome_of(expected=False, actual=turn is not None)
    why = "handed over, though nobody should have been asked" if turn is not None else ""
    message = turn.message if turn is not None else None
    return Score(HANDOFF.name, outcome, message=message, expected=False, actual=_team(turn), why=why, counted=counted)


def _due(case: JudgedCase, wanted: ExpectedHandoff, turn: ObservedTurn | None, counted: bool) -> Iterator[Score]:
    early = turn is not None and _is_early(case, wanted, turn)
    late = turn is not None and _is_late(case, wanted, turn)
    outcome = Outcome.HIT
    if turn is None or late:
        outcome = Outcome.MISS
    elif early:
        outcome = Outcome.WRONG
    why = "never handed over" if turn is None else "too early" if early else "too late" if late else ""
    message = turn.message if turn is not None else None
    expected = wanted.model_dump(mode="json", exclude_none=True)
    yield Score(HANDOFF.name, outcome, message=message, expected=expected, actual=_team(turn), why=why, counted=counted)
    if turn is None or turn.handoff is None:
        return
    for measure, failed in ((EARLY, early), (LATE, late)):
        yield Score(measure.name, Outcome.WRONG if failed else Outcome.HIT, message=message, counted=counted)
    if wanted.team is not None:
        yield _team_score(wanted.team, turn.handoff, turn.message, counted)


def _is_early(case: JudgedCase, wanted: ExpectedHandoff, turn: ObservedTurn) -> bool:
    """Whether it came in answer to messages before the first one that may bring it about."""
    newest = case.ordinals.get(turn.message)
    return wanted.not_before is not None and newest is not None and newest < wanted.not_before


def _is_late(case: JudgedCase, wanted: ExpectedHandoff, turn: ObservedTurn) -> bool:
    """Whether all that it answers came after the message that it was due at; a burst is answered as one."""
    oldest = min((case.ordinals[message] for message in turn.answered if message in case.ordinals), default=None)
    oldest = oldest if oldest is not None else case.ordinals.get(turn.message)
    return wanted.by_message is not None and oldest is not None and oldest > wanted.by_message


def _team_score(wanted: str, handoff: ObservedHandoff, message: int, counted: bool) -> Score:
    right = handoff.team == wanted
    why = "" if right else f"went to {handoff.team}, not to {wanted}"
    return Score(
        TEAM.name,
        Outcome.HIT if right else Outcome.WRONG,
        message=message,
        expected=wanted,
        actual=handoff.team,
        why=why,
        counted=counted,
    )


def _team(turn: ObservedTurn | None) -> str | None:
    return turn.handoff.team if turn is not None and turn.handoff is not None else None
