"""One turn: read, think without a transaction, commit if nobody interfered, else think again."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import structlog

from agent.brains.protocol import Brain, Usage
from agent.commit import Committed, TurnCommit
from agent.context import TurnContext
from agent.gaps import unanswered
from agent.graph import graph
from agent.repository import TurnRecord, is_current, load_snapshot
from agent.settle import settle
from agent.state import TurnState
from agent.trace import trace_of
from frontdesk.conversations.draft import HandoffCause, HandoffRequest, TurnDraft
from frontdesk.conversations.model import Snapshot
from frontdesk.conversations.repository import owes_answer
from frontdesk.db.engine import Database
from frontdesk.handoffs.routing import pick_team
from frontdesk.ids import new_id
from frontdesk.language.detect import conversation_language
from frontdesk.playbook.models import Limits
from tools.context import Searches, ToolContext

MOST_SUPERSEDES = 4
"""Drafts thrown away in a row before a turn goes out although newer messages wait."""

_GLANCE_SECONDS = 1.0
"""How often a thinking turn looks whether it has been overtaken."""

_log = structlog.get_logger(__name__)


class TurnOutcome(StrEnum):
    """How a turn ended."""

    IDLE = "idle"
    """Nothing was to be answered."""
    REPLIED = "replied"
    SILENT = "silent"
    HANDED_OFF = "handed_off"
    SUPERSEDED = "superseded"
    """Someone took over, or answered, meanwhile; nothing was written."""


@dataclass(frozen=True, slots=True)
class TurnReport:
    """What became of the conversation's work, and the delivery to send at once."""

    outcome: TurnOutcome
    delivery_id: UUID | None = None
    record: TurnRecord | None = None


@dataclass(frozen=True, slots=True)
class Thought:
    """A finished draft with its record, ready to be committed."""

    draft: TurnDraft
    record: TurnRecord


