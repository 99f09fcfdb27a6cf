"""What a check of a playbook finds: where, what is wrong, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rapidfuzz import fuzz, process

_LIKENESS = 60
"""Percent of equal letters above which a name is taken for a misspelling of another."""


class Severity(StrEnum):
    """An error keeps the playbook from being used; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake in a file; line and column count from 1."""

    path: Path
    line: int
    column: int
    what: str
    right: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        said = f"{self.path}:{self.line}: {self.what}"
        return f"{said}; {self.right}" if self.right else said


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that `word` is most likely a misspelling of."""
    folded = {name.casefold(): name for name in known}
    match = process.extractOne(word.casefold(), list(folded), scorer=fuzz.ratio, score_cutoff=_LIKENESS)
    return folded[match[0]] if match else None


def suggestion(word: str, known: Iterable[str]) -> str:
    """Say which known name was meant, or which there are."""
    names = list(known)
    close = nearest(word, names)
    if close is not None:
        return f"did you mean `{close}`?"
    return f"write {one_of(names)}" if names else ""


def one_of(names: Iterable[str]) -> str:
    """List names as a choice: `a`, or one of `a`, `b`."""
    quoted = [f"`{name}`" for name in dict.fromkeys(names)]
    return quoted[0] if len(quoted) == 1 else f"one of {', '.join(quoted)}"
