"""A desk for each test of this folder."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.db.engine import Database
from tests.integration.desk import Desk, open_desk


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    async with open_desk(database) as opened:
        yield opened
