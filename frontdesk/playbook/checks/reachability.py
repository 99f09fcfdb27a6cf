"""Conditions that can never hold, and so stages that nothing can enter.

A condition is multiplied out into ways to hold; each way is a list of plain facts that must or must not be. A way is
dead if two of its facts exclude each other. Only what is certain counts: events, intents and silence may always come.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from frontdesk.playbook.checks.exclusion import exclusion
from frontdesk.playbook.checks.mistake import Mistake
from frontdesk.playbook.checks.places import Placed, conditions, parts, written_stages
from frontdesk.playbook.conditions import AllOf, AnyOf, Condition, Not, QualifiedIs, StageIs
from frontdesk.playbook.models import Playbook, Stage

_MOST_WAYS = 256
"""Above this many ways a condition is taken to be possible."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A leaf of a condition that must hold, or must not."""

    condition: Condition
    holds: bool


Way = tuple[Fact, ...]


def reachability_mistakes(playbook: Playbook) -> Iterator[Mistake]:
    """Stages that can never be entered, other conditions that can never hold, and those that ask for themselves."""
    yield from _unreachable(playbook)
    for placed in conditions(playbook):
        if placed.where[0] != "lifecycle":
            reason = why_never(placed.condition, playbook)
            if reason:
                yield Mistake(placed.where, f"this can never hold: {reason}", "change the condition")
        if placed.where[-1] in ("qualified_when", "disqualify_when"):
            yield from _circular(placed)


def _circular(placed: Placed) -> Iterator[Mistake]:
    for part in parts(placed):
        if isinstance(part.condition, QualifiedIs):
            what = f"`{placed.where[-1]}` asks for `qualified`, which it decides itself"
            yield Mistake((*part.where, "qualified"), what, "write conditions over fields", at_key=True)


def _unreachable(playbook: Playbook) -> Iterator[Mistake]:
    reachable = _reachable(playbook)
    for where, stage in written_stages(playbook):
        if stage.enter_when is None or stage.name in reachable:
            continue
        what = f"stage `{stage.name}` can never be entered: {_never_entered(stage, playbook, reachable)}"
        yield Mistake((*where, "enter_when"), what, "change its `enter_when`")


def _reachable(playbook: Playbook) -> set[str]:
    """Names of the stages that a contact can be in, by the rules or by a human's hand."""
    stages = [*playbook.lifecycle.stages, *playbook.lifecycle.lost]
    reachable = {stages[0].name} | {stage.name for stage in stages if stage.enter_when is None}
    grown = True
    while grown:
        found = {stage.name for stage in stages if _can_enter(stage, playbook, reachable)}
        grown = not found <= reachable
        reachable |= found
    return reachable


def _can_enter(stage: Stage, playbook: Playbook, reachable: set[str]) -> bool:
    ways = ways_to_hold(stage.enter_when) if stage.enter_when is not None else None
    return ways is None or any(_dead_entry(way, stage, playbook, reachable) is None for way in ways)


def _never_entered(stage: Stage, playbook: Playbook, reachable: set[str]) -> str:
    ways = (stage.enter_when and ways_to_hold(stage.enter_when)) or [()]
    return _dead_entry(ways[0], stage, playbook, reachable) or "no way to meet its `enter_when`"


def _dead_entry(way: Way, stage: Stage, playbook: Playbook, reachable: set[str]) -> str | None:
    known = {other.name for other in (*playbook.lifecycle.stages, *playbook.lifecycle.lost)}
    for fact in way:
        if not isinstance(fact.condition, StageIs) or not fact.holds:
            continue
        needed = fact.condition.stage
        if needed == stage.name:
            return "it needs itself to be the current stage"
        if needed in known - reachable:
            return f"it needs stage `{needed}`, which nothing can enter before"
    return _dead(way, playbook)


def why_never(condition: Condition, playbook: Playbook) -> str | None:
    """Why a condition never holds; None if it may."""
    reasons = [_dead(way, playbook) for way in ways_to_hold(condition) or [()]]
    return reasons[0] if all(reasons) else None


def _dead(way: Way, playbook: Playbook) -> str | None:
    for fact in way:
        if fact.holds and isinstance(fact.condition, QualifiedIs) and fact.condition.qualified:
            decided = playbook.qualified_when is not None or any(field.required for field in playbook.fields)
            if not decided:
                return "no field is required and there is no `qualified_when`, so no lead is ever qualified"
    for index, fact in enumerate(way):
        for other in way[index + 1 :]:
            reason = exclusion(fact.condition, fact.holds, other.condition, other.holds, playbook)
            if reason:
                return reason
    return None


def ways_to_hold(condition: Condition) -> list[Way] | None:
    """Multiply a condition out; None if it holds in too many ways to look at."""
    return _ways(condition, holds=True)


def _ways(condition: Condition, *, holds: bool) -> list[Way] | None:
    if isinstance(condition, Not):
        return _ways(condition.not_, holds=not holds)
    if isinstance(condition, AllOf):
        inner = condition.all
    elif isinstance(condition, AnyOf):
        inner = condition.any
    else:
        return [(Fact(condition, holds),)]
    joined = [_ways(part, holds=holds) for part in inner]
    return _every(joined) if isinstance(condition, AllOf) == holds else _either(joined)


def _either(joined: list[list[Way] | None]) -> list[Way] | None:
    ways: list[Way] = []
    for part in joined:
        if part is None or len(ways) + len(part) > _MOST_WAYS:
            return None
        ways.extend(part)
    return ways


def _every(joined: list[list[Way] | None]) -> list[Way] | None:
    ways: list[Way] = [()]
    for part in joined:
        if part is None or len(ways) * len(part) > _MOST_WAYS:
            return None
        ways = [left + right for left, right in product(ways, part)]
    return ways
