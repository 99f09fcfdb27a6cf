"""The job engine as we use it: one job of a conversation at a time, in order, and one waiting."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from procrastinate import App
from sqlalchemy import text

from frontdesk.ids import new_id
from frontdesk.jobs.engine import QUEUE, TaskName, turn_lock
from tests.fakes.patience import until
from tests.integration.desk import Desk
from worker.app import POLL_SECONDS


@asynccontextmanager
async def working(app: App, workers: int = 1, concurrency: int = 20) -> AsyncIterator[None]:
    """Workers that run meanwhile."""
    tasks = [
        asyncio.create_task(
            app.run_worker_async(
                queues=[QUEUE],
                concurrency=concurrency,
                fetch_job_polling_interval=POLL_SECONDS,
                install_signal_handlers=False,
                delete_jobs="always",
            )
        )
        for _ in range(workers)
    ]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


async def test_that_jobs_of_one_conversation_run_one_by_one_and_in_order(desk: Desk) -> None:
    keys, each = [str(new_id()) for _ in range(50)], 4
    ran: dict[str, list[int]] = defaultdict(list)
    busy: set[str] = set()
    overlaps: list[str] = []

    async def turn(key: str, number: int) -> None:
        if key in busy:
            overlaps.append(key)
        busy.add(key)
        await asyncio.sleep(0.01)
        ran[key].append(number)
        busy.discard(key)

    task = desk.app.task(name=TaskName.TURN, queue=QUEUE)(turn)
    for number in range(each):
        for key in keys:
            await task.configure(lock=f"turn:{key}").defer_async(key=key, number=number)
    async with working(desk.app, workers=2):
        await until(lambda: sum(map(len, ran.values())) == len(keys) * each)
    assert overlaps == []
    assert all(ran[key] == list(range(each)) for key in keys)


async def test_that_messages_during_a_turn_leave_one_job_waiting_which_runs_next(desk: Desk) -> None:
    started, release = asyncio.Event(), asyncio.Event()
    turns: list[str] = []

    async def turn(conversation_id: str) -> None:
        turns.append(conversation_id)
        started.set()
        await release.wait()

    desk.app.task(name=TaskName.TURN, queue=QUEUE)(turn)
    conversation_id = await desk.says("Hello")
    async with working(desk.app):
        await asyncio.wait_for(started.wait(), 30)
        for number in range(5):
            await desk.says("and", f"more-{number}")
        assert await desk.waiting(TaskName.TURN) == [turn_lock(conversation_id)]
        assert turns == [str(conversation_id)]
        release.set()
        await until(lambda: len(turns) == 2)
    assert await desk.rows("SELECT id FROM procrastinate_jobs") == []


async def test_that_a_slow_conversation_holds_up_no_other(desk: Desk) -> None:
    release = asyncio.Event()
    done: list[str] = []
    slow = await desk.says("Hello", "m0", "slow")

    async def turn(conversation_id: str) -> None:
        if conversation_id == str(slow):
            await release.wait()
        done.append(conversation_id)

    desk.app.task(name=TaskName.TURN, queue=QUEUE)(turn)
    others = [str(await desk.says("Hello", f"m{number}", f"c{number}")) for number in range(1, 6)]
    async with working(desk.app):
        await until(lambda: len(done) == 5)
        assert sorted(done) == sorted(others)
        release.set()
        await until(lambda: len(done) == 6)


async def test_that_a_job_exists_exactly_when_what_it_works_on_is_committed(desk: Desk) -> None:
    conversation_id = await desk.says("Hello")
    await desk.clear_jobs()
    connection = await desk.database.engine.connect()
    await connection.begin()
    await desk.jobs.wake_turn(connection, conversation_id)
    assert await desk.waiting(TaskName.TURN) == []
    await connection.rollback()
    assert await desk.waiting(TaskName.TURN) == []
    await connection.begin()
    await desk.jobs.wake_turn(connection, conversation_id)
    await connection.execute(text("SELECT 1"))
    await connection.commit()
    await connection.close()
    assert await desk.waiting(TaskName.TURN) == [turn_lock(conversation_id)]


async def test_that_waking_twice_in_one_transaction_is_waking_once(desk: Desk) -> None:
    conversation_id = await desk.says("Hello")
    async with desk.database.transaction() as connection:
        await desk.jobs.wake_turn(connection, conversation_id)
        await desk.jobs.wake_delivery(connection, conversation_id)
        await desk.jobs.wake_delivery(connection, conversation_id)
    assert len(await desk.waiting(TaskName.TURN)) == 1
    assert len(await desk.waiting(TaskName.DELIVER)) == 1
