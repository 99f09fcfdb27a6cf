"""Question-answer pairs from a CSV file with the columns question, answer and optionally language, url, aliases."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO

from knowledge.anchors import Anchors
from knowledge.document import DocumentUnreadableError, ParsedPassage
from knowledge.front_matter import language_code

DELIMITERS = (",", ";", "\t")
ALIAS_SEPARATOR = "|"


class Column(StrEnum):
    """The columns that are read; others are left alone."""

    QUESTION = "question"
    ANSWER = "answer"
    LANGUAGE = "language"
    URL = "url"
    ALIASES = "aliases"


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    fields: list[str]


def parse_qa_csv(text: str) -> tuple[ParsedPassage, ...]:
    """Return one passage per row. Raises DocumentUnreadableError, naming the line."""
    rows = _rows(text, _delimiter(text))
    header = next(rows, None)
    if header is None:
        raise DocumentUnreadableError("the file is empty; the first line must name the columns question and answer")
    columns = _columns(header)
    anchors = Anchors()
    return tuple(_passage(row, columns, len(header.fields), anchors) for row in rows)


def _delimiter(text: str) -> str:
    """Return the delimiter that the header line uses most."""
    header = next((line for line in text.split("\n") if line.strip()), "")
    return max(DELIMITERS, key=header.count)


def _rows(text: str, delimiter: str) -> Iterator[_Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problem = f'the quotes of this row do not match up ({error}); write a quote inside a quoted text twice, ""'
            raise DocumentUnreadableError(problem, line) from error
        if any(field.strip() for field in fields):
            yield _Row(line, [field.strip() for field in fields])


def _columns(header: _Row) -> dict[Column, int]:
    names = [name.casefold() for name in header.fields]
    missing = [column for column in (Column.QUESTION, Column.ANSWER) if column not in names]
    if missing:
        found = ", ".join(repr(name) for name in header.fields)
        raise DocumentUnreadableError(
            f"no column {' and '.join(missing)} among {found}; the first line must name question and answer",
            header.line,
        )
    return {column: names.index(column) for column in Column if column in names}


def _passage(row: _Row, columns: dict[Column, int], width: int, anchors: Anchors) -> ParsedPassage:
    if len(row.fields) > width:
        raise DocumentUnreadableError(
            f"{len(row.fields)} fields under {width} columns; put a text that holds the delimiter in double quotes",
            row.line,
        )
    values = {column: row.fields[index] for column, index in columns.items() if index < len(row.fields)}
    question, answer = values.get(Column.QUESTION), values.get(Column.ANSWER)
    if not question or not answer:
        raise DocumentUnreadableError(f"the {'answer' if question else 'question'} is empty; fill it in", row.line)
    aliases = (alias.strip() for alias in values.get(Column.ALIASES, "").split(ALIAS_SEPARATOR))
    return ParsedPassage(
        anchor=anchors.take(question),
        text=answer,
        question=question,
        aliases=tuple(alias for alias in aliases if alias),
        language=language_code(values.get(Column.LANGUAGE) or None, row.line),
        url=values.get(Column.URL) or None,
    )
