"""`frontdesk webhooks`: who is told of our events."""

from typing import Annotated

import typer

from frontdesk.cli.options import DataDir

webhooks = typer.Typer(help="Subscribe other systems to events such as handoff.requested.", no_args_is_help=True)


@webhooks.command()
def add(
    url: Annotated[str, typer.Argument(help="Where events are posted, as Standard Webhooks says.")],
    event: Annotated[list[str] | None, typer.Option(help="An event to tell of; all if none is named.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Subscribe a URL and print the secret that signs what is sent to it."""
    from frontdesk.cli.webhooks import add_endpoint
    from frontdesk.config import load_settings

    typer.echo(add_endpoint(load_settings(data_dir=data_dir), url, event or []))


@webhooks.command(name="list")
def list_(data_dir: DataDir = None) -> None:
    """Show the subscribed URLs."""
    from frontdesk.cli.webhooks import print_endpoints
    from frontdesk.config import load_settings

    print_endpoints(load_settings(data_dir=data_dir))


@webhooks.command()
def remove(
    url: Annotated[str, typer.Argument(help="The URL, or its id.")],
    data_dir: DataDir = None,
) -> None:
    """Tell a URL nothing more."""
    from frontdesk.cli.webhooks import remove_endpoint
    from frontdesk.config import load_settings

    typer.echo(remove_endpoint(load_settings(data_dir=data_dir), url))
