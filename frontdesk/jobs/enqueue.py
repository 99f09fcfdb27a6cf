"""Wake a worker from inside the caller's own transaction."""

from uuid import UUID

from procrastinate import App
from procrastinate.exceptions import AlreadyEnqueued
from psycopg import AsyncConnection as DriverConnection
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.jobs.engine import QUEUE, TaskName, delivery_lock, turn_lock

_WAITING = text("SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = :lock AND status = 'todo')")


class JobQueue:
    """Enqueues on the caller's connection, so that a job exists exactly when what it works on is committed.

    The caller holds the conversation's row lock, so a waiting job cannot appear between look and insert.
    A waiting job that is picked up before the caller commits is no loss: a turn re-reads the conversation
    under its lock before it concludes that nothing is to be done.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def wake_turn(self, connection: AsyncConnection, conversation_id: UUID) -> None:
        """Have the conversation's unanswered messages looked at."""
        await self._enqueue(
            connection, TaskName.TURN, turn_lock(conversation_id), {"conversation_id": str(conversation_id)}
        )

    async def wake_delivery(self, connection: AsyncConnection, conversation_id: UUID) -> None:
        """Have the conversation's pending deliveries sent."""
        arguments = {"conversation_id": str(conversation_id)}
        await self._enqueue(connection, TaskName.DELIVER, delivery_lock(conversation_id), arguments)

    async def wake_emission(self, connection: AsyncConnection, event_id: UUID) -> None:
        """Have an outgoing event sent to its subscriber."""
        await self._enqueue(connection, TaskName.EMIT, f"emit:{event_id}", {"event_id": str(event_id)})

    async def wake_follow_up(self, connection: AsyncConnection, conversation_id: UUID, follow_up_id: UUID) -> None:
        """Have a due follow-up carried out, in turn with the conversation's turns."""
        await self._enqueue(
            connection,
            TaskName.FOLLOW_UP,
            turn_lock(conversation_id),
            {"follow_up_id": str(follow_up_id)},
            waiting=f"follow_up:{follow_up_id}",
        )

    async def _enqueue(
        self,
        connection: AsyncConnection,
        task: TaskName,
        lock: str,
        arguments: dict[str, str],
        *,
        waiting: str | None = None,
    ) -> None:
        queueing_lock = waiting or lock
        if await connection.scalar(_WAITING, {"lock": queueing_lock}):
            return
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        assert isinstance(driver, DriverConnection)
        deferrer = self._app.configure_task(
            task.value,
            allow_unknown=True,
            queue=QUEUE,
            lock=lock,
            queueing_lock=queueing_lock,
            connection=driver,
        )
        await deferrer.defer_async(**arguments)


__all__ = ["AlreadyEnqueued", "JobQueue"]
