"""Loading a playbook for use: checked, and with the version that each turn records."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from frontdesk.errors import FrontdeskError
from frontdesk.playbook.check import examine_playbook
from frontdesk.playbook.findings import Finding, Severity
from frontdesk.playbook.models import Playbook

_VERSION_LENGTH = 12


class PlaybookInvalidError(FrontdeskError):
    """The playbook has errors; `findings` says each with its line, warnings included."""

    code = "playbook_invalid"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class LoadedPlaybook:
    """A playbook, its version, and the file that it came from."""

    playbook: Playbook
    version: str
    path: Path


def load_playbook(path: Path) -> LoadedPlaybook:
    """Read a playbook file; raises PlaybookInvalidError if any finding is an error."""
    examined = examine_playbook(path)
    if examined.playbook is None or any(finding.severity is Severity.ERROR for finding in examined.findings):
        raise PlaybookInvalidError(examined.findings)
    return LoadedPlaybook(examined.playbook, playbook_version(examined.playbook), path)


def playbook_version(playbook: Playbook) -> str:
    """Return a short hash of what the playbook says; comments, spacing and stated defaults do not change it."""
    content = playbook.model_dump(mode="json", by_alias=True)
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:_VERSION_LENGTH]
