"""What routes are given: the services, the caller, and one connection for the request."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import HTTPConnection

from api.monitoring.metrics import ApiMetrics
from frontdesk.access.oidc.provider import Provider
from frontdesk.access.people.elsewhere import Admission
from frontdesk.channels.directory import ChannelDirectory
from frontdesk.channels.intake import ChannelIntake
from frontdesk.channels.secret_box import SecretBox
from frontdesk.config import Settings
from frontdesk.db.engine import Database
from frontdesk.handoffs.service import Handoffs
from frontdesk.jobs.enqueue import JobQueue
from frontdesk.playbook.loading import LoadedPlaybook
from knowledge.gaps.answers import KnowledgeGaps
from knowledge.retrieve import Retriever


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where people may sign in besides here, and who of them is let in."""

    provider: Provider
    admission: Admission


@dataclass(frozen=True, slots=True)
class ApiServices:
    """Everything that the routes stand on, built once by the composition root."""

    settings: Settings
    database: Database
    jobs: JobQueue
    handoffs: Handoffs
    playbook: LoadedPlaybook
    channels: ChannelDirectory
    intake: ChannelIntake
    secrets: SecretBox
    retriever: Retriever
    gaps: KnowledgeGaps
    clock: Callable[[], datetime]
    """The time now, with its zone."""
    elsewhere: Elsewhere | None = None
    metrics: ApiMetrics = field(default_factory=ApiMetrics)

    @property
    def today(self) -> date:
        """The day that it is at the business."""
        return self.clock().astimezone(self.playbook.playbook.business.zone).date()


async def services_of(connection: HTTPConnection) -> ApiServices:
    """The services of the app that serves this request."""
    services: ApiServices = connection.app.state.services
    return services


Services = Annotated[ApiServices, Depends(services_of)]


async def _writing(services: Services) -> AsyncIterator[AsyncConnection]:
    async with services.database.transaction() as connection:
        yield connection


async def _reading(services: Services) -> AsyncIterator[AsyncConnection]:
    async with services.database.reading() as connection:
        yield connection


# Scope "function": the transaction commits before the answer leaves, so that nobody is told of what is not stored.
Writing = Annotated[AsyncConnection, Depends(_writing, scope="function")]
"""A connection in the request's one transaction."""
Reading = Annotated[AsyncConnection, Depends(_reading, scope="function")]
"""A connection for reads."""
