"""`frontdesk db`: the schema's version."""

import typer

from frontdesk.cli.options import DataDir

db = typer.Typer(help="Look at the database's schema, and bring it up to date.", no_args_is_help=True)


@db.command()
def upgrade(data_dir: DataDir = None) -> None:
    """Run the migrations that are missing; the service also does so when it starts."""
    from frontdesk.cli.schema import upgrade_schema
    from frontdesk.config import load_settings

    typer.echo(upgrade_schema(load_settings(data_dir=data_dir)))


@db.command()
def status(data_dir: DataDir = None) -> None:
    """Show the schema's version and the server's; exit code 1 if migrations are missing."""
    from frontdesk.cli.schema import schema_status
    from frontdesk.config import load_settings

    status = schema_status(load_settings(data_dir=data_dir))
    typer.echo(status.text)
    if not status.is_current:
        raise typer.Exit(1)
