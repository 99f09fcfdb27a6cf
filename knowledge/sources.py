"""Where documents come from: the files below a path, and the parser that each kind of file needs."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from frontdesk.errors import FrontdeskError
from frontdesk.text import storable
from knowledge.chunk import chunk
from knowledge.document import DocumentUnreadableError, ParsedDocument
from knowledge.front_matter import split_front_matter
from knowledge.markdown import parse_markdown
from knowledge.qa_csv import parse_qa_csv


class SourceNotFoundError(FrontdeskError):
    """The path to ingest does not exist or holds no kind of document that can be read."""

    code = "source_not_found"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to ingest; `path` is its name within the source, with forward slashes."""

    path: str
    file: Path


@dataclass(frozen=True, slots=True)
class FileSource:
    """A folder or a single file, as it is now; `location` is its absolute path."""

    kind: str
    location: str
    files: tuple[SourceFile, ...]


def open_source(path: Path) -> FileSource:
    """List the readable files at or below a path, sorted; hidden ones, links and other kinds are left out.

    Raises SourceNotFoundError if there is no such path, or it is a file of another kind.
    """
    location = storable(str(path.resolve()))
    if path.is_dir():
        return FileSource("folder", location, tuple(sorted(_walk(path), key=lambda found: found.path)))
    if not path.exists():
        raise SourceNotFoundError(f"{path} does not exist; name a file or a folder of documents")
    if path.suffix.lower() not in PARSERS:
        raise SourceNotFoundError(f"{path} cannot be read; the kinds that can are {', '.join(sorted(PARSERS))}")
    return FileSource("file", location, (SourceFile(storable(path.name), path),))


def parse_document(path: str, content: bytes) -> ParsedDocument:
    """Return what a file says. Raises DocumentUnreadableError."""
    document = PARSERS[PurePosixPath(path).suffix.lower()](PurePosixPath(path).stem, _decode(content))
    if not document.passages:
        raise DocumentUnreadableError("there is no text in it; add some or delete the file")
    return document


def _walk(folder: Path) -> Iterator[SourceFile]:
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = Path(root, name)
            if not name.startswith(".") and file.suffix.lower() in PARSERS and not file.is_symlink():
                yield SourceFile(storable(file.relative_to(folder).as_posix()), file)


def _decode(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DocumentUnreadableError("this is not UTF-8; save the file with the encoding UTF-8", line) from error
    return storable(text).replace("\r\n", "\n").replace("\r", "\n")


def _markdown(stem: str, text: str) -> ParsedDocument:
    properties, body = split_front_matter(text)
    sections = parse_markdown(body)
    first_heading = next((section.heading[0] for section in sections if section.heading), None)
    title = properties.title or first_heading or stem
    return ParsedDocument(title, chunk(sections, title), properties)


def _qa_csv(stem: str, text: str) -> ParsedDocument:
    return ParsedDocument(stem, parse_qa_csv(text), is_prose=False)


PARSERS: dict[str, Callable[[str, str], ParsedDocument]] = {
    ".csv": _qa_csv,
    ".markdown": _markdown,
    ".md": _markdown,
    ".tsv": _qa_csv,
}
"""By suffix; each takes the file's stem, as the title of last resort, and its text."""
