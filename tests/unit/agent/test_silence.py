"""The ladder of silence: when to remind, and when to look again whether the lead is lost."""

from datetime import UTC, datetime, timedelta

import pytest

from agent.silence import Step, first_step, reminder, step_at
from frontdesk.playbook.models import Playbook

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WROTE = datetime(2026, 3, 2, 15, tzinfo=UTC)


def playbook(**parts: object) -> Playbook:
    return Playbook.model_validate({"business": {"name": "x"}, **parts})


REMINDERS = [{"after_silence": "2h", "text": "Still there?"}, {"after_silence": "3d", "text": "Last call"}]
TWO = playbook(follow_ups=REMINDERS)


@pytest.mark.parametrize(
    ("number", "due_at", "text"),
    [(0, WROTE + 2 * HOUR, "Still there?"), (1, WROTE + 3 * DAY, "Last call"), (2, WROTE + 7 * DAY, None)],
)
def test_that_reminders_come_first_and_then_the_silence_that_loses_the_lead(
    number: int, due_at: datetime, text: str | None
) -> None:
    assert step_at(TWO, number, WROTE) == Step(number, due_at)
    rung = reminder(TWO, number)
    assert (rung.text if rung else None) == text


def test_that_the_ladder_ends() -> None:
    assert step_at(TWO, 3, WROTE) is None


def test_that_the_first_step_is_the_first_reminder() -> None:
    assert first_step(TWO, None, WROTE) == Step(0, WROTE + 2 * HOUR)


def test_that_a_time_that_the_contact_asked_for_comes_first() -> None:
    asked_for = WROTE + 5 * DAY
    assert first_step(TWO, asked_for, WROTE) == Step(0, asked_for)


def test_that_without_reminders_only_silence_is_checked() -> None:
    assert first_step(playbook(), WROTE + HOUR, WROTE) == Step(0, WROTE + 7 * DAY)


def test_that_a_playbook_that_minds_no_silence_has_no_ladder() -> None:
    assert first_step(playbook(lifecycle={"lost": []}), None, WROTE) is None


def test_that_every_silence_in_a_stage_s_condition_is_checked_once_in_order() -> None:
    parts = [{"silent_for": "5d"}, {"not": {"silent_for": "1d"}}]
    lifecycle = {
        "stages": [{"name": "a"}, {"name": "b", "enter_when": {"any": [{"silent_for": "2d"}, {"intent": "rent"}]}}],
        "lost": [{"name": "c", "enter_when": {"all": parts}}, {"name": "d", "enter_when": {"silent_for": "2d"}}],
    }
    ladder = [step_at(playbook(lifecycle=lifecycle), number, WROTE) for number in range(4)]
    assert ladder == [Step(0, WROTE + DAY), Step(1, WROTE + 2 * DAY), Step(2, WROTE + 5 * DAY), None]


OFFICE = {"name": "x", "timezone": "Europe/Warsaw", "hours": {"mon": ["09:00-17:00"], "thu": ["09:00-17:00"]}}


@pytest.mark.parametrize(
    ("number", "due_at"),
    [
        (0, datetime(2026, 3, 5, 8, tzinfo=UTC)),
        (1, datetime(2026, 3, 5, 15, tzinfo=UTC)),
        (2, WROTE + 7 * DAY),
    ],
)
def test_that_reminders_wait_for_opening_hours_and_checks_do_not(number: int, due_at: datetime) -> None:
    step = step_at(playbook(business=OFFICE, follow_ups=REMINDERS), number, WROTE)
    assert step == Step(number, due_at)
