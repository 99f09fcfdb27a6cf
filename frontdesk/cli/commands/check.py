"""`frontdesk check`: a playbook's mistakes."""

import json
from pathlib import Path
from typing import Annotated

import typer


def check(
    playbook: Annotated[Path | None, typer.Argument(help="The playbook. [env: FRONTDESK_PLAYBOOK]")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema instead, for editors.")] = False,
) -> None:
    """Say what is wrong in a playbook, where, and what would be right; exit code 1 if there is an error."""
    from frontdesk.config import load_settings
    from frontdesk.playbook.check import check_playbook
    from frontdesk.playbook.findings import Severity
    from frontdesk.playbook.schema import playbook_schema

    if schema:
        typer.echo(json.dumps(playbook_schema(), ensure_ascii=False, indent=2))
        return
    path = playbook or load_settings().playbook
    findings = check_playbook(path)
    for finding in findings:
        mark = "" if finding.severity is Severity.ERROR else "warning: "
        typer.echo(f"{mark}{finding}")
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise typer.Exit(1)
    typer.echo(f"{path}: no errors", err=True)
