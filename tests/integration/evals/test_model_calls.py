"""A run with a model, repeated without one."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from evals.knowledge import Knowledge, Memory
from evals.observed import ObservedCase, ReplayMode
from evals.run.access import ModelAccess
from evals.run.book import CallMode
from evals.run.execute import executor, in_order
from evals.run.header import BrainKind
from evals.run.recipe import Calls, Recipe
from evals.run.records import read_case
from evals.run.work import Job
from evals.saved import SavedConversation
from tests.fakes.model_server import ModelServer, call, completion, reply
from tests.integration.evals.conftest import PLAYBOOK

CASE = SavedConversation.model_validate(
    {
        "id": "c",
        "contact": {"id": "u"},
        "messages": [{"role": "contact", "text": "We are 4 people"}, {"role": "contact", "text": "200 euro"}],
    }
)


@pytest.fixture
def recipe(tmp_path: Path, data_dir: Path, server: ModelServer) -> Recipe:
    """A dialogue with the model, recorded."""
    (tmp_path / "playbook.yaml").write_text(PLAYBOOK)
    return Recipe(
        tmp_path / "playbook.yaml",
        Knowledge("none", memory=Memory(data_dir / "vectors.sqlite", data_dir / "second.sqlite")),
        BrainKind.OPENAI,
        ReplayMode.DIALOGUE,
        ModelAccess(server.base_url, SecretStr("secret"), "m-1", None, 5.0),
        Calls(tmp_path / "suite.calls.jsonl", CallMode.RECORD),
    )


def replaying(recipe: Recipe) -> Recipe:
    """The same from the recorded calls; nobody listens at the address."""
    assert recipe.model is not None
    assert recipe.calls is not None
    nobody = ModelAccess("http://127.0.0.1:9/v1", SecretStr(""), recipe.model.model, None, 5.0)
    calls = Calls(recipe.calls.path, CallMode.REPLAY)
    return Recipe(recipe.playbook, recipe.knowledge, recipe.brain, recipe.mode, nobody, calls)


async def played(recipe: Recipe) -> ObservedCase:
    async with executor(recipe, 2) as (submit, window):
        [done] = [done async for done in in_order([Job(CASE)], submit, window)]
    return read_case(done.lines.case)


def recorded_answer(server: ModelServer) -> None:
    server.script(
        completion(call("record_answer", field="party_size", value="4", quote="4"), reply("Thanks!", asks="budget")),
        completion(call("record_answer", field="budget", value="200 EUR", quote="200 euro"), reply("Noted.")),
    )


async def test_that_a_replay_needs_no_model_and_comes_to_the_same(server: ModelServer, recipe: Recipe) -> None:
    recorded_answer(server)
    first = await played(recipe)
    assert {name: answer.value for name, answer in first.answers.items()} == {
        "party_size": 4,
        "budget": {"amount": "200", "currency": "EUR"},
    }
    assert [turn.brain for turn in first.turns] == ["openai", "openai"]
    assert await played(replaying(recipe)) == first


async def test_that_a_changed_prompt_is_an_error_that_names_it(server: ModelServer, recipe: Recipe) -> None:
    recorded_answer(server)
    await played(recipe)
    recipe.playbook.write_text(PLAYBOOK.replace("Reed Boats", "Rush Boats"))
    missed = await played(replaying(recipe))
    assert missed.turns == ()
    assert "Rush" in (missed.error or "")
    assert "message 1 (system)" in (missed.error or "")
