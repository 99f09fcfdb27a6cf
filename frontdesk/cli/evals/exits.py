"""Exit codes of `frontdesk eval`, as a pipeline reads them."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import typer

from frontdesk.cli.failures import in_words
from frontdesk.errors import FrontdeskError


class EvalExit(IntEnum):
    """How a command ended."""

    HOLDS = 0
    """Nothing failed; the gate holds."""
    FAILS = 1
    """Some conversation failed; the gate does not hold."""
    UNDECIDED = 2
    """The gate could not be decided at this sample size."""
    BROKEN = 3
    """Something that is needed cannot be used: a suite, a gate, a run, the playbook, a setting, a file."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C; what was done is kept."""


@contextmanager
def broken_ends() -> Iterator[None]:
    """Tell what cannot be used, and end with the code for it: 1 would say that the agent failed."""
    try:
        yield
    except (FrontdeskError, OSError) as error:
        told = in_words(error)
        if told is None:
            raise
        typer.echo(told, err=True)
        raise typer.Exit(EvalExit.BROKEN) from None
