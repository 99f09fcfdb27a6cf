"""The commands put together, and how their errors are told: one clear line, and an exit code."""

import logging
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from frontdesk.cli.commands import channels, check, db, ingest, init, keys, serve, webhooks, worker
from frontdesk.errors import FrontdeskError

program = typer.Typer(
    name="frontdesk",
    help="An AI agent that answers a business's messages first, and hands over qualified leads.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for command in (init.init, check.check, ingest.ingest, serve.serve, worker.worker):
    program.command()(command)
for group in (channels.channels, keys.keys, webhooks.webhooks, db.db):
    program.add_typer(group)


@program.callback()
def start(
    show_version: Annotated[bool, typer.Option("--version", is_eager=True, help="Print the version.")] = False,
) -> None:
    """Prepare what all commands share."""


def main() -> None:
    """Run the command line: exit code 0, 1 for an error, 2 for a mistake in the command itself."""
    try:
        program()
    except FrontdeskError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
