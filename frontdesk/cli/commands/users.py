"""`frontdesk users`: who may sign in to the inbox."""

from typing import Annotated

import typer

from frontdesk.access.people.roles import Role
from frontdesk.cli.options import DataDir

users = typer.Typer(help="Manage who may sign in to the inbox.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(help="Their e-mail address.")]


@users.command()
def add(
    email: Email,
    name: Annotated[str, typer.Option(help="As colleagues, playbook teams and contacts know them.")],
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.MEMBER,
    ask_password: Annotated[bool, typer.Option("--password", help="Read a password instead of making one up.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Make an account, and print its password this one time unless you give one."""
    from frontdesk.cli.users import add_user, typed_password
    from frontdesk.config import load_settings

    password = typed_password() if ask_password else None
    typer.echo(add_user(load_settings(data_dir=data_dir), email, name, role, password))


@users.command(name="list")
def list_(data_dir: DataDir = None) -> None:
    """Show everyone who may sign in."""
    from frontdesk.cli.users import print_users
    from frontdesk.config import load_settings

    print_users(load_settings(data_dir=data_dir))


@users.command()
def password(email: Email, data_dir: DataDir = None) -> None:
    """Set a new password, read from standard input."""
    from frontdesk.cli.users import set_password, typed_password
    from frontdesk.config import load_settings

    typer.echo(set_password(load_settings(data_dir=data_dir), email, typed_password()))


@users.command()
def role(
    email: Email, role: Annotated[Role, typer.Argument(help="What they may do from now on.")], data_dir: DataDir = None
) -> None:
    """Give somebody another role."""
    from frontdesk.cli.users import set_role
    from frontdesk.config import load_settings

    typer.echo(set_role(load_settings(data_dir=data_dir), email, role))


@users.command()
def disable(email: Email, data_dir: DataDir = None) -> None:
    """End an account and its sessions at once."""
    from frontdesk.cli.users import disable_user
    from frontdesk.config import load_settings

    typer.echo(disable_user(load_settings(data_dir=data_dir), email))


@users.command()
def enable(email: Email, data_dir: DataDir = None) -> None:
    """Let somebody in again whose account was ended."""
    from frontdesk.cli.users import enable_user
    from frontdesk.config import load_settings

    typer.echo(enable_user(load_settings(data_dir=data_dir), email))


@users.command()
def available(email: Email, data_dir: DataDir = None) -> None:
    """Have somebody given hand-offs again."""
    from frontdesk.cli.users import set_available
    from frontdesk.config import load_settings

    typer.echo(set_available(load_settings(data_dir=data_dir), email, available=True))


@users.command()
def away(email: Email, data_dir: DataDir = None) -> None:
    """Have somebody given no hand-offs for now."""
    from frontdesk.cli.users import set_available
    from frontdesk.config import load_settings

    typer.echo(set_available(load_settings(data_dir=data_dir), email, available=False))
