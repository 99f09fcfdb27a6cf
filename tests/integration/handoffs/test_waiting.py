"""What happens to hand-offs that nobody claims, and what is counted of those that came back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from frontdesk.db.engine import Database
from frontdesk.handoffs.repository import count_not_needed
from frontdesk.handoffs.state import NOT_NEEDED
from frontdesk.outgoing.repository import insert_endpoint
from tests.integration.desk import Desk, loaded, open_desk

OFFICE = {day: ["09:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
TEAMS = [
    {"name": "sales", "members": ["ada@reed.example", "ben@reed.example"], "routing": "round_robin"},
    {"name": "chiefs", "members": ["zoe@reed.example", "Max"], "routing": "none"},
]


@asynccontextmanager
async def desk_with(database: Database, **handoff: object) -> AsyncIterator[Desk]:
    """A desk that is open on weekdays; its subscriber hears everything."""
    business = {"name": "Reed Boats", "languages": ["en"], "hours": OFFICE}
    async with open_desk(database, loaded(business=business, handoff={"teams": TEAMS, "rules": [], **handoff})) as desk:
        async with desk.database.transaction() as connection:
            await insert_endpoint(connection, "http://127.0.0.1:9/", b"", (), desk.clock())
        yield desk


async def sweep(desk: Desk, at: datetime | None = None) -> tuple[int, int]:
    """How many were reminded of, and how many escalated."""
    if at is not None:
        desk.clock.now = at
    async with desk.database.transaction() as connection:
        reminded = await desk.handoffs.remind_of_waiting(connection, desk.clock())
        return reminded, await desk.handoffs.escalate_overdue(connection, desk.clock())


async def told(desk: Desk, kind: str) -> list[tuple[object, ...]]:
    """Which targets were told of events of a kind."""
    query = "SELECT url FROM outgoing_events e JOIN webhook_endpoints w ON w.id = endpoint_id WHERE type = :kind"
    return sorted(tuple(row) for row in await desk.rows(query, kind=kind))


async def test_that_people_are_reminded_once_and_then_it_escalates_once(database: Database) -> None:
    async with desk_with(database, sla="15m", remind_before="5m") as desk:
        await desk.hand_off(await desk.says("Hello"))
        asked_at = desk.clock()
        assert await sweep(desk, asked_at + timedelta(minutes=9, seconds=59)) == (0, 0)
        assert await sweep(desk, asked_at + timedelta(minutes=10)) == (1, 0)
        assert await sweep(desk, asked_at + timedelta(minutes=14)) == (0, 0)
        assert await sweep(desk, asked_at + timedelta(minutes=15)) == (0, 1)
        assert await sweep(desk, asked_at + timedelta(minutes=30)) == (0, 0)
        assert len(await told(desk, "handoff.reminded")) == len(await told(desk, "handoff.escalated")) == 1


async def test_that_only_working_time_counts(database: Database) -> None:
    async with desk_with(database, sla="60m", remind_before="20m") as desk:
        desk.clock.now = datetime.fromisoformat("2026-03-06T16:30:00Z")  # a Friday, half an hour before closing
        await desk.hand_off(await desk.says("Hello"))
        assert await sweep(desk, datetime.fromisoformat("2026-03-08T12:00:00Z")) == (0, 0)
        assert await sweep(desk, datetime.fromisoformat("2026-03-09T09:09:59Z")) == (0, 0)
        assert await sweep(desk, datetime.fromisoformat("2026-03-09T09:10:00Z")) == (1, 0)
        assert await sweep(desk, datetime.fromisoformat("2026-03-09T09:30:00Z")) == (0, 1)


@pytest.mark.parametrize("end", ["claimed", "closed"])
async def test_that_nobody_is_reminded_of_what_somebody_dealt_with(database: Database, end: str) -> None:
    async with desk_with(database) as desk:
        conversation_id = await desk.says("Hello")
        await desk.hand_off(conversation_id)
        await (desk.take_over(conversation_id) if end == "claimed" else desk.close(conversation_id))
        assert await sweep(desk, desk.clock() + timedelta(minutes=12)) == (0, 0)


async def test_that_what_nobody_took_in_time_goes_to_the_team_for_it(database: Database) -> None:
    async with desk_with(database, escalate_to="chiefs", notify=["email"]) as desk:
        conversation_id = await desk.says("Hello")
        await desk.hand_off(conversation_id)
        assert await told(desk, "handoff.requested") == [("http://127.0.0.1:9/",), ("mailto:ada@reed.example",)]
        assert await sweep(desk, desk.clock() + timedelta(minutes=15)) == (0, 1)
        row = await desk.one("SELECT team, owner, state FROM handoffs")
        assert tuple(row) == ("chiefs", None, "waiting")
        assert (await desk.conversation(conversation_id)).team == "chiefs"
        assert await told(desk, "handoff.escalated") == [("http://127.0.0.1:9/",), ("mailto:zoe@reed.example",)]
        await desk.take_over(conversation_id, "zoe@reed.example")


async def test_that_a_hand_off_whose_conversation_is_worked_on_is_left_for_the_next_time(database: Database) -> None:
    async with desk_with(database) as desk:
        conversation_id = await desk.says("Hello")
        await desk.hand_off(conversation_id)
        desk.clock.advance(hours=1)
        async with desk.database.transaction() as connection:
            await desk.handoffs.take_over(connection, conversation_id, "Ada", desk.clock())
            assert (await sweep(desk))[1] == 0
        assert await sweep(desk) == (0, 0)


async def return_as(desk: Desk, number: int, reason: str | None, *, after: timedelta) -> None:
    conversation_id = await desk.says("Hello", f"m{number}", f"c{number}")
    await desk.hand_off(conversation_id)
    desk.clock.advance(minutes=5)
    await desk.take_over(conversation_id)
    desk.clock.now += after
    async with desk.database.transaction() as connection:
        await desk.handoffs.hand_back(connection, conversation_id, "Ada", desk.clock(), reason)


async def test_that_hand_offs_that_came_back_at_once_as_not_needed_are_counted(database: Database) -> None:
    async with desk_with(database) as desk:
        quick, slow = timedelta(seconds=59), timedelta(seconds=60)
        for number, (reason, after) in enumerate(
            [(NOT_NEEDED, quick), (NOT_NEEDED, slow), (None, quick), ("answered", quick)]
        ):
            await return_as(desk, number, reason, after=after)
        await desk.hand_off(await desk.says("Hello", "m9", "c9"), "chiefs")
        async with desk.database.reading() as connection:
            assert await count_not_needed(connection, UUID(int=0)) == 1
            assert await count_not_needed(connection, UUID(int=2**128 - 1)) == 0
