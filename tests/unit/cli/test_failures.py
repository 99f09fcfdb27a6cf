"""Failures in words."""

import pytest
from typer import Exit

from frontdesk.cli.evals.exits import EvalExit, broken_ends
from frontdesk.cli.failures import in_words
from frontdesk.errors import FrontdeskError


def test_that_a_file_which_cannot_be_used_is_named_with_what_would_be_right() -> None:
    told = in_words(NotADirectoryError(20, "Not a directory", "here/there"))
    assert told == "here/there cannot be used: Not a directory; name a path that this user may read and write"


def test_that_a_fault_of_ours_is_not_put_into_words() -> None:
    assert in_words(ConnectionResetError(104, "reset")) is None
    with pytest.raises(ConnectionResetError), broken_ends():
        raise ConnectionResetError(104, "reset")


@pytest.mark.parametrize("error", [FrontdeskError("no such thing"), PermissionError(13, "no such thing", "file")])
def test_that_what_cannot_be_used_does_not_end_like_an_agent_that_failed(
    error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Exit) as ended, broken_ends():
        raise error
    assert ended.value.exit_code == EvalExit.BROKEN
    assert "no such thing" in capsys.readouterr().err
