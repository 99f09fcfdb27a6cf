"""Moves along the lifecycle: what the rules demand, and what a proposal may do."""

from dataclasses import dataclass, replace
from enum import StrEnum

from frontdesk.errors import FrontdeskError
from frontdesk.evidence.types import Evidence
from frontdesk.lifecycle.evaluate import disqualified, evaluate
from frontdesk.lifecycle.facts import Facts
from frontdesk.lifecycle.verdict import Verdict
from frontdesk.playbook.models import LostKind, LostStage, Playbook, Stage


class Cause(StrEnum):
    """Who or what moved the contact."""

    START = "start"
    RULE = "rule"
    AGENT = "agent"
    HUMAN = "human"
    EVENT = "event"


class MoveRefusedError(FrontdeskError):
    """A proposed move that the lifecycle does not allow; the message says what would be right."""

    code = "stage_move_refused"


@dataclass(frozen=True, slots=True)
class StageMove:
    """One move, as it will be recorded."""

    from_stage: str | None
    to_stage: str
    cause: Cause
    reason: str
    evidence: tuple[Evidence, ...] = ()


def start_move(playbook: Playbook) -> StageMove:
    """The first event of every contact."""
    return StageMove(None, playbook.lifecycle.stages[0].name, Cause.START, "wrote to us")


def rule_moves(facts: Facts, playbook: Playbook, cause: Cause = Cause.RULE) -> tuple[StageMove, ...]:
    """Every move that the rules demand now, one after the other until they demand none.

    Each stage is entered at most once in one pass, so contradictory rules end instead of going in circles.
    A stage that a person chose stands until something new is recorded or an outside event arrives.
    """
    if facts.stage_by_human and not facts.news and cause is not Cause.EVENT:
        return ()
    moves: list[StageMove] = []
    entered: set[str] = set()
    while (move := _next_move(facts, playbook, cause)) and move.to_stage not in entered:
        moves.append(move)
        entered.add(move.to_stage)
        facts = replace(facts, stage=move.to_stage, stage_by_human=False)
    return tuple(moves)


def _next_move(facts: Facts, playbook: Playbook, cause: Cause) -> StageMove | None:
    lifecycle = playbook.lifecycle
    position = lifecycle.position(facts.stage)
    if position == len(lifecycle.stages) - 1 > 0:
        return None  # whoever reached the last stage is not lost by a rule
    final = _entry(lifecycle.stages[-1], facts, playbook, cause) if len(lifecycle.stages) > 1 else None
    return final or _lost_move(facts, playbook, cause) or _forward_move(facts, playbook, cause, position)


def _lost_move(facts: Facts, playbook: Playbook, cause: Cause) -> StageMove | None:
    moves = (_entry(stage, facts, playbook, cause) for stage in playbook.lifecycle.lost)
    return next((move for move in moves if move is not None), None) if not _stays_lost(facts, playbook) else None


def _stays_lost(facts: Facts, playbook: Playbook) -> bool:
    stage = playbook.lifecycle.find(facts.stage or "")
    if not isinstance(stage, LostStage):
        return False
    return facts.stage_by_human or stage.enter_when is None or not evaluate(stage.enter_when, facts, playbook).fails


def _forward_move(facts: Facts, playbook: Playbook, cause: Cause, position: int | None) -> StageMove | None:
    if _stays_lost(facts, playbook):
        return None
    stages = playbook.lifecycle.stages
    first_open = 1 if position is None else position + 1
    for stage in reversed(stages[first_open:]):
        move = _entry(stage, facts, playbook, cause)
        if move is not None:
            return move
    if position is None and facts.stage is not None:
        return StageMove(facts.stage, stages[0].name, cause, f"{facts.stage} no longer applies")
    return None


def _entry(stage: Stage, facts: Facts, playbook: Playbook, cause: Cause) -> StageMove | None:
    if stage.enter_when is None or stage.name == facts.stage:
        return None
    verdict = evaluate(stage.enter_when, facts, playbook)
    if not verdict.holds:
        return None
    return StageMove(facts.stage, stage.name, cause, verdict.because, verdict.evidence)


def proposed_move(target: str, reason: str, evidence: Evidence, facts: Facts, playbook: Playbook) -> StageMove:
    """Check a move that the agent proposes, with the contact's words for it; raises MoveRefusedError."""
    stage = _stage(target, playbook)
    _check_reachable(stage, facts, playbook)
    verdict = evaluate(stage.enter_when, facts, playbook) if stage.enter_when is not None else None
    if verdict is not None and not verdict.holds:
        raise MoveRefusedError(f"{target} may be entered only when {verdict.because}; that is {verdict.truth} now")
    return StageMove(facts.stage, target, Cause.AGENT, reason, _with(evidence, verdict))


def _stage(name: str, playbook: Playbook) -> Stage:
    lifecycle = playbook.lifecycle
    stage = lifecycle.find(name)
    if stage is None:
        names = ", ".join(known.name for known in lifecycle.all_stages)
        raise MoveRefusedError(f"there is no stage {name!r}; the stages are {names}")
    return stage


def _with(evidence: Evidence, verdict: Verdict | None) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys((evidence, *(verdict.evidence if verdict else ()))))


def _check_reachable(stage: Stage, facts: Facts, playbook: Playbook) -> None:
    if stage.name == facts.stage:
        raise MoveRefusedError(f"the contact is in {stage.name} already")
    lifecycle = playbook.lifecycle
    current = lifecycle.find(facts.stage or "")
    if isinstance(current, LostStage):
        raise MoveRefusedError(f"only a rule or a person brings a contact back from {current.name}")
    here, there = lifecycle.position(facts.stage), lifecycle.position(stage.name)
    if there is not None and here is not None and there < here:
        raise MoveRefusedError(f"{stage.name} lies before {facts.stage}; only a person moves a contact back")
    if there is None and here == len(lifecycle.stages) - 1 > 0:
        raise MoveRefusedError(f"a contact in {facts.stage} is not lost by the agent; hand off instead")


def reachable_stages(facts: Facts, playbook: Playbook) -> tuple[str, ...]:
    """The stages that the agent may propose now."""
    reachable = []
    for stage in playbook.lifecycle.all_stages:
        try:
            _check_reachable(stage, facts, playbook)
        except MoveRefusedError:
            continue
        if stage.enter_when is None or evaluate(stage.enter_when, facts, playbook).holds:
            reachable.append(stage.name)
    return tuple(reachable)


def unqualified_move(reason: str, evidence: Evidence, facts: Facts, playbook: Playbook) -> StageMove:
    """Check that the lead may be marked unqualified on recorded facts; raises MoveRefusedError."""
    stage = playbook.lifecycle.lost_of_kind(LostKind.UNQUALIFIED)
    if stage is None:
        raise MoveRefusedError("this playbook has no lost stage of kind `unqualified`")
    grounds = disqualified(facts, playbook)
    if stage.enter_when is not None:
        grounds = evaluate(stage.enter_when, facts, playbook)
    if not grounds.holds:
        raise MoveRefusedError(
            f"no recorded answer or intent disqualifies this lead ({grounds.because}); record it first, with its quote"
        )
    _check_reachable(stage, facts, playbook)
    return StageMove(facts.stage, stage.name, Cause.AGENT, reason, _with(evidence, grounds))


def manual_move(target: str, reason: str, facts: Facts, playbook: Playbook) -> StageMove:
    """A person's move: any known stage but the current one; raises MoveRefusedError."""
    _stage(target, playbook)
    if target == facts.stage:
        raise MoveRefusedError(f"the contact is in {target} already")
    return StageMove(facts.stage, target, Cause.HUMAN, reason)
