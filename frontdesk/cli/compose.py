"""Put the service together: the one place where settings become objects."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.request import getproxies

import aiohttp
from fastapi import FastAPI
from procrastinate import App

from agent.brains.fallback import FallbackBrain
from agent.brains.offline.brain import OfflineBrain
from agent.brains.openai import OpenAIBrain
from agent.brains.protocol import Brain
from agent.commit import TurnCommit
from agent.spending import DailySpending
from agent.turn import TurnRunner
from api.app import create_app
from api.deps import ApiServices
from frontdesk.channels.adapters import ADAPTERS
from frontdesk.channels.contract import ChannelKind
from frontdesk.channels.delivery import Deliverer
from frontdesk.channels.directory import ChannelDirectory
from frontdesk.channels.intake import ChannelIntake
from frontdesk.channels.secret_box import SecretBox
from frontdesk.cli.embeddings import embedding_models
from frontdesk.cli.installation import now, secret_box
from frontdesk.cli.sign_in_elsewhere import sign_in_elsewhere
from frontdesk.config import Settings
from frontdesk.contacts.matching import ContactMatching
from frontdesk.conversations.arrival.inbound import Newcomer
from frontdesk.conversations.intake import Intake
from frontdesk.db.engine import Database, open_database
from frontdesk.handoffs.service import Handoffs
from frontdesk.jobs.engine import job_engine
from frontdesk.jobs.enqueue import JobQueue
from frontdesk.language.detect import detect_language
from frontdesk.lifecycle.moves import start_move
from frontdesk.lifecycle.playbook_versions import note_use
from frontdesk.outgoing.mail import MailSecurity, MailServer
from frontdesk.playbook.loading import LoadedPlaybook
from frontdesk.playbook.models import Playbook
from frontdesk.reports.figures.keeping import FiguresKeeping
from knowledge.embedding import Embedder, UseEmbedder
from knowledge.embedding.models import EmbeddingModels
from knowledge.gaps.answers import KnowledgeGaps
from knowledge.gaps.grouping import GapGrouping
from knowledge.ingest import Ingest
from knowledge.reading_ahead import ReadingAhead
from knowledge.reembed import Reembedding
from knowledge.retrieve import Retriever
from knowledge.sources.opening import source_limits
from worker.app import WorkerServices
from worker.emissions import Emitter, Notifying
from worker.follow_ups import FollowUps
from worker.ingestion import Ingestion
from worker.metrics import observe_delivery
from worker.sweeps import Sweeper

SEND_SECONDS = 15.0
"""For a whole request to a channel or a subscriber; a third of it for the connection."""
_SWEEP_GRACE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Core:
    """What API, worker and commands share."""

    settings: Settings
    playbook: LoadedPlaybook
    database: Database
    messages: Database
    """Pools of their own for what is done for each message: a few statements that find single rows."""
    app: App
    jobs: JobQueue
    box: SecretBox
    channels: ChannelDirectory
    handoffs: Handoffs
    intake: ChannelIntake
    embedder: Embedder
    """The package's own model, for the offline brain."""
    models: EmbeddingModels
    retriever: Retriever
    grouping: GapGrouping


@asynccontextmanager
async def core(settings: Settings, playbook: LoadedPlaybook, url: str) -> AsyncIterator[Core]:
    """Open the pools and build the services on them."""
    half = settings.database_pool // 2
    database = open_database(url, pool_size=half)
    messages = open_database(url, pool_size=half, plans_once=True)
    app = job_engine(url)
    box = secret_box(settings)
    jobs = JobQueue()
    newcomer = Newcomer(start_move(playbook.playbook), playbook.version, playbook.playbook.contacts.merge)
    embedder = UseEmbedder()
    models = embedding_models(settings, database, embedder)
    try:
        async with app.open_async():
            async with database.transaction() as connection:
                await note_use(connection, playbook, now())
            yield Core(
                settings=settings,
                playbook=playbook,
                database=database,
                messages=messages,
                app=app,
                jobs=jobs,
                box=box,
                channels=ChannelDirectory(messages, box),
                handoffs=Handoffs(jobs, playbook.playbook),
                intake=ChannelIntake(messages, Intake(jobs, newcomer)),
                embedder=embedder,
                models=models,
                retriever=Retriever(database, models),
                grouping=GapGrouping(database, embedder),
            )
    finally:
        await models.close()
        await messages.close()
        await database.close()


async def _warm(offline: OfflineBrain, playbook: Playbook) -> None:
    """Load the models (over a second) before the first contact waits for them."""
    await offline.prepare(playbook)
    await asyncio.to_thread(detect_language, playbook.business.name, playbook.business.languages)


