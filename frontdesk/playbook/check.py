"""Checking a playbook: every mistake with its file and line, what is wrong, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pydantic import ValidationError

from frontdesk.playbook.checks.comparisons import comparison_mistakes
from frontdesk.playbook.checks.mistake import Mistake
from frontdesk.playbook.checks.order import order_mistakes
from frontdesk.playbook.checks.reachability import reachability_mistakes
from frontdesk.playbook.checks.references import reference_mistakes
from frontdesk.playbook.checks.teams import team_mistakes
from frontdesk.playbook.checks.wording import wording_mistakes
from frontdesk.playbook.findings import Finding
from frontdesk.playbook.models import Playbook
from frontdesk.playbook.shape import shape_mistakes
from frontdesk.playbook.source import Source, read_source

_CHECKS = (
    reference_mistakes,
    team_mistakes,
    comparison_mistakes,
    reachability_mistakes,
    wording_mistakes,
    order_mistakes,
)


@dataclass(frozen=True, slots=True)
class Examination:
    """What reading a playbook came to; there is no playbook if its shape is wrong."""

    playbook: Playbook | None
    findings: tuple[Finding, ...]


def check_playbook(path: Path) -> tuple[Finding, ...]:
    """Return every finding in a playbook file, in the order of its lines; never raises for a bad file."""
    return examine_playbook(path).findings


def examine_playbook(path: Path) -> Examination:
    """Read and check a playbook file."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return _unread(path, 1, "there is no such file", "write the playbook's path, or run `frontdesk init`")
    except IsADirectoryError:
        return _unread(path, 1, "this is a folder", f"write the playbook's path, such as {path / 'playbook.yaml'}")
    except OSError:
        return _unread(path, 1, "the file cannot be opened", "write the path of a file that you may read")
    return examine_content(content, path)


def examine_content(content: bytes, path: Path) -> Examination:
    """Check a playbook's content; `path` only names it in the findings."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return _unread(path, line, "the file is not UTF-8 here", "save it with the encoding UTF-8")
    source = read_source(text)
    if source.mishaps:
        return Examination(None, tuple(Finding(path, *place, what, right) for place, what, right in source.mishaps))
    if source.data is None:
        return _unread(path, 1, "the playbook is empty", "write at least `business: {name: …}`")
    if not isinstance(source.data, dict):
        return _unread(path, 1, "the playbook is not a mapping", "begin with `business:` at the left margin")
    return _examine_source(source, path)


def _examine_source(source: Source, path: Path) -> Examination:
    try:
        playbook = Playbook.model_validate(source.data)
    except ValidationError as error:
        return Examination(None, _located(shape_mistakes(error, source.data), source, path))
    mistakes = chain.from_iterable(check(playbook) for check in _CHECKS)
    return Examination(playbook, _located(mistakes, source, path))


def _located(mistakes: Iterable[Mistake], source: Source, path: Path) -> tuple[Finding, ...]:
    placed = [(source.position(mistake.where, at_key=mistake.at_key), mistake) for mistake in mistakes]
    findings = [Finding(path, *place, mistake.what, mistake.right, mistake.severity) for place, mistake in placed]
    return tuple(sorted(findings, key=lambda finding: (finding.line, finding.column)))


def _unread(path: Path, line: int, what: str, right: str) -> Examination:
    return Examination(None, (Finding(path, line, 1, what, right),))
