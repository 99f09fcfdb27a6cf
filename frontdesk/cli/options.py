"""Options that several commands take; each wins over its environment variable."""

from pathlib import Path
from typing import Annotated

import typer

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir", help="Where the embedded database lives. [env: FRONTDESK_DATA_DIR; default: .frontdesk]"
    ),
]
PlaybookFile = Annotated[
    Path | None, typer.Option("--playbook", help="The playbook. [env: FRONTDESK_PLAYBOOK; default: playbook.yaml]")
]
Host = Annotated[
    str | None, typer.Option("--host", help="The address to listen on. [env: FRONTDESK_HOST; default: 127.0.0.1]")
]
Port = Annotated[
    int | None,
    typer.Option("--port", min=0, max=65535, help="0: any free port. [env: FRONTDESK_PORT; default: 8080]"),
]