@asynccontextmanager
async def brain(core: Core, clock: Callable[[], datetime] = now) -> AsyncIterator[Brain]:
    """The brain that the settings ask for: a model with the offline brain behind it, or the offline brain alone."""
    offline = OfflineBrain(core.embedder, core.retriever.reranker)
    await _warm(offline, core.playbook.playbook)
    if not core.settings.uses_model:
        yield offline
        return
    settings = core.settings
    model = OpenAIBrain(
        base_url=settings.openai_base_url,
        api_key=settings.openai_api_key.get_secret_value() if settings.openai_api_key else "",
        model=settings.openai_model,
        fallback_model=settings.openai_fallback_model,
        timeout=settings.openai_timeout,
        spending=DailySpending(core.database, core.playbook.playbook.business.zone, clock),
    )
    try:
        yield FallbackBrain(model, offline)
    finally:
        await model.close()


def text_limit(kind: str) -> int:
    """The longest text that a kind of channel takes."""
    return ADAPTERS[ChannelKind(kind)].text_limit


def turn_runner(core: Core, chosen: Brain, clock: Callable[[], datetime] = now) -> TurnRunner:
    """What answers conversations."""
    return TurnRunner(
        database=core.messages,
        commit=TurnCommit(core.jobs, core.handoffs, core.playbook, unknown_after(core.settings)),
        brain=chosen,
        knowledge=_recalling(core),
        clock=clock,
        text_limit=text_limit,
    )


def _recalling(core: Core) -> Retriever:
    """Retrieval for turns. A language model judges passages itself; a second opinion would cost more than it tells."""
    return replace(core.retriever, reranker=None) if core.settings.uses_model else core.retriever


def unknown_after(settings: Settings) -> timedelta:
    """When a delivery that is still being sent counts as interrupted: after its own time-out and the channel's time."""
    return timedelta(seconds=settings.reconcile_seconds) + timedelta(seconds=SEND_SECONDS)


def notifying(settings: Settings) -> Notifying:
    """How people are told of hand-offs outside the inbox."""
    mail = None
    if settings.smtp_host and settings.smtp_from:
        mail = MailServer(
            host=settings.smtp_host,
            port=settings.smtp_port,
            sender=settings.smtp_from,
            security=MailSecurity(settings.smtp_security),
            username=settings.smtp_username,
            password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
            timeout=SEND_SECONDS,
        )
    slack = settings.slack_webhook_url.get_secret_value() if settings.slack_webhook_url else None
    return Notifying(mail, slack, settings.public_url)


def http_session() -> aiohttp.ClientSession:
    """For channels and subscribers: no cookies, since no answer may change the next request.

    The environment's proxies are used. Where it names none, the client need not look there before every request, which
    it does in a thread, twice.
    """
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=SEND_SECONDS, connect=SEND_SECONDS / 3),
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=bool(getproxies()),
    )


def ingest(core: Core) -> Ingest:
    """What brings sources up to date."""
    return Ingest(core.database, core.models, core.playbook.playbook.business.languages)


@asynccontextmanager
async def worker_services(core: Core) -> AsyncIterator[WorkerServices]:
    """Everything that jobs call."""
    async with brain(core) as chosen, http_session() as http:
        yield WorkerServices(
            runner=turn_runner(core, chosen),
            deliverer=Deliverer(
                core.messages, core.channels, http, now, unknown_after(core.settings), observe_delivery
            ),
            follow_ups=FollowUps(core.database, core.jobs, core.playbook, now),
            emitter=Emitter(core.database, core.box, http, now, notifying(core.settings)),
            sweeper=Sweeper(
                core.database,
                core.app,
                core.jobs,
                core.handoffs,
                now,
                core.playbook.playbook.limits.quiet_window_cap + _SWEEP_GRACE,
                core.settings.stalled_seconds,
            ),
            ingestion=Ingestion(core.database, ingest(core), source_limits(core.settings), now),
            reembedding=Reembedding(core.database, core.models, now),
            reading_ahead=ReadingAhead(_recalling(core)),
            grouping=core.grouping,
            matching=ContactMatching(core.database, core.playbook.playbook, now),
            figures=FiguresKeeping(core.database),
        )


def http_app(core: Core) -> FastAPI:
    """The API, the web chat included."""
    return create_app(
        ApiServices(
            settings=core.settings,
            database=core.database,
            jobs=core.jobs,
            handoffs=core.handoffs,
            playbook=core.playbook,
            channels=core.channels,
            intake=core.intake,
            secrets=core.box,
            retriever=core.retriever,
            gaps=KnowledgeGaps(core.database, core.models, core.grouping, core.playbook.playbook.business.languages),
            clock=now,
            elsewhere=sign_in_elsewhere(core.settings),
        )
    )
