"""The commands put together, and how their errors are told: one clear line, and an exit code."""

import sys

import typer

from frontdesk.cli.commands import serve, worker
from frontdesk.errors import FrontdeskError

program = typer.Typer(
    name="frontdesk",
    help="An AI agent that answers a business's messages first, and hands over qualified leads.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
program.command()(serve.serve)
program.command()(worker.worker)


def main() -> None:
    """Run the command line: exit code 0, 1 for an error, 2 for a mistake in the command itself."""
    try:
        program()
    except FrontdeskError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
