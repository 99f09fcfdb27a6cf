"""Hand-offs as people and the agent see them: request, take over, hand back, close.

Every function runs inside the caller's transaction and locks the conversation first.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.conversations import ownership
from frontdesk.conversations.model import Mode
from frontdesk.conversations.ownership import NotOwnerError
from frontdesk.conversations.repository import announce
from frontdesk.handoffs import repository
from frontdesk.handoffs.notifying import tell_of_handoff
from frontdesk.handoffs.owners.assign import assign_owner
from frontdesk.handoffs.repository import NOTHING_KNOWN, HandoffRow, NewHandoff, claim_to_json
from frontdesk.handoffs.state import HandoffState
from frontdesk.jobs.enqueue import JobQueue
from frontdesk.outgoing.emit import EventType, emit
from frontdesk.playbook.hours import add_working_time
from frontdesk.playbook.models import Playbook


class Handoffs:
    """The human side of a conversation."""

    def __init__(self, jobs: JobQueue, playbook: Playbook) -> None:
        self._jobs = jobs
        self._playbook = playbook

    async def request(self, connection: AsyncConnection, new: NewHandoff, now: datetime) -> UUID:
        """Open a hand-off for a conversation that the caller has locked and set to human; tell whom it concerns."""
        owner = await assign_owner(
            connection,
            self._playbook,
            new.request.team,
            contact_id=new.contact_id,
            conversation_id=new.conversation_id,
            facts=new.facts,
            now=now,
        )
        due_at = add_working_time(self._playbook.business, now, self._playbook.handoff.sla)
        handoff_id = await repository.insert_handoff(connection, new, owner, due_at, now)
        payload: dict[str, object] = {
            "handoff_id": str(handoff_id),
            "conversation_id": str(new.conversation_id),
            "contact_id": str(new.contact_id),
            "team": new.request.team,
            "owner": owner,
            "reason": new.request.reason,
            "brief": [claim_to_json(claim) for claim in new.brief],
            "due_at": due_at.isoformat(),
        }
        await tell_of_handoff(connection, self._jobs, self._playbook, EventType.HANDOFF_REQUESTED, payload, now)
        await announce(connection, new.conversation_id)
        return handoff_id

    async def take_over(self, connection: AsyncConnection, conversation_id: UUID, person: str, now: datetime) -> None:
        """Put a person in charge; raises NotOwnerError when another person is already."""
        conversation = await ownership.locked(connection, conversation_id)
        if conversation.mode is Mode.HUMAN and conversation.owner == person:
            return
        waiting = await repository.find_open(connection, conversation_id)
        if conversation.mode is Mode.HUMAN and conversation.owner and not _is_waiting(waiting):
            raise NotOwnerError(f"{conversation.owner} answers this conversation; ask them to return it first")
        await ownership.give_to_human(connection, conversation, person, None, now)
        if not await repository.claim_waiting(connection, conversation_id, person, now):
            await repository.update_open(connection, conversation_id, owner=person)
        await tell_of_takeover(connection, self._jobs, conversation_id, person, now)

    async def hand_back(
        self, connection: AsyncConnection, conversation_id: UUID, person: str, now: datetime, reason: str | None = None
    ) -> None:
        """Return the conversation to the agent; a `reason` such as `not_needed` stays with the hand-off."""
        conversation = await ownership.locked(connection, conversation_id)
        if conversation.mode is not Mode.HUMAN:
            raise NotOwnerError("the agent answers this conversation already")
        await repository.update_open(
            connection, conversation_id, state=HandoffState.RETURNED, ended_at=now, end_reason=reason
        )
        await ownership.give_to_agent(connection, conversation, self._jobs)
        await _tell(connection, self._jobs, EventType.CONVERSATION_RETURNED, conversation_id, person, now)

    async def close(
        self, connection: AsyncConnection, conversation_id: UUID, person: str, outcome: str | None, now: datetime
    ) -> None:
        """End the conversation, with what came of it."""
        conversation = await ownership.locked(connection, conversation_id)
        await repository.update_open(
            connection, conversation_id, state=HandoffState.CLOSED, ended_at=now, end_reason=outcome
        )
        await ownership.close(connection, conversation, outcome, now)
        await _tell(connection, self._jobs, EventType.CONVERSATION_CLOSED, conversation_id, person, now)

    async def remind_of_waiting(self, connection: AsyncConnection, now: datetime) -> int:
        """Remind people of hand-offs whose time is nearly over, each once; return how many."""
        after = self._playbook.handoff.reminds_after
        due = [
            handoff.id
            for handoff in await repository.waiting_unreminded(connection, now, limit=1000)
            if add_working_time(self._playbook.business, handoff.requested_at, after) <= now
        ]
        reminded = await repository.mark_reminded(connection, due, now) if due else ()
        for handoff in reminded:
            await self._tell_again(connection, EventType.HANDOFF_REMINDED, handoff, now)
        return len(reminded)

    async def escalate_overdue(self, connection: AsyncConnection, now: datetime) -> int:
        """Tell of hand-offs that nobody claimed in time, once, and give them to the team for it; return how many."""
        overdue = await repository.take_overdue(connection, now, limit=100)
        for handoff in overdue:
            escalated = await self._escalated(connection, handoff, now)
            await self._tell_again(connection, EventType.HANDOFF_ESCALATED, escalated, now)
        return len(overdue)

    async def _escalated(self, connection: AsyncConnection, handoff: HandoffRow, now: datetime) -> HandoffRow:
        team = self._playbook.handoff.escalate_to
        if team is None or team == handoff.team:
            return handoff
        owner = await assign_owner(
            connection,
            self._playbook,
            team,
            contact_id=handoff.contact_id,
            conversation_id=handoff.conversation_id,
            facts=NOTHING_KNOWN,
            now=now,
        )
        await repository.give_to_team(connection, handoff, team, owner)
        return replace(handoff, team=team, owner=owner)

    async def _tell_again(
        self, connection: AsyncConnection, event: EventType, handoff: HandoffRow, now: datetime
    ) -> None:
        payload: dict[str, object] = {
            "handoff_id": str(handoff.id),
            "conversation_id": str(handoff.conversation_id),
            "team": handoff.team,
            "owner": handoff.owner,
            "reason": handoff.reason,
            "due_at": handoff.due_at.isoformat(),
        }
        await tell_of_handoff(connection, self._jobs, self._playbook, event, payload, now)
        await announce(connection, handoff.conversation_id)


async def tell_of_takeover(
    connection: AsyncConnection, jobs: JobQueue, conversation_id: UUID, person: str | None, now: datetime
) -> None:
    """Tell subscribers that a person answers now; who is None when they wrote from elsewhere, such as a phone."""
    await _tell(connection, jobs, EventType.CONVERSATION_TAKEN_OVER, conversation_id, person, now)


async def _tell(
    connection: AsyncConnection,
    jobs: JobQueue,
    event: EventType,
    conversation_id: UUID,
    person: str | None,
    now: datetime,
) -> None:
    payload: dict[str, object] = {"conversation_id": str(conversation_id), "person": person}
    await emit(connection, jobs, event, payload, now)
    await announce(connection, conversation_id)


def _is_waiting(handoff: HandoffRow | None) -> bool:
    return handoff is not None and handoff.state is HandoffState.WAITING
