"""The process that runs jobs: turns, deliveries, follow-ups, outgoing events and ingests."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

import structlog
from procrastinate import App

from agent.turn import TurnRunner
from frontdesk.channels.delivery import Deliverer
from frontdesk.config import Settings
from frontdesk.contacts.matching import ContactMatching
from frontdesk.jobs.engine import QUEUE, TaskName
from frontdesk.reports.figures.keeping import FiguresKeeping
from knowledge.gaps.grouping import GapGrouping
from knowledge.reading_ahead import ReadingAhead
from knowledge.reembed import Reembedding
from worker.emissions import Emitter
from worker.follow_ups import FollowUps
from worker.ingestion import Ingestion
from worker.metrics import observe_turn
from worker.sweeps import Sweeper

POLL_SECONDS = 0.1
"""Finishing a job wakes nobody for the next one of the same lock; the poll does."""

HEARTBEAT_SECONDS = 5.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WorkerServices:
    """What the tasks call."""

    runner: TurnRunner
    deliverer: Deliverer
    follow_ups: FollowUps
    emitter: Emitter
    sweeper: Sweeper
    ingestion: Ingestion
    reembedding: Reembedding
    reading_ahead: ReadingAhead
    grouping: GapGrouping
    matching: ContactMatching
    figures: FiguresKeeping


def register_tasks(app: App, services: WorkerServices) -> None:
    """Give each kind of job its function."""

    async def turn(conversation_id: str) -> None:
        report = await services.runner.run(UUID(conversation_id))
        if report.record is not None:
            observe_turn(report.outcome, report.record)
        if report.delivery_id is not None:
            await services.deliverer.send_marked(report.delivery_id)

    async def deliver(conversation_id: str) -> None:
        await services.deliverer.send_due(UUID(conversation_id))

    async def follow_up(follow_up_id: str) -> None:
        await services.follow_ups.carry_out(UUID(follow_up_id))

    async def emit(event_id: str) -> None:
        await services.emitter.send(UUID(event_id))

    async def ingest(source_id: str) -> None:
        await services.ingestion.carry_out(UUID(source_id))

    app.task(name=TaskName.TURN, queue=QUEUE)(turn)
    app.task(name=TaskName.DELIVER, queue=QUEUE)(deliver)
    app.task(name=TaskName.FOLLOW_UP, queue=QUEUE)(follow_up)
    app.task(name=TaskName.EMIT, queue=QUEUE)(emit)
    app.task(name=TaskName.INGEST, queue=QUEUE)(ingest)


async def run_worker(app: App, services: WorkerServices, settings: Settings) -> None:
    """Run jobs until cancelled; running ones are finished first."""
    beside = {
        asyncio.create_task(services.sweeper.run(settings.sweep_seconds), name="sweeper"),
        asyncio.create_task(services.reembedding.run(settings.sweep_seconds), name="reembedding"),
        asyncio.create_task(services.reading_ahead.run(settings.sweep_seconds), name="reading ahead"),
        asyncio.create_task(services.grouping.run(settings.sweep_seconds), name="grouping"),
        asyncio.create_task(services.matching.run(), name="matching"),
        asyncio.create_task(services.figures.run(), name="figures"),
    }
    try:
        await app.run_worker_async(
            queues=[QUEUE],
            concurrency=settings.worker_concurrency,
            fetch_job_polling_interval=POLL_SECONDS,
            delete_jobs="always",
            install_signal_handlers=False,
            update_heartbeat_interval=min(HEARTBEAT_SECONDS, settings.stalled_seconds / 3),
            stalled_worker_timeout=settings.stalled_seconds,
            shutdown_graceful_timeout=10,
        )
    finally:
        for task in beside:
            task.cancel()
        await asyncio.wait(beside)
