"""vectors placed with care

The indexes over vectors look at more of them to place a new one. What they hold already stays where it is: a large
collection gains by REINDEX.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    for name in _indexes():
        op.execute(f'ALTER INDEX "{name}" SET (ef_construction = 128)')


def downgrade() -> None:
    for name in _indexes():
        op.execute(f'ALTER INDEX "{name}" RESET (ef_construction)')


def _indexes() -> list[str]:
    found = "SELECT indexname FROM pg_indexes WHERE tablename = 'passage_vectors' AND indexdef LIKE '%hnsw%'"
    return list(op.get_bind().scalars(sa.text(found)))
