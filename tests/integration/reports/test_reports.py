"""Reports over a real database: groups and filters, and the rules of another playbook."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from frontdesk.contacts import merging
from frontdesk.conversations.learned.repository import insert_answers
from frontdesk.lifecycle.facts import AnswerFact
from frontdesk.lifecycle.moves import Cause
from frontdesk.lifecycle.occasion import Occasion
from frontdesk.playbook.models import Playbook
from frontdesk.reports.question import By, ReportName
from frontdesk.reports.rows import Row
from frontdesk.values.types import Quantity
from tests.integration.desk import Desk
from tests.integration.reports.lives import ask, funnel, live


async def test_that_groups_add_up_to_the_total(desk: Desk) -> None:
    await live(desk, Random(3), 15, merges=True)
    sums = {
        ReportName.FUNNEL: ("entered", "reached", "drop_off"),
        ReportName.LOST: ("losses",),
        ReportName.RESPONSE_TIMES: ("asked", "answered"),
        ReportName.HANDOFFS: ("requested", "waiting", "accepted", "returned", "not_needed", "closed", "escalated"),
        ReportName.ANSWERS: ("turns", "answered", "abstained", "other", "unanswered_questions"),
    }
    for name, figures in sums.items():
        for by in By:
            main = next(iter((await ask(desk, name, by=by)).values()))
            rows = [row for row in main if isinstance(row, Row)]
            for figure in figures:
                in_groups = sum(getattr(row, figure) for row in rows if not row.total)
                assert in_groups == sum(getattr(row, figure) for row in rows if row.total), (name, by, figure)


async def test_that_a_filter_leaves_out_what_does_not_fit(desk: Desk) -> None:
    conversation_id = await desk.says("Hello")
    await desk.hand_off(conversation_id, "groups")
    filters: tuple[tuple[dict[str, Any], int], ...] = (
        ({"team": "groups"}, 1),
        ({"team": "sales"}, 0),
        ({"channel": "generic"}, 1),
        ({"channel": "another"}, 0),
        ({"campaign": "ad-1"}, 0),
        ({"since": desk.clock()}, 1),
        ({"until": desk.clock()}, 0),
    )
    for changes, count in filters:
        stages = (await funnel(desk, **changes)).stages
        assert sum(row.reached for row in stages if row.stage == "New Lead") == count, changes


async def test_that_other_rules_are_run_again_over_the_recorded_answers(desk: Desk) -> None:
    conversation_id = await desk.says("Hello")
    contact_id = (await desk.conversation(conversation_id)).contact_id
    desk.clock.advance(minutes=2)
    async with desk.database.transaction() as connection:
        await insert_answers(
            connection,
            {"party_size": AnswerFact(Quantity(Decimal(4), Decimal(4)))},
            Occasion(contact_id, conversation_id, desk.clock()),
            Cause.AGENT,
        )
    await desk.says("A stranger", "m2", "c2")
    desk.clock.advance(hours=1)
    stricter = Playbook.model_validate(
        {
            "business": {"name": "Reed Boats"},
            "fields": [{"name": "party_size", "type": "number", "ask": "How many?"}],
            "lifecycle": {
                "stages": [{"name": "Came"}, {"name": "Big", "enter_when": {"field": "party_size", "at_least": 4}}],
                "lost": [],
            },
        }
    )
    replayed = await funnel(desk, stricter)
    assert [(row.stage, row.reached) for row in replayed.stages] == [("Came", 2), ("Big", 1)]
    assert [(row.to_stage, row.median_seconds) for row in replayed.transitions] == [("Big", 120.0)]
    early = await funnel(desk, stricter, as_of=desk.clock() - timedelta(hours=1, minutes=1))
    assert [row.reached for row in early.stages] == [1, 0]
    await desk.close(conversation_id)
    kept, other = (UUID(str(row[0])) for row in await desk.rows("SELECT id FROM contacts ORDER BY id"))
    async with desk.database.transaction() as connection:
        await merging.merge(connection, kept, other, "Ada", desk.clock())
    assert [row.reached for row in (await funnel(desk, stricter)).stages] == [1, 1]
