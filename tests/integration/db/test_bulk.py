from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from frontdesk.db.bulk import copy_rows
from frontdesk.db.engine import Database
from frontdesk.ids import new_id

COPY_SOURCES = b"COPY sources (id, kind, location, created_at) FROM STDIN"
NOW = datetime(2026, 6, 1, tzinfo=UTC)


async def test_that_rows_come_with_the_transaction_whatever_is_in_them(database: Database) -> None:
    locations = ["a\tb\nc\\d", "", "\\N", "zażółć 定价"]
    async with database.transaction() as connection:
        await copy_rows(connection, COPY_SOURCES, ((new_id(), "folder", each, NOW) for each in locations))
        assert set(await connection.scalars(text("SELECT location FROM sources"))) == set(locations)
        await connection.rollback()
    async with database.reading() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM sources")) == 0


async def test_that_a_clash_is_raised_as_that_of_any_other_statement(database: Database) -> None:
    async with database.transaction() as connection:
        with pytest.raises(IntegrityError):
            await copy_rows(connection, COPY_SOURCES, [(new_id(), "folder", "/d", NOW)] * 2)
        await connection.rollback()
