"""Turns whose brain fails, or says nothing that may be sent: the contact is answered all the same."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from structlog.typing import EventDict

from agent.brains.protocol import BrainFailedError, View
from agent.turn import TurnOutcome
from frontdesk.playbook.texts import StandingText, standing_text
from tests.fakes.brains import ScriptedBrain, call, reply
from tests.fakes.tool_scope import RENTAL, Library
from tests.fakes.views import with_limits
from tests.integration.agent.desk import PRICE, Desk
from tools.execute import ToolCall


async def fails(_: View) -> None:
    raise BrainFailedError("no model, no words")


async def breaks(_: View) -> None:
    raise ZeroDivisionError


async def hangs(_: View) -> None:
    await asyncio.sleep(60)


@pytest.mark.parametrize("before", [fails, breaks, hangs])
async def test_that_a_brain_without_a_decision_ends_in_a_person_taking_over(
    desk: Desk, brain: ScriptedBrain, before: Callable[[View], Awaitable[None]], logged: list[EventDict]
) -> None:
    desk.playbook = with_limits(RENTAL, turn_deadline=timedelta(seconds=0.3))
    desk.__post_init__()
    brain.before = before
    async with asyncio.timeout(4):
        assert (await desk.answers("Hi")).outcome is TurnOutcome.HANDED_OFF
    message = await desk.one("SELECT text FROM messages WHERE direction = 'out'")
    assert "A colleague is taking over" in message["text"]
    assert (await desk.one("SELECT trace FROM turns"))["trace"]["replaced"]
    assert (await desk.one("SELECT mode FROM conversations"))["mode"] == "human"
    assert [entry["event"] for entry in logged] == ["turn failed"]


NOTHING: list[ToolCall] = []
FLOOD = [call("record_answer", field="party", value=str(n), quote="4") for n in range(1000)]


@pytest.mark.parametrize(
    ("calls", "asked"),
    [
        (NOTHING, 3),
        (FLOOD, 3),
        ([reply("I have booked it for you.")], 2),
        ([reply("It costs 77 EUR.", [str(PRICE.passage_id)])], 2),
        ([reply("x" * 5000)], 2),
        ([reply("How many? And when?")], 2),
        ([call("search_knowledge", query="canoe")], 3),
    ],
)
async def test_that_a_brain_without_a_sendable_reply_ends_in_a_safe_one(
    desk: Desk, brain: ScriptedBrain, calls: list[ToolCall], asked: int
) -> None:
    brain.script = [calls] * 9
    assert (await desk.answers("A canoe for 4")).outcome is TurnOutcome.REPLIED
    message = await desk.one("SELECT text FROM messages WHERE direction = 'out'")
    assert message["text"].endswith(standing_text(RENTAL, StandingText.SAFE_REPLY, "en"))
    assert len(brain.views) == asked
    turn = await desk.one("SELECT * FROM turns")
    assert turn["trace"]["replaced"]
    assert turn["model_calls"] == asked


async def test_that_a_flood_of_calls_does_not_drown_the_reply(desk: Desk, brain: ScriptedBrain) -> None:
    brain.script = [[reply("Fine."), *FLOOD]] * 3
    await desk.answers("A canoe for 4")
    message = await desk.one("SELECT text FROM messages WHERE direction = 'out'")
    assert message["text"].endswith("Fine.")
    assert str((await desk.one("SELECT value FROM answers"))["value"]) == "4"
    trace = (await desk.one("SELECT trace FROM turns"))["trace"]
    assert trace["calls_left_out"] > 2900
    assert any(not asked["accepted"] for asked in trace["calls"])


async def test_that_a_mended_reply_goes_out(desk: Desk, brain: ScriptedBrain) -> None:
    brain.script = [[reply("It costs 25 EUR a day.")], [reply("It costs 20 EUR a day.", [str(PRICE.passage_id)])]]
    await desk.answers("How much is a canoe?")
    assert "25" in (brain.views[1].mend or "")
    assert "replaced" not in (await desk.one("SELECT trace FROM turns"))["trace"]
    assert (await desk.one("SELECT text FROM messages WHERE direction = 'out'"))["text"].endswith("20 EUR a day.")


async def test_that_a_failing_knowledge_base_ends_in_a_person_taking_over(desk: Desk) -> None:
    class Broken(Library):
        async def retrieve(self, *_: Any) -> Any:
            raise OSError

    desk.library = Broken()
    assert (await desk.answers("Hi")).outcome is TurnOutcome.HANDED_OFF
