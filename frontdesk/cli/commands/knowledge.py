"""`frontdesk knowledge`: what the agent finds, why, and what it was asked in vain."""

from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from frontdesk.cli.options import DataDir, PlaybookFile
from frontdesk.ids import read_id

knowledge = typer.Typer(help="Search as the agent does, and answer what it was asked in vain.", no_args_is_help=True)

_Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def _gap_id(written: str) -> UUID:
    gap = read_id(written)
    if gap is None:
        raise typer.BadParameter(f"{written} is not the id of a gap; frontdesk knowledge gaps shows them")
    return gap


_GapId = Annotated[
    UUID, typer.Argument(metavar="ID", parser=_gap_id, help="The gap, as frontdesk knowledge gaps shows it.")
]


@knowledge.command()
def search(
    query: Annotated[str | None, typer.Argument(help="What a contact might ask.")] = None,
    language: Annotated[str | None, typer.Option(help="Only passages in this language, such as en.")] = None,
    source: Annotated[str | None, typer.Option(help="Only passages of this source: its id, path or address.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=50, help="Most passages.")] = 6,
    batch: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.jsonl",
            help='Measure instead: one {"id", "query", "gold": [passage or document ids, or citations] or []} a line.',
        ),
    ] = None,
    as_json: _Json = False,
    data_dir: DataDir = None,
    playbook: PlaybookFile = None,
) -> None:
    """Show the passages for a question, their places in both legs, and how sure the agent is of the first; or measure.

    With --batch, exit code 1 if a line of the file cannot be read.
    """
    from frontdesk.cli.knowledge.search import Narrowed, measure_batch, show_search
    from frontdesk.config import load_settings

    if (query is None) == (batch is None):
        raise typer.BadParameter("give either a question or --batch")
    settings = load_settings(data_dir=data_dir, playbook=playbook)
    narrowed = Narrowed(language, source)
    if query is not None:
        show_search(settings, query, narrowed, limit, as_json=as_json)
    elif batch is not None and not measure_batch(settings, batch, narrowed, as_json=as_json):
        raise typer.Exit(1)


@knowledge.command()
def gaps(
    state: Annotated[str, typer.Option(help="open, answered or dismissed.")] = "open",
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most gaps.")] = 50,
    as_json: _Json = False,
    data_dir: DataDir = None,
    playbook: PlaybookFile = None,
) -> None:
    """Show what contacts asked and no passage answered, the most asked first."""
    from frontdesk.cli.knowledge.gaps import print_gaps
    from frontdesk.config import load_settings
    from knowledge.gaps.repository import GapState

    if state not in list(GapState):
        raise typer.BadParameter(f"{state} is none of {', '.join(GapState)}", param_hint="--state")
    print_gaps(load_settings(data_dir=data_dir, playbook=playbook), GapState(state), limit, as_json=as_json)


@knowledge.command()
def answer(
    gap_id: _GapId,
    text: Annotated[str, typer.Argument(help="The answer, as contacts shall read it.")],
    question: Annotated[str | None, typer.Option(help="In place of the contact's wording.")] = None,
    language: Annotated[str | None, typer.Option(help="Of the answer, such as en; detected if not given.")] = None,
    valid_until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day on which it holds.")
    ] = None,
    data_dir: DataDir = None,
    playbook: PlaybookFile = None,
) -> None:
    """Answer a gap once for all: every wording of the question finds this from now on."""
    from frontdesk.cli.knowledge.gaps import answer_gap
    from frontdesk.config import load_settings
    from knowledge.gaps.answers import GapAnswer

    if not text.strip():
        raise typer.BadParameter("the answer is empty")
    said = GapAnswer(text.strip(), question, language, valid_until.date() if valid_until else None)
    typer.echo(answer_gap(load_settings(data_dir=data_dir, playbook=playbook), gap_id, said))


@knowledge.command()
def dismiss(gap_id: _GapId, data_dir: DataDir = None, playbook: PlaybookFile = None) -> None:
    """Leave a gap unanswered for good."""
    from frontdesk.cli.knowledge.gaps import dismiss_gap
    from frontdesk.config import load_settings

    typer.echo(dismiss_gap(load_settings(data_dir=data_dir, playbook=playbook), gap_id))
