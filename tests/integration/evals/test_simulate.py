"""A contact that a model plays, repeated without the model."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import SecretStr

from evals.knowledge import Knowledge, Memory
from evals.observed import Ending, ReplayMode
from evals.run.access import ModelAccess
from evals.run.book import CallMode
from evals.run.execute import executor, in_order
from evals.run.header import BrainKind
from evals.run.recipe import Calls, Recipe
from evals.run.records import read_case, read_scored
from evals.run.work import Done, Job
from evals.saved import SavedConversation
from evals.simulate.limits import SimulationLimits
from tests.fakes.model_server import ModelServer, call, completion
from tests.integration.evals.conftest import PLAYBOOK

PRICES = "limits: {prices: {m-1: {input: 10, output: 10}}}\n"

CASE = SavedConversation.model_validate(
    {
        "id": "c",
        "contact": {"id": "u"},
        "goal": "Rent boats for four people, for 200 euro at most.",
        "messages": [
            {"role": "contact", "text": "Hi, I'd like to rent a boat", "expect": {"intent": "renting"}},
            {"role": "contact", "text": "on record, and never said"},
        ],
        "expect": {"answers": {"party_size": 4}, "unqualified": False},
    }
)


@pytest.fixture
def recipe(tmp_path: Path, data_dir: Path, server: ModelServer) -> Recipe:
    """The offline brain talks with a simulated contact, who is recorded."""
    (tmp_path / "playbook.yaml").write_text(PLAYBOOK + PRICES)
    return Recipe(
        tmp_path / "playbook.yaml",
        Knowledge("none", memory=Memory(data_dir / "vectors.sqlite", data_dir / "second.sqlite")),
        BrainKind.OFFLINE,
        ReplayMode.SIMULATE,
        ModelAccess(server.base_url, SecretStr("secret"), "m-1", None, 5.0),
        Calls(tmp_path / "suite.calls.jsonl", CallMode.RECORD),
        SimulationLimits(messages=4),
    )


async def played(recipe: Recipe) -> Done:
    async with executor(recipe, 2) as (submit, window):
        [done] = [done async for done in in_order([Job(CASE)], submit, window)]
    return done


async def test_that_a_simulated_contact_is_answered_and_judged_and_can_be_replayed(
    server: ModelServer, recipe: Recipe
) -> None:
    server.script(completion(call("write", text="We are 4 people")), completion(call("end", reached=True)))
    done = await played(recipe)
    seen, scored = read_case(done.lines.case), read_scored(done.lines.scores)
    assert seen.simulation is not None
    assert seen.simulation.said == ("We are 4 people",)
    assert (seen.simulation.ending, seen.simulation.model_calls, len(seen.turns)) == (Ending.REACHED, 2, 2)
    assert seen.answers["party_size"].value == 4
    assert seen.answers["party_size"].evidence[0].message == 1
    counts = scored.numbers.counts
    assert counts["goal"].hit == 1
    assert counts["answers"].hit == 1
    assert "intent" not in counts
    asked = server.received[1].body["messages"]
    assert [message["role"] for message in asked] == ["system", "assistant", "user", "assistant", "user"]
    assert "Rent boats for four" in asked[0]["content"]
    assert recipe.model is not None
    assert recipe.calls is not None
    nobody = replace(recipe.model, base_url="http://127.0.0.1:9/v1")
    again = await played(replace(recipe, model=nobody, calls=replace(recipe.calls, mode=CallMode.REPLAY)))
    assert again.lines.case == done.lines.case


async def test_that_messages_and_budget_bound_a_simulated_contact(server: ModelServer, recipe: Recipe) -> None:
    server.script(*(completion(call("write", text=f"What about boat {number}?")) for number in range(9)))
    talkative = read_case((await played(replace(recipe, calls=None))).lines.case).simulation
    assert talkative is not None
    assert (talkative.ending, len(talkative.said)) == (Ending.TURNS, 3)
    dear = SimulationLimits(messages=4, budget=Decimal("0.015"))  # a call costs 0.0105
    costly = read_case((await played(replace(recipe, calls=None, simulation=dear))).lines.case).simulation
    assert costly is not None
    assert (costly.ending, costly.cost) == (Ending.BUDGET, Decimal("0.0210"))
