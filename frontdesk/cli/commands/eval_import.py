"""`frontdesk eval import`: conversations from another product's export, as a suite."""

from pathlib import Path
from typing import Annotated

import typer

from frontdesk.cli.evals.exits import EvalExit, broken_ends

Pairs = list[str] | None


def import_(
    path: Annotated[Path, typer.Argument(help="A file, or a folder of files.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The suite. [default: standard output]")] = None,
    form: Annotated[str | None, typer.Option("--format", help="The format. [default: found by content]")] = None,
    timezone: Annotated[str, typer.Option(help="Of times that state none, such as Europe/Warsaw.")] = "UTC",
    business: Annotated[Pairs, typer.Option(help="A name under which the business wrote; may be repeated.")] = None,
    business_as: Annotated[
        str | None, typer.Option(help="Take what the business wrote as `agent` or `human`. [default: as exported]")
    ] = None,
    channel: Annotated[str | None, typer.Option(help="In place of the export's own.")] = None,
    tag: Annotated[Pairs, typer.Option(help="Added to every conversation; may be repeated.")] = None,
    team: Annotated[Pairs, typer.Option(help='"Their team=our team"; may be repeated.')] = None,
    tool: Annotated[Pairs, typer.Option(help='"their_tool=our_tool"; may be repeated.')] = None,
    intent: Annotated[Pairs, typer.Option(help='"their_intent=our_intent"; may be repeated.')] = None,
    field: Annotated[Pairs, typer.Option(help='"their_slot=our_field"; may be repeated.')] = None,
    column: Annotated[Pairs, typer.Option(help='Of a table, "text=Message"; may be repeated.')] = None,
    split_after: Annotated[
        float | None, typer.Option(min=0, help="Cut a WhatsApp chat where it was silent for so many days.")
    ] = None,
) -> None:
    """Read another product's export as a suite, and tell what was left out; exit code 3 if nothing could be read."""
    from frontdesk.cli.evals.importing import format_named, import_conversations, import_options

    try:
        options = import_options(
            timezone=timezone,
            business=business or (),
            business_as=business_as,
            channel=channel,
            tags=tag or (),
            teams=team or (),
            tools=tool or (),
            intents=intent or (),
            fields=field or (),
            columns=column or (),
            split_after=split_after,
        )
        name = format_named(form)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    with broken_ends():
        report = import_conversations(path, name, out, options)
    for line in report.lines():
        typer.echo(line, err=True)
    if not report.conversations:
        raise typer.Exit(EvalExit.BROKEN)
