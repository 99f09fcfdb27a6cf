"""The safety net: what is due and forgotten is woken, once, by one sweeper."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from frontdesk.conversations.model import DeliveryState
from frontdesk.conversations.repository import insert_follow_up
from frontdesk.jobs.engine import QUEUE, TaskName, delivery_lock, turn_lock
from frontdesk.jobs.stalled import end_stalled_jobs
from frontdesk.outgoing.repository import insert_endpoint, insert_event, set_endpoint_state
from tests.fakes.patience import until
from tests.integration.desk import Desk
from worker.repository import take_sweep_lock
from worker.sweeps import Sweeper

GRACE = timedelta(seconds=10)


@pytest.fixture
def sweeper(desk: Desk) -> Sweeper:
    return Sweeper(desk.database, desk.app, desk.jobs, desk.handoffs, desk.clock, GRACE, stalled_seconds=15)


async def worker_takes_a_job(desk: Desk, silent_seconds: float) -> int:
    """A worker that fetched a job and was last heard of some time ago; returns its number."""
    worker_id = await desk.app.job_manager.register_worker()
    assert await desk.app.job_manager.fetch_job(queues=[QUEUE], worker_id=worker_id) is not None
    async with desk.database.transaction() as connection:
        await connection.execute(
            text(
                "UPDATE procrastinate_workers SET last_heartbeat = now() - make_interval(secs => :ago) WHERE id = :id"
            ),
            {"ago": silent_seconds, "id": worker_id},
        )
    return worker_id


async def running(desk: Desk) -> int:
    return len(await desk.rows("SELECT id FROM procrastinate_jobs WHERE status = 'doing'"))


async def test_that_a_dead_worker_s_turn_is_ended_and_its_conversation_woken(desk: Desk, sweeper: Sweeper) -> None:
    conversation_id = await desk.says("Hello")
    await worker_takes_a_job(desk, silent_seconds=16)
    desk.clock.advance(seconds=60)
    await sweeper.sweep()
    assert await running(desk) == 0
    assert await desk.waiting(TaskName.TURN) == [turn_lock(conversation_id)]


async def test_that_a_dead_worker_s_turn_behind_which_a_newer_one_waits_is_only_ended(
    desk: Desk, sweeper: Sweeper
) -> None:
    conversation_id = await desk.says("Hello")
    await worker_takes_a_job(desk, silent_seconds=16)
    await desk.says("And?", "m2")
    desk.clock.advance(seconds=60)
    await sweeper.sweep()
    assert await running(desk) == 0
    assert await desk.waiting(TaskName.TURN) == [turn_lock(conversation_id)]


async def test_that_a_job_whose_worker_was_already_struck_off_is_ended_too(desk: Desk, sweeper: Sweeper) -> None:
    await desk.says("Hello")
    worker_id = await worker_takes_a_job(desk, silent_seconds=16)
    await desk.app.job_manager.unregister_worker(worker_id)
    await sweeper.sweep()
    assert await running(desk) == 0


async def test_that_a_living_worker_s_job_is_left_alone(desk: Desk, sweeper: Sweeper) -> None:
    await desk.says("Hello")
    await worker_takes_a_job(desk, silent_seconds=5)
    desk.clock.advance(seconds=60)
    await sweeper.sweep()
    assert await running(desk) == 1
    assert await desk.waiting(TaskName.TURN) == []


async def test_that_two_who_end_the_same_stalled_jobs_do_not_fail(desk: Desk) -> None:
    for number in range(5):
        await desk.says("Hello", f"m{number}", f"c{number}")
        await worker_takes_a_job(desk, silent_seconds=16)
    ended = await asyncio.gather(*(end_stalled_jobs(desk.app, 15) for _ in range(3)))
    assert sum(ended) == 5
    assert await running(desk) == 0


async def test_that_an_unanswered_conversation_without_a_job_is_woken_after_the_grace(
    desk: Desk, sweeper: Sweeper
) -> None:
    conversation_id = await desk.says("Hello")
    await desk.clear_jobs()
    desk.clock.advance(seconds=9)
    await sweeper.sweep()
    assert await desk.waiting(TaskName.TURN) == []
    desk.clock.advance(seconds=1)
    await sweeper.sweep()
    await sweeper.sweep()
    assert await desk.waiting(TaskName.TURN) == [turn_lock(conversation_id)]


@pytest.mark.parametrize("state", ["answered", "human", "closed"])
async def test_that_a_conversation_that_owes_nothing_is_let_be(desk: Desk, sweeper: Sweeper, state: str) -> None:
    conversation_id = await desk.says("Hello")
    match state:
        case "answered":
            await desk.agent_replies(conversation_id, state=DeliveryState.SENT)
        case "human":
            await desk.take_over(conversation_id)
        case _:
            await desk.close(conversation_id)
    await desk.clear_jobs()
    desk.clock.advance(hours=1)
    await sweeper.sweep()
    assert await desk.waiting(TaskName.TURN) == []


async def test_that_due_deliveries_are_woken_and_later_ones_are_not(desk: Desk, sweeper: Sweeper) -> None:
    due = await desk.says("Hello", "m1", "c1")
    interrupted = await desk.says("Hello", "m2", "c2")
    later = await desk.says("Hello", "m3", "c3")
    await desk.agent_replies(due)
    await desk.agent_replies(interrupted, state=DeliveryState.SENDING)
    stored = await desk.agent_replies(later)
    async with desk.database.transaction() as connection:
        await connection.execute(
            text("UPDATE deliveries SET due_at = due_at + interval '1 hour' WHERE id = :id"), {"id": stored.delivery_id}
        )
    await sweeper.sweep()
    await sweeper.sweep()
    assert sorted(await desk.waiting(TaskName.DELIVER)) == sorted([delivery_lock(due), delivery_lock(interrupted)])


async def test_that_a_follow_up_is_woken_when_due_and_never_blocks_a_turn_before(desk: Desk, sweeper: Sweeper) -> None:
    conversation_id = await desk.says("Hello")
    async with desk.database.transaction() as connection:
        await insert_follow_up(connection, conversation_id, 0, desk.clock() + timedelta(hours=24), desk.clock())
    await sweeper.sweep()
    assert await desk.waiting(TaskName.FOLLOW_UP) == []
    assert await desk.waiting(TaskName.TURN) == [turn_lock(conversation_id)]
    desk.clock.advance(hours=24)
    await sweeper.sweep()
    await sweeper.sweep()
    assert await desk.waiting(TaskName.FOLLOW_UP) == [turn_lock(conversation_id)]
    assert await desk.rows("SELECT id FROM procrastinate_jobs WHERE scheduled_at IS NOT NULL") == []


async def event(desk: Desk, endpoint_id: UUID) -> UUID:
    async with desk.database.transaction() as connection:
        return await insert_event(connection, endpoint_id, "conversation.closed", {}, desk.clock())


async def test_that_due_events_are_woken_except_those_of_a_subscriber_that_is_switched_off(
    desk: Desk, sweeper: Sweeper
) -> None:
    async with desk.database.transaction() as connection:
        active = await insert_endpoint(connection, "http://127.0.0.1:9/", b"", (), desk.clock())
        disabled = await insert_endpoint(connection, "http://127.0.0.1:9/", b"", (), desk.clock())
        await set_endpoint_state(connection, disabled, "disabled")
    event_id = await event(desk, active)
    await event(desk, disabled)
    await sweeper.sweep()
    await sweeper.sweep()
    assert await desk.waiting(TaskName.EMIT) == [f"emit:{event_id}"]


async def test_that_an_overdue_hand_off_escalates(desk: Desk, sweeper: Sweeper) -> None:
    await desk.hand_off(await desk.says("Hello"))
    desk.clock.advance(minutes=15)
    await sweeper.sweep()
    assert await desk.scalar("SELECT escalated_at FROM handoffs") == desk.clock()


async def test_that_only_one_sweeps_at_a_time(desk: Desk, sweeper: Sweeper) -> None:
    await desk.says("Hello")
    await desk.clear_jobs()
    desk.clock.advance(minutes=1)
    async with desk.database.transaction() as connection:
        assert await take_sweep_lock(connection)
        await sweeper.sweep()
        assert await desk.waiting(TaskName.TURN) == []
    await asyncio.gather(*(sweeper.sweep() for _ in range(5)))
    assert len(await desk.waiting(TaskName.TURN)) == 1


async def test_that_a_conversation_that_somebody_works_on_is_not_waited_for(desk: Desk, sweeper: Sweeper) -> None:
    busy, idle = await desk.says("Hello", "m1", "c1"), await desk.says("Hello", "m2", "c2")
    await desk.clear_jobs()
    desk.clock.advance(minutes=1)
    async with desk.database.transaction() as connection:
        await connection.execute(text("SELECT 1 FROM conversations WHERE id = :id FOR UPDATE"), {"id": busy})
        async with asyncio.timeout(5):
            await sweeper.sweep()
    assert await desk.waiting(TaskName.TURN) == [turn_lock(idle)]


async def test_that_sweeping_goes_on_until_it_is_stopped(desk: Desk, sweeper: Sweeper) -> None:
    await desk.says("Hello")
    await desk.clear_jobs()
    desk.clock.advance(minutes=1)
    sweeping = asyncio.create_task(sweeper.run(0.05))
    for _ in range(2):
        await until(lambda: desk.waiting(TaskName.TURN), 10)
        await desk.clear_jobs()
    sweeping.cancel()
    await asyncio.wait({sweeping})
    assert sweeping.cancelled()
