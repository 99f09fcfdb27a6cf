"""What the tests of turns share."""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[EventDict]]:
    """What was logged; it is not rendered, since a traceback with its variables takes seconds."""
    with capture_logs() as entries:
        yield entries
