"""The schema: from nothing, together, again, and equal to the models."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, make_url, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.pool import NullPool

from frontdesk.db.engine import sqlalchemy_url
from frontdesk.db.migrate import current_revision, head_revision, upgrade
from frontdesk.db.models import Base
from frontdesk.ids import new_id


@pytest.fixture
def empty_url(server_url: str) -> Iterator[str]:
    """A database without any table."""
    name = f"frontdesk_migrations_{new_id().hex}"
    server = create_engine(sqlalchemy_url(server_url), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def engine_of(url: str) -> Engine:
    return create_engine(sqlalchemy_url(url), poolclass=NullPool)


def revision(url: str) -> str | None:
    with engine_of(url).connect() as connection:
        return current_revision(connection)


def test_that_an_empty_database_gets_every_table(empty_url: str) -> None:
    assert revision(empty_url) is None
    upgrade(empty_url)
    assert revision(empty_url) == head_revision()
    tables = set(inspect(engine_of(empty_url)).get_table_names())
    assert tables >= {*Base.metadata.tables, "procrastinate_jobs", "procrastinate_workers"}


def test_that_the_migrations_make_what_the_models_say(empty_url: str) -> None:
    upgrade(empty_url)
    with engine_of(empty_url).connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_name": lambda name, kind, _parents: kind != "table" or name in Base.metadata.tables,
            },
        )
        assert compare_metadata(context, Base.metadata) == []


def test_that_nothing_but_ours_and_the_job_engine_s_is_made(empty_url: str) -> None:
    upgrade(empty_url)
    others = set(inspect(engine_of(empty_url)).get_table_names()) - set(Base.metadata.tables)
    assert {name for name in others if not name.startswith("procrastinate_")} == {"alembic_version"}


def test_that_processes_that_start_together_migrate_once(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(upgrade, [empty_url] * 4)) == [None] * 4
    assert revision(empty_url) == head_revision()


def test_that_an_upgrade_at_the_head_changes_nothing(empty_url: str) -> None:
    upgrade(empty_url)
    engine = engine_of(empty_url)
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO contacts (id, name, created_at) VALUES (:id, 'Ina', now())"), {"id": new_id()}
        )
        connection.execute(text("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('frontdesk', 'turn')"))
        before = connection.execute(text("SELECT xmin, * FROM contacts")).all()
    upgrade(empty_url)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT xmin, * FROM contacts")).all() == before
        assert connection.scalar(text("SELECT count(*) FROM procrastinate_jobs")) == 1


def test_that_a_migration_that_fails_leaves_the_database_as_it_was(empty_url: str) -> None:
    engine = engine_of(empty_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE deliveries (somebody_else_s integer)"))
    with pytest.raises(ProgrammingError, match="deliveries"):
        upgrade(empty_url)
    assert revision(empty_url) is None
    assert inspect(engine).get_table_names() == ["deliveries"]
