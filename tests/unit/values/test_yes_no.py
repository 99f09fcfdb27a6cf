from datetime import date

import pytest

from frontdesk.values.read import read_values
from frontdesk.values.reading import ReadingContext
from frontdesk.values.types import FieldType


def read(language: str, text: str) -> list[object]:
    return [r.value for r in read_values(text, FieldType.YES_NO, ReadingContext(language, date(2026, 3, 16)))]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "yes", True),
        ("en", "Sure, why not", True),
        ("en", "no problem", True),
        ("en", "we already have one", True),
        ("en", "of course not", False),
        ("en", "I don't think so", False),
        ("en", "not yet", False),
        ("es", "si", True),
        ("es", "claro que sí", True),
        ("es", "claro que no", False),
        ("es", "de momento no", False),
        ("pl", "no tak", True),
        ("pl", "no pewnie", True),
        ("pl", "nie ma problemu", True),
        ("pl", "oczywiście, że nie", False),
        ("pl", "jasne że nie", False),
        ("pl", "raczej nie", False),
        ("zh", "是的", True),
        ("zh", "没问题", True),
        ("zh", "可以", True),
        ("zh", "不可以", False),
        ("zh", "没有", False),
        ("en", "tak", True),
        ("pl", "sí, claro", True),
    ],
)
def test_that_yes_and_no_are_told_apart(language: str, text: str, value: bool) -> None:
    assert read(language, text) == [value]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "not sure"),
        ("en", "maybe"),
        ("en", "what would that involve?"),
        ("en", "in Madrid"),
        ("es", "no lo sé"),
        ("pl", "nie wiem"),
        ("pl", "a co to znaczy?"),
        ("zh", "不知道"),
        ("zh", "再看看吧"),
    ],
)
def test_that_neither_is_invented(language: str, text: str) -> None:
    assert read(language, text) == []
