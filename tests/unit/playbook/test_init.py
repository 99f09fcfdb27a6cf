"""The starter is complete, passes its own check, and never overwrites."""

import json
from pathlib import Path

import pytest

from frontdesk.playbook.check import check_playbook
from frontdesk.playbook.init import StarterExistsError, write_starter
from frontdesk.playbook.schema import playbook_schema


def test_that_the_starter_passes_the_check(tmp_path: Path) -> None:
    write_starter(tmp_path / "new" / "desk")
    assert check_playbook(tmp_path / "new" / "desk" / "playbook.yaml") == ()


def test_that_the_starter_comes_with_documents_and_schema(tmp_path: Path) -> None:
    written = write_starter(tmp_path)
    assert all(path.is_file() for path in written)
    assert {path.suffix for path in written if path.parent.name == "documents"} == {".md", ".csv"}
    first = (tmp_path / "playbook.yaml").read_text("utf-8").splitlines()[0]
    schema = tmp_path / first.partition("$schema=")[2]
    assert json.loads(schema.read_text("utf-8")) == playbook_schema()


@pytest.mark.parametrize("name", ["playbook.yaml", "documents/faq.csv", "playbook.schema.json"])
def test_that_an_existing_file_is_named_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    existing = tmp_path / name
    existing.parent.mkdir(exist_ok=True)
    existing.write_text("mine", encoding="utf-8")
    with pytest.raises(StarterExistsError, match=Path(name).name):
        write_starter(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [existing]
    assert existing.read_text("utf-8") == "mine"
