"""Playbook versions by name."""

from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.errors import FrontdeskError
from frontdesk.lifecycle.playbook_versions.repository import find_source
from frontdesk.playbook.check import examine_content
from frontdesk.playbook.loading import LoadedPlaybook
from frontdesk.playbook.models import Playbook


class PlaybookVersionNotFoundError(FrontdeskError):
    """The service has never run with this version, or can no longer read it."""

    code = "playbook_version_not_found"


async def playbook_of(connection: AsyncConnection, version: str, current: LoadedPlaybook) -> Playbook:
    """The playbook of a version that the service has run with. Raises PlaybookVersionNotFoundError."""
    if version == current.version:
        return current.playbook
    source = await find_source(connection, version)
    read = examine_content(source.encode(), Path(version)).playbook if source is not None else None
    if read is None:
        raise PlaybookVersionNotFoundError(f"there is no playbook version {version} that can be read")
    return read
