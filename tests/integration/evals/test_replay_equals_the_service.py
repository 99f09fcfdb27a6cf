"""A replay does what the service does: the same words of a contact, through the database and without it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from agent.brains.offline.brain import OfflineBrain
from agent.brains.protocol import Brain
from agent.repository import load_snapshot
from evals.observed import ReplayMode
from evals.replay.agent import replayed_agent
from evals.replay.library import Library
from evals.replay.replay import Replay
from evals.saved import SavedConversation
from frontdesk.contacts.repository import insert_event
from frontdesk.conversations.model import Snapshot
from frontdesk.db.engine import Database
from frontdesk.evidence.types import Evidence
from frontdesk.lifecycle.moves import Cause, rule_moves
from frontdesk.lifecycle.occasion import Occasion
from frontdesk.lifecycle.service import record_moves
from knowledge.embedding import UseEmbedder
from tests.fakes.brains import ScriptedBrain, call, reply
from tests.fakes.tool_scope import RENTAL
from tests.fakes.tool_scope import Library as Shelf
from tests.integration.agent.desk import PRICE, Desk

TALKS = {
    "qualified, handed over, handed back": (
        "Hi, what does a canoe cost?",
        "We are 4 people",
        "200 euro",
        "tomorrow",
        "anybody there?",
        ">handed_back",
        "Which boats do you have?",
    ),
    "unqualified": ("Hello", "We are 2, 50 euro at most", "in May", "please"),
    "corrected and declined": ("4 of us", "sorry, make it 5 people", "I'd rather not say", "am 8. Juli"),
    "another language": ("Dzień dobry, ile kosztuje kajak?", "jest nas 3", "300 euro", "stop texting me", "hej"),
    "opted out and back": ("unsubscribe", "ok, what does a canoe cost?"),
    "bought": ("Hello, we are 3", ">purchase", "thanks"),
    "a person asked for": ("let me talk to a human", "hello?", ">handed_back", "We are 6"),
}


@dataclass
class At:
    """A clock that stands where it is put."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@pytest.mark.parametrize("talk", TALKS.values(), ids=[*TALKS])
async def test_that_a_replay_comes_to_what_the_service_comes_to(
    database: Database, embedder: UseEmbedder, talk: tuple[str, ...]
) -> None:
    brain = OfflineBrain(embedder)
    await brain.prepare(RENTAL)
    await _compare(database, brain, brain, talk)


async def test_that_the_same_holds_for_any_calls(database: Database) -> None:
    budget = {"field": "budget", "value": "90 EUR", "quote": "90 euro"}
    script = [
        [call("classify_intent", intent="rental", quote="canoe"), reply("Sure.", asks="party")],
        [
            call("record_answer", field="party", value="4", quote="4"),
            call("record_answer", **budget),
            call("mark_unqualified", reason="too little", quote="90 euro"),
            reply("I see."),
        ],
        [
            call("record_answer", field="budget", value="400 EUR", quote="400"),
            call("move_stage", stage="Talking", reason="talks", quote="400 euro"),
            reply("Better."),
        ],
        [
            call("schedule_follow_up", after="1d", quote="tomorrow"),
            call("hand_off", reason="wants a person", team="quay", quote="tomorrow"),
            reply("Fine."),
        ],
    ]
    talk = ("a canoe please", "4, for 90 euro", "rather 400 euro", "ask me tomorrow", "?")
    ours, theirs = ScriptedBrain([*script]), ScriptedBrain([*script])
    await _compare(database, ours, theirs, talk)


async def _compare(database: Database, ours: Brain, theirs: Brain, talk: tuple[str, ...]) -> None:
    clock = At(datetime.fromisoformat("2026-05-05T10:30:00+00:00"))
    desk = await Desk(database, ours, library=Library(Shelf((PRICE,))), clock=clock).open()
    replayed = Replay(
        _case(talk, clock.now), replayed_agent(desk.loaded, theirs, Library(Shelf((PRICE,)))), ReplayMode.DIALOGUE
    )
    conversation: UUID | None = None
    for place, line in enumerate(talk):
        clock.now = replayed.times[place]
        if line == ">handed_back":
            assert conversation is not None
            await desk.hand_back(conversation)
            if place + 1 < len(talk):
                await desk.runner.run(conversation)
        elif line.startswith(">"):
            await _event(desk, line[1:], clock.now)
        else:
            conversation = await desk.says(line)
            clock.now += timedelta(milliseconds=1)
            await desk.runner.run(conversation)
        await replayed.take_place(place)
        assert conversation is not None
        async with database.reading() as connection:
            stored = await load_snapshot(connection, conversation, desk.playbook, clock.now)
        assert stored is not None
        assert _comparable(replayed.standing.snapshot(clock.now)) == _comparable(stored), line


def _case(talk: tuple[str, ...], began: datetime) -> SavedConversation:
    lines: list[dict[str, Any]] = [
        {"role": "event", "name": line[1:]} if line.startswith(">") else {"role": "contact", "text": line}
        for line in talk
    ]
    dated = [{**line, "at": began + place * timedelta(minutes=2)} for place, line in enumerate(lines)]
    return SavedConversation.model_validate({"id": "c", "contact": {"id": "ana"}, "messages": dated})


async def _event(desk: Desk, name: str, now: datetime) -> None:
    """What the API does when an event is reported."""
    async with desk.database.transaction() as connection:
        row = await desk.one("SELECT id, contact_id FROM conversations")
        await insert_event(
            connection,
            external_id=name,
            contact_id=row["contact_id"],
            name=name,
            data={},
            occurred_at=now,
            now=now,
        )
        snapshot = await load_snapshot(connection, row["id"], desk.playbook, now)
        assert snapshot is not None
        await record_moves(
            connection,
            desk.jobs,
            rule_moves(snapshot.facts, desk.playbook, Cause.EVENT),
            Occasion(row["contact_id"], row["id"], now),
            desk.loaded.version,
        )


def _comparable(snapshot: Snapshot) -> dict[str, object]:
    """All of it but ids that are made up, numbers that are the whole table's, and what only the wire needs."""
    seqs = {message.id: message.seq for message in snapshot.messages}

    def words(evidence: tuple[Evidence, ...]) -> list[tuple[int, int, int, str]]:
        return [(seqs[item.message_id], item.start, item.end, item.quote) for item in evidence]

    facts = snapshot.facts
    return {
        "mode": snapshot.mode,
        "epoch": snapshot.epoch,
        "language": snapshot.language,
        "numbers": (snapshot.inbound_seq, snapshot.answered_seq),
        "times": (snapshot.waiting_since, snapshot.inbound_at, snapshot.outbound_at),
        "spent": (snapshot.model_calls, snapshot.cost),
        "opted_out": snapshot.contact.opted_out,
        "messages": [
            (one.seq, one.author, one.direction, one.kind, one.text, one.attributes.get("asks"))
            for one in snapshot.messages
        ],
        "answers": {name: (fact.value, words(fact.evidence)) for name, fact in facts.answers.items()},
        "intents": {name: words(evidence) for name, evidence in facts.intents.items()},
        "rest": replace(facts, answers={}, intents={}),
        "rule_handoffs": snapshot.rule_handoffs,
    }
