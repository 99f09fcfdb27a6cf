"""Commit a turn: everything that its draft holds, in one transaction, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.repository import Passed, TurnRecord, insert_turn, pass_fence
from agent.silence import first_step
from frontdesk.contacts.repository import set_opted_out
from frontdesk.conversations import repository as conversations
from frontdesk.conversations.draft import Reply, TurnDraft
from frontdesk.conversations.learned.repository import insert_answers, insert_intents
from frontdesk.conversations.model import Author, DeliveryState, Mode, Snapshot
from frontdesk.conversations.repository import Outbound
from frontdesk.handoffs.repository import NewHandoff
from frontdesk.handoffs.service import Handoffs
from frontdesk.jobs.enqueue import JobQueue
from frontdesk.lifecycle.moves import Cause
from frontdesk.lifecycle.occasion import Occasion
from frontdesk.lifecycle.service import record_moves
from frontdesk.playbook.loading import LoadedPlaybook
from knowledge.gaps.repository import insert_questions


@dataclass(frozen=True, slots=True)
class Committed:
    """What the commit left to do: a delivery to send at once, and newer messages that wait."""

    delivery_id: UUID | None
    overtaken: bool


@dataclass(frozen=True, slots=True)
class TurnCommit:
    """Writes drafts; the caller opens the transaction."""

    jobs: JobQueue
    handoffs: Handoffs
    playbook: LoadedPlaybook
    unknown_after: timedelta
    """A delivery still marked as sending after this long has an unknown outcome."""

    async def write(
        self,
        connection: AsyncConnection,
        snapshot: Snapshot,
        draft: TurnDraft,
        record: TurnRecord,
        *,
        allow_newer: bool,
    ) -> Committed | None:
        """Write the draft if the conversation still stands as the snapshot shows; None: nothing was written."""
        passed = await pass_fence(
            connection,
            snapshot,
            allow_newer=allow_newer,
            moves=bool(draft.moves),
            values=_conversation_values(snapshot, draft, record),
        )
        if passed is None:
            return None
        await insert_turn(connection, record, snapshot)
        delivery_id = await self._write_reply(connection, snapshot, draft, record, passed)
        await self._write_facts(connection, snapshot, draft, record)
        await self._write_next_steps(connection, snapshot, draft, record)
        if passed.overtaken:
            await self.jobs.wake_turn(connection, snapshot.conversation_id)
        return Committed(delivery_id, passed.overtaken)

    async def _write_reply(
        self,
        connection: AsyncConnection,
        snapshot: Snapshot,
        draft: TurnDraft,
        record: TurnRecord,
        passed: Passed,
    ) -> UUID | None:
        """Store the reply. It is sent by this worker right after the commit, unless an earlier one still waits."""
        if draft.reply is None:
            return None
        waits, now = passed.waits, record.finished_at
        stored = await conversations.insert_outbound(
            connection,
            Outbound(
                conversation_id=snapshot.conversation_id,
                channel_id=snapshot.channel_id,
                seq=passed.last_seq,
                author=Author.AGENT,
                text=draft.reply.text,
                attributes=_reply_attributes(draft.reply, snapshot, record),
                epoch=passed.epoch,
                turn_id=record.id,
                state=DeliveryState.PENDING if waits else DeliveryState.SENDING,
                due_at=now if waits else now + self.unknown_after,
            ),
            now,
        )
        if waits and passed.epoch != snapshot.epoch:
            await conversations.carry_over_deliveries(
                connection, snapshot.conversation_id, snapshot.epoch, passed.epoch
            )
        if waits:
            await self.jobs.wake_delivery(connection, snapshot.conversation_id)
            return None
        return stored.delivery_id

    async def _write_facts(
        self, connection: AsyncConnection, snapshot: Snapshot, draft: TurnDraft, record: TurnRecord
    ) -> None:
        occasion = Occasion(snapshot.contact_id, snapshot.conversation_id, record.finished_at, record.id)
        await insert_answers(connection, draft.answers, occasion, Cause.AGENT)
        await insert_intents(connection, draft.intents, occasion)
        await record_moves(connection, self.jobs, draft.moves, occasion, self.playbook.version)
        await insert_questions(connection, draft.unanswered, snapshot.conversation_id, record.finished_at)
        if draft.opt_out is not None:
            await set_opted_out(connection, snapshot.contact_id, record.finished_at)

    async def _write_next_steps(
        self, connection: AsyncConnection, snapshot: Snapshot, draft: TurnDraft, record: TurnRecord
    ) -> None:
        now = record.finished_at
        if draft.handoff is not None:
            new = NewHandoff(
                conversation_id=snapshot.conversation_id,
                contact_id=snapshot.contact_id,
                request=draft.handoff,
                brief=draft.brief,
                turn_id=record.id,
                facts=draft.facts(snapshot.facts),
            )
            await self.handoffs.request(connection, new, now)
            return
        if draft.opt_out is not None or draft.reply is None:
            return
        step = first_step(self.playbook.playbook, draft.follow_up_at, now)
        if step is not None:
            await conversations.insert_follow_up(connection, snapshot.conversation_id, step.number, step.due_at, now)


def _conversation_values(snapshot: Snapshot, draft: TurnDraft, record: TurnRecord) -> Mapping[str, object]:
    values: dict[str, object] = {
        "model_calls": snapshot.model_calls + record.model_calls,
        "cost": snapshot.cost + record.cost,
    }
    if draft.reply is not None:
        values |= {
            "last_seq": conversations.next_number(),
            "outbound_at": record.finished_at,
            "language": draft.reply.language,
        }
    if draft.handoff is not None:
        values |= {"mode": Mode.HUMAN, "epoch": snapshot.epoch + 1, "team": draft.handoff.team, "owner": None}
    return values


def _reply_attributes(reply: Reply, snapshot: Snapshot, record: TurnRecord) -> Mapping[str, JsonValue]:
    citations: list[JsonValue] = [cited.to_json() for cited in reply.citations]
    answered: list[JsonValue] = [message.external_id for message in snapshot.new_messages if message.external_id]
    return {
        "citations": citations,
        "asks": reply.asks,
        "language": reply.language,
        "in_reply_to": answered,
        "brain": record.brain,
    }
