"""Conversations taken out of the service."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from typer.testing import Result

from evals.export import exported
from evals.repository import ExportFilter
from evals.saved import Role, SavedConversation
from frontdesk.db.engine import Database
from frontdesk.ids import new_id
from frontdesk.lifecycle.moves import Cause, StageMove
from frontdesk.lifecycle.occasion import Occasion
from frontdesk.lifecycle.service import record_moves
from tests.fakes.brains import ScriptedBrain, call, reply
from tests.fakes.tool_scope import TUESDAY
from tests.integration.agent.desk import Desk
from tests.integration.evals.conftest import EvalCommand
from tools.execute import ToolCall


async def taken(desk: Desk, wanted: ExportFilter, key: bytes | None = None) -> list[SavedConversation]:
    return [saved async for saved in exported(desk.database, wanted, desk.playbook, key)]


@pytest.fixture
async def desk(database: Database) -> Desk:
    """Two conversations, one of them put right by a person."""
    script: list[Sequence[ToolCall]] = [
        [call("record_answer", field="party", value="4", quote="4"), reply("Fine.", asks="budget")],
        [call("hand_off", reason="wants a person", team=None, quote="human"), reply("Sure.")],
    ]
    desk = await Desk(database, ScriptedBrain(script)).open()
    await desk.answers("We are 4, mail ana@reed.example", contact="ana")
    corrected = await desk.says("a human please", contact="ben")
    await desk.runner.run(corrected)
    await desk.hand_back(corrected)
    row = await desk.one("SELECT contact_id FROM conversations WHERE id = :id", id=corrected)
    async with database.transaction() as connection:
        await record_moves(
            connection,
            desk.jobs,
            [StageMove("New Lead", "Hot Lead", Cause.HUMAN, "called us")],
            Occasion(row["contact_id"], corrected, desk.clock()),
            "1",
        )
    await desk.execute(
        "INSERT INTO answers (id, contact_id, conversation_id, field, status, value, evidence, cause, created_at) "
        "VALUES (:id, :contact, :conversation, 'party', 'answered', '6', '[]', 'human', :now)",
        id=new_id(),
        contact=row["contact_id"],
        conversation=corrected,
        now=desk.clock(),
    )
    return desk


async def test_that_everything_that_was_said_is_taken_out_in_order(desk: Desk) -> None:
    first, second = await taken(desk, ExportFilter())
    assert [(line.role, line.asks) for line in first.messages] == [(Role.CONTACT, None), (Role.AGENT, "budget")]
    assert first.expect is None
    assert [line.role for line in second.messages] == [Role.CONTACT, Role.AGENT, Role.EVENT]


async def test_that_what_a_person_put_right_is_expected(desk: Desk) -> None:
    [corrected] = await taken(desk, ExportFilter(corrected=True))
    assert corrected.expect is not None
    assert corrected.expect.stage == "Hot Lead"
    assert corrected.expect.answers == {"party": 6}
    assert corrected.expect.handoff is False


async def test_that_filters_choose(desk: Desk) -> None:
    assert len(await taken(desk, ExportFilter(stage="Hot Lead"))) == 1
    assert len(await taken(desk, ExportFilter(channel="generic"))) == 2
    assert await taken(desk, ExportFilter(channel="whatsapp")) == []
    assert await taken(desk, ExportFilter(until=TUESDAY)) == []
    assert len(await taken(desk, ExportFilter(since=TUESDAY - timedelta(1)))) == 2
    assert await taken(desk, ExportFilter(outcome="won")) == []


async def test_that_personal_data_is_masked_with_a_key(desk: Desk) -> None:
    plain, _ = await taken(desk, ExportFilter())
    masked, _ = await taken(desk, ExportFilter(), b"key")
    assert "ana@reed" not in masked.messages[0].text
    assert len(masked.messages[0].text) == len(plain.messages[0].text)


@pytest.mark.parametrize(
    ("option", "wrong", "right"), [("--channel", "watsapp", "whatsapp"), ("--stage", "Hott Lead", "Hot Lead")]
)
async def test_that_an_export_of_what_never_was_says_so_and_leaves_the_file_alone(
    database: Database, command: EvalCommand, option: str, wrong: str, right: str
) -> None:
    before = command.directory / "saved.jsonl"
    before.write_text("an earlier export\n")

    async def export(name: str) -> Result:
        return await asyncio.to_thread(command.run, "export", option, name, "--out", before, DATABASE_URL=database.url)

    refused = await export(wrong)
    assert refused.exit_code == 3
    assert f"`{wrong}`; did you mean `{right}`?" in refused.stderr
    assert before.read_text() == "an earlier export\n"
    assert (await export(right)).exit_code == 0
    assert before.read_text() == ""
