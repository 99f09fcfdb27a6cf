"""Take conversations out of the service from the command line."""

import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import IO

from evals.export import exported
from evals.repository import ExportFilter, recorded_names
from frontdesk.channels.contract import ChannelKind
from frontdesk.channels.secret_box import installation_key
from frontdesk.cli.database import with_database
from frontdesk.config import Settings
from frontdesk.db.engine import Database
from frontdesk.errors import FrontdeskError
from frontdesk.playbook.findings import suggestion
from frontdesk.playbook.loading import load_playbook
from frontdesk.playbook.models import Playbook


class FilterUnknownError(FrontdeskError):
    """A filter names a channel or a stage that there never was; the message says which there are."""

    code = "filter_unknown"


def export_conversations(settings: Settings, wanted: ExportFilter, out: Path | None, *, unmasked: bool) -> int:
    """Write conversations, one a line, to a file or to standard output; returns how many.

    Raises FilterUnknownError.
    """
    playbook = load_playbook(settings.playbook).playbook
    key = None if unmasked else masking_key(settings)
    return with_database(settings, lambda database: _export(database, wanted, playbook, key, out))


def masking_key(settings: Settings) -> bytes:
    """The installation's own: the same person gets the same made-up name in every export."""
    configured = settings.secret_key.get_secret_value() if settings.secret_key else None
    return sha256(f"masking {installation_key(settings.absolute_data_dir, configured)}".encode()).digest()


async def _export(
    database: Database, wanted: ExportFilter, playbook: Playbook, key: bytes | None, out: Path | None
) -> int:
    await _require_names(database, wanted, playbook)  # before a file of an earlier export is overwritten
    if out is None:
        return await _write(database, wanted, playbook, key, sys.stdout.buffer)
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("wb") as file:
        return await _write(database, wanted, playbook, key, file)


async def _write(
    database: Database, wanted: ExportFilter, playbook: Playbook, key: bytes | None, file: IO[bytes]
) -> int:
    count = 0
    async for saved in exported(database, wanted, playbook, key):
        file.write(saved.model_dump_json(exclude_defaults=True).encode() + b"\n")
        count += 1
    return count


async def _require_names(database: Database, wanted: ExportFilter, playbook: Playbook) -> None:
    stages = [stage.name for stage in playbook.lifecycle.all_stages]
    if wanted.channel in (None, *ChannelKind) and wanted.stage in (None, *stages):
        return
    recorded = await recorded_names(database)  # reads every move of every contact
    _require("channel", wanted.channel, [*ChannelKind, *sorted(recorded.channels)])
    _require("stage", wanted.stage, [*stages, *sorted(recorded.stages)])


def _require(what: str, name: str | None, known: Sequence[str]) -> None:
    if name is not None and name not in known:
        raise FilterUnknownError(f"there is no {what} `{name}`; {suggestion(name, known)}")
