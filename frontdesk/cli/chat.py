"""A conversation in the terminal, on the real path: stored, answered by a turn, and read back from the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from rich.console import Console
from sqlalchemy.ext.asyncio import AsyncConnection

from api.rest import repository as records
from frontdesk.channels import repository
from frontdesk.channels.contract import ChannelAccount, ChannelKind, MessageKind, MessageReceived, Person
from frontdesk.channels.directory import open_account
from frontdesk.channels.intake import ChannelIntake
from frontdesk.cli import connecting
from frontdesk.cli.chat_view import ChatView, Progress
from frontdesk.cli.compose import Core, core, worker_services
from frontdesk.cli.connecting import NewChannel
from frontdesk.cli.database import database_url, readable_errors
from frontdesk.cli.installation import now
from frontdesk.config import Settings
from frontdesk.conversations.intake import Intake, Newcomer
from frontdesk.conversations.model import Direction
from frontdesk.ids import new_id
from frontdesk.jobs.enqueue import JobQueue
from frontdesk.lifecycle.moves import start_move
from frontdesk.playbook.loading import LoadedPlaybook, load_playbook
from worker.app import WorkerServices

CHANNEL = "terminal"


def run_chat(settings: Settings, *, with_trace: bool) -> None:
    """Talk until the input ends."""
    playbook = without_quiet_window(load_playbook(settings.playbook))
    with database_url(settings) as url, readable_errors():
        asyncio.run(_talk(settings, playbook, url, with_trace))


def without_quiet_window(loaded: LoadedPlaybook) -> LoadedPlaybook:
    """The same playbook, answering at once: nobody types in bursts here."""
    limits = loaded.playbook.limits.model_copy(update={"quiet_window": timedelta()})
    return replace(loaded, playbook=loaded.playbook.model_copy(update={"limits": limits}))


async def _talk(settings: Settings, playbook: LoadedPlaybook, url: str, with_trace: bool) -> None:
    console = Console(highlight=False)
    view = ChatView(console, playbook.playbook, with_trace)
    async with _opened(settings, playbook, url, console) as chat:
        view.greet()
        while (text := await asyncio.to_thread(view.ask)) is not None:
            with view.thinking():
                progress = await chat.say(text)
            view.show(progress)


@asynccontextmanager
async def _opened(
    settings: Settings, playbook: LoadedPlaybook, url: str, console: Console
) -> AsyncIterator["TerminalChat"]:
    with console.status("Starting"):
        built = core(settings, playbook, url)
        running = await built.__aenter__()
    yield  # type: ignore[misc]
