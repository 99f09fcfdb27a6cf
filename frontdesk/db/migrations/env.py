"""Alembic's entry: runs on the connection handed over by `frontdesk.db.migrate`."""

from alembic import context

from frontdesk.db.models import Base

OWN_TABLES = frozenset(Base.metadata.tables)


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave the job engine's tables to the job engine."""
    return kind != "table" or name in OWN_TABLES


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_name=is_ours,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
