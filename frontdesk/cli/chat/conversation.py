"""A conversation in the terminal, on the real path: stored, answered by a turn, and read back from the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from rich.console import Console
from sqlalchemy.ext.asyncio import AsyncConnection

from api.records import repository as records
from frontdesk.channels.contract import ChannelAccount, ChannelKind, MessageKind, MessageReceived, Person
from frontdesk.channels.intake import ChannelIntake
from frontdesk.cli.channels.connecting import connected
from frontdesk.cli.chat.view import ChatView, Progress
from frontdesk.cli.compose import Core, core, worker_services
from frontdesk.cli.database import database_url, readable_errors
from frontdesk.cli.installation import now
from frontdesk.config import Settings
from frontdesk.conversations.arrival.inbound import Newcomer
from frontdesk.conversations.intake import Intake
from frontdesk.conversations.model import Direction
from frontdesk.ids import new_id
from frontdesk.jobs.enqueue import JobQueue
from frontdesk.lifecycle.moves import start_move
from frontdesk.playbook.loading import LoadedPlaybook, load_playbook
from worker.app import WorkerServices

_CHANNEL = "terminal"
_MOST_MESSAGES = 50


def run_chat(settings: Settings, *, with_trace: bool) -> None:
    """Talk until the input ends."""
    playbook = without_quiet_window(load_playbook(settings.playbook))
    with database_url(settings) as url, readable_errors():
        asyncio.run(_talk(settings, playbook, url, with_trace))


def without_quiet_window(loaded: LoadedPlaybook) -> LoadedPlaybook:
    """The same playbook, answering at once: a line is a whole message here."""
    limits = loaded.playbook.limits.model_copy(update={"quiet_window": timedelta()})
    return replace(loaded, playbook=loaded.playbook.model_copy(update={"limits": limits}))


async def _talk(settings: Settings, playbook: LoadedPlaybook, url: str, with_trace: bool) -> None:
    view = ChatView(Console(highlight=False), playbook.playbook, with_trace)
    async with _opened(settings, playbook, url) as chat:
        view.greet()
        # Asking blocks the loop, which has nothing else to do meanwhile.
        while (text := view.ask()) is not None:
            with view.thinking():
                progress = await chat.say(text)
            view.show(progress)


@asynccontextmanager
async def _opened(settings: Settings, playbook: LoadedPlaybook, url: str) -> AsyncIterator["TerminalChat"]:
    async with core(settings, playbook, url) as built, worker_services(built) as services:
        account = await connected(built.database, built.box, ChannelKind.WEBCHAT, _CHANNEL, {}, now())
        newcomer = Newcomer(start_move(playbook.playbook), playbook.version)
        intake = ChannelIntake(built.database, Intake(_OwnTurns(), newcomer))
        yield TerminalChat(built, services, account, intake, f"terminal-{new_id().hex}")


class _OwnTurns(JobQueue):
    """Leaves turns to this process, which runs each one itself."""

    async def wake_turn(self, connection: AsyncConnection, conversation_id: UUID) -> None:
        """Wake nobody."""


@dataclass(slots=True)
class TerminalChat:
    """One contact's conversation."""

    built: Core
    services: WorkerServices
    account: ChannelAccount
    intake: ChannelIntake
    visitor: str
    _shown: int = 0
    """The number of the newest message that was shown."""

    async def say(self, text: str) -> Progress:
        """Take in a message, answer it, and return what came of it."""
        at = now()
        message = MessageReceived(new_id().hex, Person((self.visitor,)), MessageKind.TEXT, text, at)
        [receipt] = await self.intake.take_in_events(self.account, [message], at)
        assert receipt.conversation_id is not None
        report = await self.services.runner.run(receipt.conversation_id)
        if report.delivery_id is not None:
            await self.services.deliverer.send_marked(report.delivery_id)
        return await self._read(receipt.conversation_id, report.record.id if report.record else None)

    async def _read(self, conversation_id: UUID, turn_id: UUID | None) -> Progress:
        async with self.built.database.reading() as connection:
            summary = await records.get_summary(connection, conversation_id)
            assert summary is not None
            messages = await records.list_messages(connection, conversation_id, None, _MOST_MESSAGES)
            answers = await records.list_answers(connection, summary.contact.id)
            moves = await records.list_stage_events(connection, summary.contact.id)
            turns = await records.list_turns(connection, conversation_id)
        new = [one for one in reversed(messages) if one.seq > self._shown and one.direction is Direction.OUTBOUND]
        self._shown = max((one.seq for one in messages), default=0)
        return Progress(
            conversation=summary,
            messages=new,
            answers=[one for one in answers if turn_id and one.turn_id == turn_id],
            moves=[one for one in moves if turn_id and one.turn_id == turn_id],
            turn=next((one for one in turns if one.id == turn_id), None),
        )
