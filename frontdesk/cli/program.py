"""The commands put together, and how their errors are told: one clear line, and an exit code."""

import logging
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from frontdesk.cli.commands import (
    channels,
    chat,
    check,
    db,
    doctor,
    eval,
    ingest,
    init,
    keys,
    knowledge,
    quickstart,
    report,
    serve,
    users,
    webhooks,
    worker,
)
from frontdesk.cli.failures import in_words
from frontdesk.cli.logs import set_up_logs
from frontdesk.errors import FrontdeskError
from frontdesk.garbage import collect_rarely, leave_garbage

program = typer.Typer(
    name="frontdesk",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
program.command()(init.init)
program.command()(check.check)
program.command()(ingest.ingest)
program.command()(chat.chat)
program.command()(serve.serve)
program.command()(worker.worker)
program.command()(quickstart.quickstart)
program.command()(doctor.doctor)
program.command()(report.report)
program.add_typer(channels.channels, name="channels")
program.add_typer(knowledge.knowledge, name="knowledge")
program.add_typer(keys.keys, name="keys")
program.add_typer(users.users, name="users")
program.add_typer(webhooks.webhooks, name="webhooks")
program.add_typer(db.db, name="db")
program.add_typer(eval.evals, name="eval")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(version("frontdesk"))
        raise typer.Exit


_VERSION = typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")


@program.callback()
def start(show_version: Annotated[bool, _VERSION] = False) -> None:
    """An AI agent that answers a business's messages first, and hands over qualified leads."""
    # A command answers on standard output; only what needs attention is logged beside it.
    set_up_logs("text", logging.WARNING)


def main() -> None:
    """Run the command line: exit code 0, 1 for an error, 2 for a mistake in the command itself."""
    collect_rarely()
    try:
        program()
    except (FrontdeskError, OSError) as error:
        told = in_words(error)
        if told is None:
            raise
        print(told, file=sys.stderr)
        sys.exit(1)
    finally:
        leave_garbage()
