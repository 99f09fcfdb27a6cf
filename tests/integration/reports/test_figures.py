"""The figures that are kept equal those computed from the records at once, however they came about."""

import asyncio
from datetime import UTC, datetime
from random import Random

import pytest
from sqlalchemy import text

from bench.past import draw_past
from frontdesk.contacts.privacy import erase
from frontdesk.db.engine import Database
from frontdesk.reports.figures.keeping import FiguresKeeping, answerable
from frontdesk.reports.figures.repository import MARGIN, advance, forget
from frontdesk.reports.funnel import funnel_rows
from frontdesk.reports.leads import repository as leads
from frontdesk.reports.question import By, Question, ReportName
from frontdesk.reports.rows import AnswerFigures, FunnelStage, HandoffFigures, Loss, ResponseTime
from frontdesk.reports.service import Reports, Tables
from tests.fakes.patience import until
from tests.integration.desk import Desk, loaded
from tests.integration.reports.lives import STAGES, ask, asked, everything, live


async def begin_anew(database: Database) -> None:
    async with database.transaction() as connection:
        await forget(connection)


@pytest.mark.parametrize("seed", range(3))
async def test_that_figures_kept_step_by_step_equal_those_made_at_once(desk: Desk, seed: int) -> None:
    chance = Random(seed)
    for _ in range(10):
        await live(desk, chance, chance.randint(1, 4), merges=True)
        async with desk.database.transaction() as connection:
            await advance(connection, step=chance.choice([1, 5, 1000]))
    kept = await everything(desk)
    await begin_anew(desk.database)
    assert await everything(desk) == kept


async def test_that_the_kept_moves_equal_the_computation_from_the_events(desk: Desk) -> None:
    await live(desk, Random(5), 20)
    await FiguresKeeping(desk.database).catch_up()
    copied = leads.RECORDED.alias("the_same_events")
    for by in (None, *By):
        question = asked(desk, by=by)
        async with desk.database.reading() as connection:
            kept = await leads.passed_stages(connection, leads.RECORDED, question)
            full = await leads.passed_stages(connection, copied, question)
            assert funnel_rows(kept, STAGES) == funnel_rows(full, STAGES)
            for report in (leads.transitions, leads.losses):
                kept_rows = await report(connection, leads.RECORDED, question, STAGES)
                assert kept_rows == await report(connection, copied, question, STAGES)


async def test_that_while_a_long_past_is_counted_a_report_is_true_of_the_moment_reached(database: Database) -> None:
    draw_past(database.url, 300)
    now = Question(zone="UTC", as_of=datetime(2026, 6, 1, tzinfo=UTC))
    early = await answerable(database, now, step=200)
    later = await answerable(database, now, step=200)
    assert early.as_of < later.as_of < now.as_of
    reports = Reports(database, loaded().playbook)
    while_counting = [await reports.ask(name, later) for name in ReportName]
    await FiguresKeeping(database).catch_up()
    assert await answerable(database, now) == now
    assert await answerable(database, later) == later
    assert [await reports.ask(name, later) for name in ReportName] == while_counting
    assert (await reports.funnel(now)).stages[0].reached == 255


async def test_that_a_worker_counts_without_being_asked(desk: Desk) -> None:
    await desk.says("Hello")
    counting = asyncio.create_task(FiguresKeeping(desk.database).run())
    await until(lambda: desk.rows("SELECT FROM conversation_figures"))
    counting.cancel()
    await asyncio.wait({counting})


async def test_that_nothing_new_is_looked_at_twice_for_long(desk: Desk) -> None:
    await desk.says("Hello")
    await FiguresKeeping(desk.database).catch_up()
    long_ago = {"until": datetime.now(UTC) + 2 * MARGIN}
    async with desk.database.transaction() as connection:
        await connection.execute(text("UPDATE figures_progress SET until = :until"), long_ago)
        await connection.execute(text("DELETE FROM move_figures"))
        await advance(connection)
        assert await connection.scalar(text("SELECT count(*) FROM move_figures")) == 0


async def test_that_whoever_answers_a_contact_need_not_wait_while_they_are_counted(desk: Desk) -> None:
    await desk.says("Hello")
    async with desk.database.transaction() as counting:
        await advance(counting)
        locked = await desk.rows("SELECT id FROM conversations FOR UPDATE NOWAIT")
        assert len(locked) == await counting.scalar(text("SELECT count(*) FROM conversation_figures")) == 1


COUNTS = {
    FunnelStage: ("entered", "reached", "drop_off"),
    ResponseTime: ("asked", "answered", "p50_seconds", "p95_seconds"),
    HandoffFigures: ("requested", "accepted", "returned", "not_needed", "escalated", "claim_p50_seconds"),
    AnswerFigures: ("turns", "answered", "abstained", "other", "unanswered_questions"),
}


def counts(tables: Tables) -> list[tuple[object, ...]]:
    """What an erasure keeps of a report; why somebody was lost is among what it removes."""
    rows = next(iter(tables.values()))
    if any(isinstance(row, Loss) for row in rows):
        return [("losses", sum(row.losses for row in rows if isinstance(row, Loss) and row.total))]
    names = COUNTS.get(type(rows[0]), ("reached", "share")) if rows else ()
    return [(getattr(row, "group", None), *(getattr(row, name) for name in names)) for row in rows]


async def test_that_an_erasure_changes_no_count(desk: Desk) -> None:
    await live(desk, Random(8), 15)
    async with desk.database.transaction() as connection:
        await connection.execute(text('UPDATE contacts SET referral = \'{"campaign": "spring"}\''))
    before = await everything(desk)
    by_campaign = (await ask(desk, ReportName.LOST, by=By.CAMPAIGN))["losses"]
    assert {row.group for row in by_campaign if isinstance(row, Loss)} == {None, "spring"}
    async with desk.database.transaction() as connection:
        for contact_id in list(await connection.scalars(text("SELECT id FROM contacts"))):
            await erase(connection, contact_id, str(contact_id), desk.clock())
    assert [counts(after) for after in await everything(desk)] == [counts(tables) for tables in before]


async def test_that_erasing_a_conversation_takes_its_figures_along(desk: Desk) -> None:
    conversation_id = await desk.says("Hello")
    await ask(desk, ReportName.RESPONSE_TIMES)
    async with desk.database.transaction() as connection:
        await connection.execute(text("DELETE FROM conversations WHERE id = :id"), {"id": conversation_id})
    rows = (await ask(desk, ReportName.RESPONSE_TIMES))["response_times"]
    assert [row.asked for row in rows if isinstance(row, ResponseTime)] == [0, 0]
