"""The starter: a commented playbook, its schema for editors, and a folder of documents."""

import json
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from frontdesk.errors import FrontdeskError
from frontdesk.playbook.schema import playbook_schema

SCHEMA_FILE = "playbook.schema.json"


class StarterExistsError(FrontdeskError):
    """A file of the starter is already there; nothing was written."""

    code = "starter_exists"

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is already there; choose an empty directory, or move the file away")
        self.path = path


def write_starter(directory: Path) -> tuple[Path, ...]:
    """Write the starter below `directory` and return its files; raises StarterExistsError before writing any."""
    if directory.is_file():
        raise StarterExistsError(directory)
    contents = {directory / name: content for name, content in _starter_files()}
    for path in contents:
        if path.exists():
            raise StarterExistsError(path)
    for path, content in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
    return tuple(contents)


def _starter_files() -> Iterator[tuple[str, str]]:
    yield from _texts_below(files("frontdesk.playbook").joinpath("starter"), "")
    yield SCHEMA_FILE, json.dumps(playbook_schema(), ensure_ascii=False, indent=2) + "\n"


def _texts_below(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda item: (item.is_dir(), item.name)):
        if entry.is_dir():
            yield from _texts_below(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry.read_text("utf-8")
