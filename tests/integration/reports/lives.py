"""Histories of contacts for the tests of reports: drawn at random, and what is asked about them."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import text

from frontdesk.contacts import merging
from frontdesk.contacts.merging import MergeRefusedError
from frontdesk.ids import new_id
from frontdesk.lifecycle.moves import Cause, StageMove
from frontdesk.lifecycle.occasion import Occasion
from frontdesk.lifecycle.repository import current_stage, insert_moves
from frontdesk.playbook.models import Playbook
from frontdesk.reports.figures.keeping import answerable
from frontdesk.reports.question import By, Question, ReportName
from frontdesk.reports.rows import Funnel
from frontdesk.reports.service import Reports, Tables
from tests.integration.desk import Desk

STAGES = ("New Lead", "Hot Lead", "Payment", "Customer")
LOST = ("Unqualified", "Lost to Competitor", "Cold Lead")


def asked(desk: Desk, **changes: Any) -> Question:
    """A question as of now."""
    return Question(**{"zone": "Europe/Madrid", "as_of": desk.clock(), **changes})


def reports(desk: Desk, playbook: Playbook | None = None) -> Reports:
    """The reports, with the moves that were made or those that another playbook's rules would have made."""
    return Reports(desk.database, playbook or desk.playbook.playbook, replayed=playbook is not None)


async def ask(desk: Desk, name: ReportName, playbook: Playbook | None = None, **changes: object) -> Tables:
    """A report as the API, the pages and the command line ask for it."""
    return await reports(desk, playbook).ask(name, await answerable(desk.database, asked(desk, **changes)))


async def funnel(desk: Desk, playbook: Playbook | None = None, **changes: object) -> Funnel:
    """How far contacts came, asked for in the same way."""
    return await reports(desk, playbook).funnel(await answerable(desk.database, asked(desk, **changes)))


async def everything(desk: Desk, groupings: Sequence[By | None] = (None, *By), **changes: object) -> list[Tables]:
    """Every report, ungrouped and in each grouping."""
    question = await answerable(desk.database, asked(desk, **changes))
    return [await reports(desk).ask(name, replace(question, by=by)) for name in ReportName for by in groupings]


async def move(desk: Desk, conversation_id: UUID, to: str, reason: str = "a rule held") -> None:
    """Record a move of the conversation's contact."""
    async with desk.database.transaction() as connection:
        contact_id = (await desk.conversation(conversation_id)).contact_id
        before = await current_stage(connection, contact_id)
        await insert_moves(
            connection,
            [StageMove(before, to, Cause.RULE, reason)],
            Occasion(contact_id, conversation_id, desk.clock()),
            "v",
        )


async def turn(desk: Desk, conversation_id: UUID, *, cites: bool, leaves_open: bool = False) -> None:
    """The agent answers in a turn, as a commit stores it."""
    sent = await desk.agent_replies(conversation_id)
    values = {"turn": new_id(), "message": sent.message_id, "id": conversation_id, "now": desk.clock()}
    async with desk.database.transaction() as connection:
        await connection.execute(_TURN, values)
        cited = '[{"document": "prices.md"}]' if cites else "[]"
        await connection.execute(_CITATIONS, {"turn": values["turn"], "cited": cited, "message": sent.message_id})
        if leaves_open:
            await connection.execute(_GAP, {"now": desk.clock()})
            await connection.execute(_QUESTION, {"question": new_id(), "id": conversation_id, "now": desk.clock()})


async def answer_gap(desk: Desk) -> None:
    """A person answers what all contacts asked about."""
    async with desk.database.transaction() as connection:
        answered = text("UPDATE knowledge_gaps SET state = 'answered', decided_at = :now WHERE state = 'open'")
        await connection.execute(answered, {"now": desk.clock()})


