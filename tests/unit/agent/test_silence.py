from datetime import UTC, datetime, timedelta

import pytest

from agent.silence import Step, first_step, reminder, step_at
from frontdesk.playbook.models import Playbook

LADDER = Playbook.model_validate(
    {
        "business": {"name": "Reed", "hours": {"tue": ["09:00-17:00"], "fri": ["09:00-17:00"]}},
        "follow_ups": [{"after_silence": "1d", "text": "Still there?"}, {"after_silence": "3d", "text": "Shall we?"}],
        "lifecycle": {
            "stages": [{"name": "New"}, {"name": "Warm", "enter_when": {"not": {"silent_for": "5d"}}}],
            "lost": [
                {"name": "Cold", "enter_when": {"any": [{"silent_for": "7d"}, {"intent": "spam"}]}},
                {"name": "Gone", "enter_when": {"all": [{"silent_for": "7d"}, {"event": "x"}]}},
            ],
        },
    }
)
TUESDAY_NOON = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "due"),
    [
        (0, datetime(2026, 5, 8, 9, 0, tzinfo=UTC)),
        (1, datetime(2026, 5, 8, 12, 0, tzinfo=UTC)),
        (2, TUESDAY_NOON + timedelta(days=5)),
        (3, TUESDAY_NOON + timedelta(days=7)),
        (4, None),
    ],
)
def test_that_reminders_come_first_and_in_business_hours_then_the_rules_silences(
    number: int, due: datetime | None
) -> None:
    assert step_at(LADDER, number, TUESDAY_NOON) == (Step(number, due) if due else None)


def test_that_the_contacts_own_time_replaces_the_first_reminder() -> None:
    asked = datetime(2026, 5, 15, 9, 0, tzinfo=UTC)
    assert first_step(LADDER, asked, TUESDAY_NOON) == Step(0, asked)
    assert first_step(LADDER, None, TUESDAY_NOON) == step_at(LADDER, 0, TUESDAY_NOON)


def test_that_only_reminders_have_words() -> None:
    assert [reminder(LADDER, number) is not None for number in range(4)] == [True, True, False, False]


def test_that_a_playbook_without_silence_has_no_ladder() -> None:
    bare = Playbook.model_validate(
        {"business": {"name": "Reed"}, "lifecycle": {"stages": [{"name": "New"}], "lost": []}}
    )
    assert first_step(bare, None, TUESDAY_NOON) is None
