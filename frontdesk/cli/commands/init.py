"""`frontdesk init`: a starter playbook."""

from pathlib import Path
from typing import Annotated

import typer


def init(directory: Annotated[Path, typer.Argument(help="Where to write it.")]) -> None:
    """Write a commented starter playbook and a folder for documents."""
    from frontdesk.playbook.init import write_starter

    for path in write_starter(directory):
        typer.echo(path)
    typer.echo(f"\nDescribe your business in {directory / 'playbook.yaml'}, then run")
    typer.echo(f"  frontdesk check {directory / 'playbook.yaml'}")
