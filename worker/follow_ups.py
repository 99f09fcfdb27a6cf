"""Carry out a rung of the silence ladder: a reminder, or only the rules on how long it has been silent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.repository import load_snapshot
from agent.silence import reminder, step_at
from frontdesk.channels.adapters import ADAPTERS
from frontdesk.channels.contract import ChannelKind
from frontdesk.conversations import repository as conversations
from frontdesk.conversations.model import FollowUpState, Mode, Snapshot
from frontdesk.conversations.unprompted import send_unprompted
from frontdesk.db.engine import Database
from frontdesk.jobs.enqueue import JobQueue
from frontdesk.lifecycle.moves import rule_moves
from frontdesk.lifecycle.occasion import Occasion
from frontdesk.lifecycle.service import record_moves
from frontdesk.playbook.loading import LoadedPlaybook
from frontdesk.playbook.models import FollowUp
from frontdesk.playbook.scalars import text_in
from worker import repository
from worker.repository import DueFollowUp


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Carries out due follow-ups, each in one transaction."""

    database: Database
    jobs: JobQueue
    playbook: LoadedPlaybook
    clock: Callable[[], datetime]

    async def carry_out(self, follow_up_id: UUID) -> None:
        """Remind the contact if that is still right, move the stage if silence demands it, climb on."""
        async with self.database.transaction() as connection:
            conversation_id = await repository.conversation_of_follow_up(connection, follow_up_id)
            if conversation_id is None:
                return
            mode = await repository.lock_mode(connection, conversation_id)
            due = await repository.lock_follow_up(connection, follow_up_id)
            if due is None:
                return
            if mode is not Mode.AGENT:
                await repository.end_follow_up(connection, due.id, FollowUpState.CANCELLED)
                return
            snapshot = await load_snapshot(connection, due.conversation_id, self.playbook.playbook, self.clock())
            if snapshot is None or snapshot.has_work or snapshot.contact.opted_out:
                await repository.end_follow_up(connection, due.id, FollowUpState.CANCELLED)
                return
            sent = await self._remind(connection, due, snapshot)
            await repository.end_follow_up(connection, due.id, FollowUpState.SENT if sent else FollowUpState.PASSED)
            await self._apply_rules(connection, snapshot)
            await self._climb(connection, due)

    async def _remind(self, connection: AsyncConnection, due: DueFollowUp, snapshot: Snapshot) -> bool:
        rung = reminder(self.playbook.playbook, due.step)
        playbook = self.playbook.playbook
        language = snapshot.language or playbook.business.default_language
        form = self._form(rung, snapshot) if rung is not None else None
        if rung is None or form is None:
            return False
        text = text_in(rung.text, language, playbook.business.default_language)
        attributes = {"follow_up": due.step, "language": language, **form}
        await send_unprompted(
            connection, snapshot, text, attributes, epoch=snapshot.epoch, jobs=self.jobs, now=self.clock()
        )
        return True

    def _form(self, rung: FollowUp, snapshot: Snapshot) -> Mapping[str, JsonValue] | None:
        """How the channel takes the reminder: as free text within its window, after that as its approved template."""
        adapter = ADAPTERS[ChannelKind(snapshot.channel_kind)]
        if adapter.takes_free_text(snapshot.inbound_at, self.clock()):
            return {}
        return {"template": rung.template} if rung.template and adapter.takes_templates else None

    async def _apply_rules(self, connection: AsyncConnection, snapshot: Snapshot) -> None:
        moves = rule_moves(snapshot.facts, self.playbook.playbook)
        occasion = Occasion(snapshot.contact_id, snapshot.conversation_id, self.clock())
        await record_moves(connection, self.jobs, moves, occasion, self.playbook.version)

    async def _climb(self, connection: AsyncConnection, due: DueFollowUp) -> None:
        """Schedule the next rung; it keeps its distance from a reminder that opening hours or the contact put off."""
        rung = reminder(self.playbook.playbook, due.step)
        wrote_at = max(due.created_at, self.clock() - rung.after_silence) if rung is not None else due.created_at
        step = step_at(self.playbook.playbook, due.step + 1, wrote_at)
        if step is not None:
            await conversations.insert_follow_up(connection, due.conversation_id, step.number, step.due_at, wrote_at)
