"""The `frontdesk` command as a process, on the test run's own database."""

from pathlib import Path

import pytest

from frontdesk.db.engine import Database
from tests.integration.cli.terminal import Terminal

PLAYBOOK = """
business: {name: Reed Boats, languages: [en]}
fields:
  - {name: party_size, type: number, required: true, ask: How many are you?}
limits: {quiet_window: 1s}
"""


@pytest.fixture
def terminal(database: Database, tmp_path: Path) -> Terminal:
    """A shell in a directory that holds a playbook."""
    (tmp_path / "playbook.yaml").write_text(PLAYBOOK)
    return Terminal(tmp_path, {"DATABASE_URL": database.url, "FRONTDESK_DATA_DIR": str(tmp_path / "data")})
