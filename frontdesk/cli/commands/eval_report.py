"""`frontdesk eval report`: a run as one HTML file."""

from pathlib import Path
from typing import Annotated

import typer

from frontdesk.cli.evals.exits import broken_ends


def report(
    path: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run.")],
    against: Annotated[Path | None, typer.Option(help="The folder of a former run to compare with.")] = None,
    gate: Annotated[str | None, typer.Option(help="With --against, bounds as `eval compare` takes them.")] = None,
    out: Annotated[Path | None, typer.Option(help="The file. [default: report.html in the run's folder]")] = None,
    failures: Annotated[int, typer.Option(min=0, help="Failing conversations that are shown in full.")] = 100,
) -> None:
    """Write a run as one HTML file that opens from disk: figures, slices, confusions, and what failed."""
    from frontdesk.cli.evals.report import report_run

    if gate is not None and against is None:
        raise typer.BadParameter("a gate compares two runs; name the former one with --against")
    with broken_ends():
        report_run(path, against, gate, out, failures)
