"""`frontdesk ingest`: documents into the knowledge base."""

from pathlib import Path
from typing import Annotated

import typer

from frontdesk.cli.options import DataDir, PlaybookFile


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders: Markdown, and CSV of questions and answers.")],
    data_dir: DataDir = None,
    playbook: PlaybookFile = None,
) -> None:
    """Read documents in: only what changed, and what vanished is removed; exit code 1 if a file failed."""
    from frontdesk.cli.ingest import ingest_paths
    from frontdesk.config import load_settings

    if not ingest_paths(load_settings(data_dir=data_dir, playbook=playbook), paths):
        raise typer.Exit(1)
