"""The ladder of silence: reminders at the playbook's intervals, then the lost stage for silence. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from frontdesk.playbook.conditions import AllOf, AnyOf, Condition, Not, SilentFor
from frontdesk.playbook.hours import next_opening
from frontdesk.playbook.models import FollowUp, Playbook


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of the ladder: reminders are numbered from 0; the numbers after them only re-check the rules."""

    number: int
    due_at: datetime


def first_step(playbook: Playbook, asked_for: datetime | None, now: datetime) -> Step | None:
    """The first rung after we wrote; one that the contact asked for comes in place of the playbook's first."""
    if asked_for is not None and playbook.follow_ups:
        return Step(0, asked_for)
    return step_at(playbook, 0, now)


def step_at(playbook: Playbook, number: int, wrote_at: datetime) -> Step | None:
    """The rung of that number, counted from our last message before the ladder; None past the end."""
    if number < len(playbook.follow_ups):
        due_at = wrote_at + playbook.follow_ups[number].after_silence
        return Step(number, next_opening(playbook.business, due_at) or due_at)
    checks = sorted(set(_silences(playbook)))
    place = number - len(playbook.follow_ups)
    return Step(number, wrote_at + checks[place]) if place < len(checks) else None


def reminder(playbook: Playbook, number: int) -> FollowUp | None:
    """The reminder of that rung; None if it only re-checks the rules."""
    return playbook.follow_ups[number] if number < len(playbook.follow_ups) else None


def _silences(playbook: Playbook) -> Iterator[timedelta]:
    for stage in (*playbook.lifecycle.stages, *playbook.lifecycle.lost):
        if stage.enter_when is not None:
            yield from _in(stage.enter_when)


def _in(condition: Condition) -> Iterator[timedelta]:
    match condition:
        case SilentFor():
            yield condition.silent_for
        case AllOf():
            for part in condition.all:
                yield from _in(part)
        case AnyOf():
            for part in condition.any:
                yield from _in(part)
        case Not():
            yield from _in(condition.not_)
