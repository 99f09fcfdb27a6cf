from pathlib import Path

import pytest

from knowledge.document import DocumentUnreadableError
from knowledge.sources import SourceNotFoundError, open_source, parse_document


def test_that_a_folder_is_walked_without_hidden_files_links_and_other_kinds(tmp_path: Path) -> None:
    for name in ("b.md", "sub/a.csv", ".hidden.md", ".git/x.md", "picture.png", "Z.MD"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text")
    (tmp_path / "link.md").symlink_to(tmp_path / "b.md")
    (tmp_path / "loop").symlink_to(tmp_path)
    source = open_source(tmp_path)
    assert (source.kind, source.location) == ("folder", str(tmp_path.resolve()))
    assert [file.path for file in source.files] == ["Z.MD", "b.md", "sub/a.csv"]


def test_that_a_single_file_is_a_source(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("text")
    assert [file.path for file in open_source(tmp_path / "a.md").files] == ["a.md"]


@pytest.mark.parametrize(("name", "hint"), [("absent", "does not exist"), ("a.png", r"\.csv, \.markdown, \.md")])
def test_that_a_path_that_cannot_be_ingested_says_why(tmp_path: Path, name: str, hint: str) -> None:
    (tmp_path / "a.png").write_text("x")
    with pytest.raises(SourceNotFoundError, match=hint):
        open_source(tmp_path / name)


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (b"\xef\xbb\xbf---\r\ntitle: Given\r\n---\r\n# Heading\r\n\r\ntext\r\n", "Given"),
        (b"# Heading\rtext\r", "Heading"),
        (b"text", "prices"),
    ],
)
def test_that_a_document_gets_the_best_title_there_is(content: bytes, title: str) -> None:
    assert parse_document("pl/prices.md", content).title == title


@pytest.mark.parametrize(
    ("content", "line", "hint"),
    [(b"one\ntwo \xff\n", 2, "UTF-8"), (b"", None, "no text"), (b"<!-- later -->\n", None, "no text")],
)
def test_that_an_unreadable_file_says_why(content: bytes, line: int | None, hint: str) -> None:
    with pytest.raises(DocumentUnreadableError, match=hint) as raised:
        parse_document("a.md", content)
    assert raised.value.line == line
