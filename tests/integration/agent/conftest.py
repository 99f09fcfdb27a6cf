"""What the tests of turns share."""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from frontdesk.db.engine import Database
from tests.fakes.brains import ScriptedBrain
from tests.fakes.tool_scope import Library
from tests.integration.agent.desk import PRICE, Desk


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[EventDict]]:
    """What was logged; it is not rendered, since a traceback with its variables takes seconds."""
    with capture_logs() as entries:
        yield entries


@pytest.fixture
async def brain() -> ScriptedBrain:
    return ScriptedBrain()


@pytest.fixture
async def desk(database: Database, brain: ScriptedBrain) -> Desk:
    return await Desk(database, brain, library=Library((PRICE,))).open()
