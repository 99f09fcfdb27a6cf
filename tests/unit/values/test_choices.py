from datetime import date

import pytest

from frontdesk.values.read import read_values
from frontdesk.values.reading import Option, ReadingContext
from frontdesk.values.types import FieldType

OPTIONS = (
    Option("half_board", ("Half board", "Media pensión", "Niepełne wyżywienie", "半膳")),
    Option("all_inclusive", ("All inclusive", "Todo incluido", "全包")),
    Option("self_catering", ("Self catering", "Independent plan", "Sin comidas", "Bez wyżywienia", "自理")),
)


def read(text: str, kind: FieldType = FieldType.CHOICE) -> list[tuple[object, str]]:
    context = ReadingContext("en", date(2026, 3, 16), options=OPTIONS)
    return [(r.value, text[r.start : r.end]) for r in read_values(text, kind, context)]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("HALF BOARD please", "half_board", "HALF BOARD"),
        ("half_board", "half_board", "half_board"),
        ("todo incluido", "all_inclusive", "todo incluido"),
        ("all inclusve", "all_inclusive", "all inclusve"),
        ("the independent one", "self_catering", "independent"),
        ("全包吧", "all_inclusive", "全包"),
        ("bez wyzywienia", "self_catering", "bez wyzywienia"),
        ("the second one", "all_inclusive", "the second one"),
        ("第二个", "all_inclusive", "第二个"),
        ("ostatnia", "self_catering", "ostatnia"),
        ("la primera", "half_board", "la primera"),
        ("option 3", "self_catering", "3"),
        ("2", "all_inclusive", "2"),
        ("not half board, all inclusive", "all_inclusive", "all inclusive"),
    ],
)
def test_that_an_option_is_known_by_name_label_typo_or_place(text: str, name: str, words: str) -> None:
    assert read(text) == [(name, words)]


@pytest.mark.parametrize(
    "text", ["what's all inclusive?", "not all inclusive", "don't know", "7", "board games", "¿qué es media pensión?"]
)
def test_that_no_option_is_invented(text: str) -> None:
    assert read(text) == []


def test_that_several_options_are_all_read() -> None:
    assert [value for value, _ in read("half board or all inclusive")] == ["half_board", "all_inclusive"]
    multi = read("all inclusive and half board", FieldType.MULTI_CHOICE)
    assert multi == [(("half_board", "all_inclusive"), "all inclusive and half board")]
    assert read("todas", FieldType.MULTI_CHOICE)[0][0] == ("half_board", "all_inclusive", "self_catering")
    assert read("small ones", FieldType.MULTI_CHOICE) == []