_TURN = text(
    "INSERT INTO turns (id, conversation_id, after_seq, through_seq, epoch, outcome, playbook_version,"
    " brain, trace, model_calls, tokens_in, tokens_out, cost, superseded, started_at, finished_at)"
    " SELECT :turn, :id, seq - 1, seq, 1, 'replied', 'v', 'offline', '{}', 0, 0, 0, 0, 0, :now, :now"
    " FROM messages WHERE id = :message"
)
_CITATIONS = text(
    "UPDATE messages SET turn_id = :turn, attributes = jsonb_build_object('citations', cast(:cited AS jsonb))"
    " WHERE id = :message"
)
_GAP = text(
    "INSERT INTO knowledge_gaps (id, question, state, asked, newest_at, created_at)"
    " VALUES ('0198c0de-0000-7000-8000-000000000000', 'Dogs?', 'open', 1, :now, :now) ON CONFLICT DO NOTHING"
)
_QUESTION = text(
    "INSERT INTO gap_questions (id, gap_id, conversation_id, message_id, text, nearest, confidence, asked_at)"
    " SELECT :question, '0198c0de-0000-7000-8000-000000000000', :id, id, 'Dogs?', '[]', 0.1, :now FROM messages"
    " WHERE conversation_id = :id AND author = 'contact' ORDER BY seq DESC LIMIT 1"
)


async def live(desk: Desk, chance: Random, lives: int, *, merges: bool = False) -> None:
    """Some contacts write, come back, are moved, handed over and lost. From now on, since ids are made now."""
    desk.clock.now = max(desk.clock.now, datetime.now(UTC))
    for _ in range(lives):
        await _live_a_little(desk, chance)
        if merges and chance.random() < 0.3:
            await _merge_or_part(desk, chance)


async def _live_a_little(desk: Desk, chance: Random) -> None:
    conversation_id = await desk.says("Hello", str(new_id()), f"c{chance.randrange(7)}")
    desk.clock.advance(seconds=chance.randint(1, 60))
    if chance.random() < 0.8:
        await turn(desk, conversation_id, cites=chance.random() < 0.5, leaves_open=chance.random() < 0.3)
    desk.clock.advance(hours=chance.randint(0, 30))
    await _move_somewhere(desk, chance, conversation_id)
    if (await desk.conversation(conversation_id)).mode == "agent" and chance.random() < 0.5:
        await _hand_over(desk, chance, conversation_id)
    if chance.random() < 0.2:
        await answer_gap(desk)
    desk.clock.advance(hours=chance.randint(0, 100))


async def _move_somewhere(desk: Desk, chance: Random, conversation_id: UUID) -> None:
    contact_id = (await desk.conversation(conversation_id)).contact_id
    async with desk.database.reading() as connection:
        stage = await current_stage(connection, contact_id)
    target = chance.choice([*STAGES, *LOST])
    if target != stage:
        await move(desk, conversation_id, target, chance.choice(["a rule held", "too small a group"]))


async def _hand_over(desk: Desk, chance: Random, conversation_id: UUID) -> None:
    """To a team that takes it, unless it waits until somebody else may; or somebody simply comes in."""
    if chance.random() < 0.8:
        await desk.hand_off(conversation_id, chance.choice(["sales", "yard"]))
    desk.clock.advance(seconds=chance.randint(1, 40_000))
    async with desk.database.transaction() as connection:
        await desk.handoffs.escalate_overdue(connection, desk.clock())
    if chance.random() < 0.7:
        await desk.take_over(conversation_id)
        desk.clock.advance(seconds=chance.randint(1, 90))
        if chance.random() < 0.7:
            await desk.person_writes(conversation_id, "Hello, I am Ada.")
        async with desk.database.transaction() as connection:
            if chance.random() < 0.3:
                await desk.handoffs.close(connection, conversation_id, "Ada", "won", desk.clock())
            else:
                reason = chance.choice([None, "not_needed"])
                await desk.handoffs.hand_back(connection, conversation_id, "Ada", desk.clock(), reason)


async def _merge_or_part(desk: Desk, chance: Random) -> None:
    found = await desk.rows("SELECT id FROM contacts WHERE merged_into IS NULL ORDER BY id")
    kept, other = chance.sample([UUID(str(row[0])) for row in found], 2) if len(found) > 1 else (None, None)
    made = await desk.rows("SELECT id FROM contact_merges WHERE state = 'merged' ORDER BY id DESC")
    with suppress(MergeRefusedError):
        async with desk.database.transaction() as connection:
            if made and chance.random() < 0.4:
                await merging.undo(connection, UUID(str(made[0][0])), desk.clock())
            elif kept is not None and other is not None:
                await merging.merge(connection, kept, other, "Ada", desk.clock())