@dataclass(frozen=True, slots=True)
class TurnRunner:
    """Runs the turns of any conversation; holds no state between them."""

    database: Database
    commit: TurnCommit
    brain: Brain
    knowledge: Searches
    clock: Callable[[], datetime]
    text_limit: Callable[[str], int]
    """Longest text by kind of channel."""

    async def run(self, conversation_id: UUID) -> TurnReport:
        """Answer the conversation's unanswered messages, newer ones that arrive meanwhile included."""
        superseded = 0
        while True:
            snapshot = await self._settled_snapshot(conversation_id)
            if snapshot is None:
                return TurnReport(TurnOutcome.SUPERSEDED if superseded else TurnOutcome.IDLE)
            thought = await self._think_unless_overtaken(snapshot, superseded)
            committed = None
            if thought is not None:
                committed = await self._commit(snapshot, thought, superseded)
            if thought is not None and committed is not None:
                return TurnReport(TurnOutcome(thought.record.outcome), committed.delivery_id, thought.record)
            superseded += 1
            _log.info("turn superseded", conversation=str(conversation_id), times=superseded)

    async def _settled_snapshot(self, conversation_id: UUID) -> Snapshot | None:
        """The conversation once its burst is over; None if it owes no answer."""
        while True:
            async with self.database.reading() as connection:
                snapshot = await load_snapshot(connection, conversation_id, self.commit.playbook.playbook, self.clock())
                if snapshot is None or not snapshot.has_work:
                    if await owes_answer(connection, conversation_id):
                        continue
                    return None
            wait = quiet_wait(snapshot, self.commit.playbook.playbook.limits, self.clock())
            if wait <= timedelta():
                return replace(snapshot, text_limit=self.text_limit(snapshot.channel_kind))
            await asyncio.sleep(wait.total_seconds())

    async def _think_unless_overtaken(self, snapshot: Snapshot, superseded: int) -> Thought | None:
        """Think, but stop early when a person takes over or the contact writes again."""
        thinking = asyncio.create_task(self.think(snapshot, superseded))
        try:
            while True:
                done, _ = await asyncio.wait({thinking}, timeout=_GLANCE_SECONDS)
                if done:
                    return thinking.result()
                if superseded < MOST_SUPERSEDES and not await self._is_current(snapshot):
                    return None
        finally:
            thinking.cancel()
            await asyncio.wait({thinking})

    async def _is_current(self, snapshot: Snapshot) -> bool:
        async with self.database.reading() as connection:
            return await is_current(connection, snapshot)

    async def think(self, snapshot: Snapshot, superseded: int = 0) -> Thought:
        """Run the graph on a snapshot and return the draft; nothing is written."""
        started_at = self.clock()
        context = self._context(snapshot)
        try:
            async with asyncio.timeout_at(context.deadline):
                state = (await graph.ainvoke(TurnState(), context=context, version="v2")).value
            tools = context.tools
            if state.searched:
                tools.draft.unanswered = unanswered(snapshot, tools.draft, state.retrieval, tools.language)
        except Exception:  # noqa: BLE001
            # Whatever broke, the contact gets an answer and a person gets the conversation.
            _log.exception("turn failed", conversation=str(snapshot.conversation_id))
            context.tools.draft = TurnDraft(handoff=_rescue(context.tools))
            settle(context, replace_because=None)
            state = TurnState(replaced="the turn failed")
        return Thought(context.tools.draft, self._record(state, context, started_at, superseded))

    def _context(self, snapshot: Snapshot) -> TurnContext:
        playbook = self.commit.playbook.playbook
        language = snapshot.language
        for message in snapshot.new_messages:
            language = conversation_language(language, message.text, playbook.business.languages)
        tools = ToolContext(
            playbook=playbook,
            snapshot=snapshot,
            draft=TurnDraft(),
            language=language or playbook.business.default_language,
            now=self.clock(),
            knowledge=self.knowledge,
        )
        deadline = asyncio.get_running_loop().time() + playbook.limits.turn_deadline.total_seconds()
        return TurnContext(tools=tools, brain=self.brain, deadline=deadline)

    def _record(self, state: TurnState, context: TurnContext, started_at: datetime, superseded: int) -> TurnRecord:
        draft = context.tools.draft
        usage = sum((decision.usage for decision in state.decisions), Usage())
        last = state.decisions[-1] if state.decisions else None
        return TurnRecord(
            id=new_id(),
            outcome=_outcome(draft),
            playbook_version=self.commit.playbook.version,
            brain=last.brain if last else "none",
            model=last.model if last else None,
            prompt_hash=last.prompt_hash if last else None,
            trace=trace_of(state, context),
            model_calls=usage.model_calls,
            tokens_in=usage.tokens_in,
            tokens_out=usage.tokens_out,
            cost=usage.cost,
            superseded=superseded,
            started_at=started_at,
            finished_at=self.clock(),
        )

    async def _commit(self, snapshot: Snapshot, thought: Thought, superseded: int) -> Committed | None:
        async with self.database.transaction() as connection:
            return await self.commit.write(
                connection,
                snapshot,
                thought.draft,
                thought.record,
                allow_newer=superseded >= MOST_SUPERSEDES,
            )


def _rescue(tools: ToolContext) -> HandoffRequest:
    return HandoffRequest(
        pick_team(tools.facts, tools.playbook), "the assistant could not answer", HandoffCause.FAILURE
    )


def _outcome(draft: TurnDraft) -> TurnOutcome:
    if draft.handoff is not None:
        return TurnOutcome.HANDED_OFF
    return TurnOutcome.REPLIED if draft.reply is not None else TurnOutcome.SILENT


def quiet_wait(snapshot: Snapshot, limits: Limits, now: datetime) -> timedelta:
    """How long to wait for the burst to end: the window after its newest message, capped from its first."""
    if snapshot.inbound_at is None:
        return timedelta()
    ends = snapshot.inbound_at + limits.quiet_window
    if snapshot.waiting_since is not None:
        ends = min(ends, snapshot.waiting_since + limits.quiet_window_cap)
    return ends - now
