from datetime import UTC, datetime

import pytest

from frontdesk.playbook.models import Playbook
from tests.fakes.tool_scope import RENTAL, called, said, scope
from tests.fakes.views import Conversation

TEXT = "Ask me tomorrow"


@pytest.mark.parametrize(
    ("after", "due"),
    [
        ("2h", datetime(2026, 5, 5, 12, 30, tzinfo=UTC)),
        ("8h", datetime(2026, 5, 6, 7, 0, tzinfo=UTC)),
        ("1d 30m", datetime(2026, 5, 6, 11, 0, tzinfo=UTC)),
        ("2d", datetime(2026, 5, 12, 7, 0, tzinfo=UTC)),
        ("30d", datetime(2026, 6, 9, 7, 0, tzinfo=UTC)),
    ],
)
async def test_that_it_lies_inside_business_hours(after: str, due: datetime) -> None:
    context = said(TEXT)
    assert (await called(context, "schedule_follow_up", after=after, quote="tomorrow")).accepted
    assert context.draft.follow_up_at == due


@pytest.mark.parametrize("after", ["0s", "31d", "721h", "soon", "", "-1d", "9" * 400 + "d", "1 week"])
async def test_that_other_times_are_refused(after: str) -> None:
    context = said(TEXT)
    assert not (await called(context, "schedule_follow_up", after=after, quote="tomorrow")).accepted
    assert context.draft.follow_up_at is None


async def test_that_unsaid_words_schedule_nothing() -> None:
    context = said(TEXT)
    assert not (await called(context, "schedule_follow_up", after="1d", quote="next week")).accepted


async def test_that_a_business_that_never_opens_follows_nobody_up() -> None:
    closed = [f"2026-{month:02}-{day:02}" for month in (5, 6, 7, 8) for day in range(1, 31)]
    business = {**RENTAL.business.model_dump(mode="json"), "holidays": [*closed, "2026-05-31", "2026-07-31"]}
    shut = RENTAL.model_copy(update={"business": Playbook.model_validate({"business": business}).business})
    context = scope(Conversation(said=(TEXT,), playbook=shut))
    result = await called(context, "schedule_follow_up", after="1d", quote="tomorrow")
    assert "opening hours" in result.message
