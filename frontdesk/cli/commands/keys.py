"""`frontdesk keys`: who may call the API."""

from typing import Annotated

import typer

from frontdesk.access.scopes import Scope
from frontdesk.cli.options import DataDir

keys = typer.Typer(help="Make, list and revoke API keys.", no_args_is_help=True)


@keys.command()
def add(
    name: Annotated[str, typer.Argument(help="Whose key it is.")],
    scope: Annotated[list[Scope], typer.Option(help="What it may do; several are possible.")],
    data_dir: DataDir = None,
) -> None:
    """Make a key and print it, this one time; pipe it to where it is kept."""
    from frontdesk.cli.keys import add_key
    from frontdesk.config import load_settings

    typer.echo(add_key(load_settings(data_dir=data_dir), name, scope))


@keys.command(name="list")
def list_(data_dir: DataDir = None) -> None:
    """Show the keys: whose they are and what they may do."""
    from frontdesk.cli.keys import print_keys
    from frontdesk.config import load_settings

    print_keys(load_settings(data_dir=data_dir))


@keys.command()
def revoke(
    name: Annotated[str, typer.Argument(help="The key's name or id.")],
    data_dir: DataDir = None,
) -> None:
    """End a key at once."""
    from frontdesk.cli.keys import revoke_key
    from frontdesk.config import load_settings

    typer.echo(revoke_key(load_settings(data_dir=data_dir), name))
