"""The worker as a whole: each kind of job reaches its service, and stopping lets running work finish."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import cast
from uuid import UUID

import aiohttp
import pytest

from agent.turn import TurnOutcome, TurnReport, TurnRunner
from frontdesk.channels.delivery import Deliverer
from frontdesk.config import Settings
from frontdesk.contacts.matching import ContactMatching
from frontdesk.conversations.model import DeliveryState
from frontdesk.outgoing.repository import insert_endpoint
from frontdesk.reports.figures.keeping import FiguresKeeping
from knowledge.embedding import UseEmbedder
from knowledge.embedding.models import EmbeddingModels
from knowledge.gaps.grouping import GapGrouping
from knowledge.ingest import Ingest
from knowledge.reading_ahead import ReadingAhead
from knowledge.reembed import Reembedding
from knowledge.retrieve import Retriever
from knowledge.sources.opening import SourceLimits
from tests.fakes.channel_server import ChannelServer
from tests.fakes.patience import until
from tests.integration.desk import SECRET, Desk, loaded
from worker.app import WorkerServices, register_tasks, run_worker
from worker.emissions import Emitter
from worker.follow_ups import FollowUps
from worker.ingestion import Ingestion
from worker.sweeps import Sweeper


@dataclass
class Echoing:
    """Stands in for the agent: answers each conversation with one sentence."""

    desk: Desk
    asked: list[UUID] = field(default_factory=list)
    hold: asyncio.Event | None = None

    async def run(self, conversation_id: UUID) -> TurnReport:
        self.asked.append(conversation_id)
        if self.hold is not None:
            await self.hold.wait()
        stored = await self.desk.agent_replies(conversation_id, "An answer", state=DeliveryState.SENDING)
        return TurnReport(TurnOutcome.REPLIED, stored.delivery_id)


@dataclass
class Worker:
    """A worker that the test starts and stops."""

    desk: Desk
    services: WorkerServices
    settings: Settings
    runner: Echoing

    def start(self) -> asyncio.Task[None]:
        return asyncio.create_task(run_worker(self.desk.app, self.services, self.settings))


@pytest.fixture
def worker(desk: Desk, http: aiohttp.ClientSession, tmp_path: Path) -> Worker:
    runner, playbook = Echoing(desk), loaded()
    models = EmbeddingModels(desk.database, UseEmbedder())
    services = WorkerServices(
        runner=cast(TurnRunner, runner),
        deliverer=Deliverer(desk.database, desk.directory, http, desk.clock, timedelta(seconds=30)),
        follow_ups=FollowUps(desk.database, desk.jobs, playbook, desk.clock),
        emitter=Emitter(desk.database, desk.box, http, desk.clock),
        sweeper=Sweeper(desk.database, desk.app, desk.jobs, desk.handoffs, desk.clock, timedelta(seconds=10), 15),
        ingestion=Ingestion(desk.database, Ingest(desk.database, models, ["en"]), SourceLimits(), desk.clock),
        reembedding=Reembedding(desk.database, models, desk.clock),
        reading_ahead=ReadingAhead(Retriever(desk.database, models)),
        grouping=GapGrouping(desk.database, UseEmbedder()),
        matching=ContactMatching(desk.database, desk.playbook.playbook, desk.clock),
        figures=FiguresKeeping(desk.database),
    )
    register_tasks(desk.app, services)
    settings = Settings(FRONTDESK_DATA_DIR=tmp_path, FRONTDESK_SWEEP_SECONDS=0.1, FRONTDESK_WORKER_CONCURRENCY=10)
    return Worker(desk, services, settings, runner)


async def no_job_is_left(desk: Desk) -> bool:
    return not await desk.rows("SELECT id FROM procrastinate_jobs")


async def stop(running: asyncio.Task[None]) -> None:
    running.cancel()
    await asyncio.wait({running}, timeout=30)
    assert running.done()


async def test_that_messages_are_answered_people_s_words_delivered_and_events_told(
    desk: Desk, worker: Worker, server: ChannelServer
) -> None:
    async with desk.database.transaction() as connection:
        sealed = desk.box.seal(SECRET.encode())
        await insert_endpoint(connection, f"{server.url}/events", sealed, ("conversation.taken_over",), desk.clock())
    running = worker.start()
    conversation_id = await desk.says("Hello")
    await until(lambda: len(server.requests) == 1)
    await desk.take_over(conversation_id)
    await desk.person_writes(conversation_id, "I am Ada")
    await until(lambda: len(server.requests) == 3)
    await until(lambda: no_job_is_left(desk))
    await stop(running)
    assert worker.runner.asked == [conversation_id]
    sent = sorted((request.path, str(request.json["type"])) for request in server.requests)
    assert sent == [("/events", "conversation.taken_over"), ("/hook", "message.send"), ("/hook", "message.send")]


async def test_that_the_sweep_of_a_running_worker_answers_what_was_forgotten(
    desk: Desk, worker: Worker, server: ChannelServer
) -> None:
    conversation_id = await desk.says("Hello")
    await desk.clear_jobs()
    desk.clock.advance(minutes=1)
    running = worker.start()
    await until(lambda: len(server.requests) == 1)
    await stop(running)
    assert worker.runner.asked == [conversation_id]


async def test_that_a_worker_that_stops_finishes_its_turn(desk: Desk, worker: Worker, server: ChannelServer) -> None:
    worker.runner.hold = asyncio.Event()
    await desk.says("Hello")
    running = worker.start()
    await until(lambda: bool(worker.runner.asked))
    running.cancel()
    await asyncio.sleep(0.2)
    worker.runner.hold.set()
    await asyncio.wait({running}, timeout=30)
    assert server.texts == ["An answer"]
    assert await desk.scalar("SELECT state FROM deliveries") == "sent"
