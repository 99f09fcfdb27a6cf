"""A mistake at a place of the playbook, before the place is known as a line."""

from dataclasses import dataclass

from frontdesk.playbook.findings import Severity
from frontdesk.playbook.source import KeyPath


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong at `where` (at the key itself if `at_key`), and what would be right."""

    where: KeyPath
    what: str
    right: str
    severity: Severity = Severity.ERROR
    at_key: bool = False


def warning(where: KeyPath, what: str, right: str, *, at_key: bool = False) -> Mistake:
    """Return a mistake that does not keep the playbook from being used."""
    return Mistake(where, what, right, Severity.WARNING, at_key)
