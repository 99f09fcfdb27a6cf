from datetime import date
from decimal import Decimal

import pytest

from frontdesk.values.read import read_values
from frontdesk.values.reading import ReadingContext
from frontdesk.values.types import FieldType, Quantity

TODAY = date(2026, 3, 16)


def read(text: str, language: str = "en", unit: str | None = None) -> list[tuple[Quantity, str]]:
    context = ReadingContext(language, TODAY, currency="EUR", region="ES", unit=unit)
    readings = read_values(text, FieldType.NUMBER, context)
    return [(r.value, text[r.start : r.end]) for r in readings if isinstance(r.value, Quantity)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("12", 12, 12),
        ("we're 4", 4, 4),
        ("twenty-five people", 25, 25),
        ("between 20 and 30", 20, 30),
        ("5-6 guests", 5, 6),
        ("two or three", 2, 3),
        ("a hundred and five", 105, 105),
        ("over two hundred and fifty thousand users", 250000, 250000),
        ("2 500", 2500, 2500),
        ("1.200 empleados", 1200, 1200),
        ("1,200 employees", 1200, 1200),
        ("2,5", "2.5", "2.5"),
        ("a dozen", 12, 12),
        ("four of us", 4, 4),
        ("family of five", 5, 5),
        ("somos cuatro", 4, 4),
        ("treinta y cinco personas", 35, 35),
        ("dos mil quinientos", 2500, 2500),
        ("nas troje", 3, 3),
        ("we dwoje", 2, 2),
        ("jest nas czworo", 4, 4),
        ("z dziesięcioma osobami", 10, 10),
        ("sto dwadzieścia trzy", 123, 123),
        ("dwóch dorosłych", 2, 2),
        ("półtora tysiąca", 1500, 1500),
        ("三十人左右", 30, 30),
        ("一两百人", 100, 200),
        ("三四个人", 3, 4),
        ("三百零五", 305, 305),
        ("5万", 50000, 50000),
        ("两千五", 2500, 2500),
        ("１２个", 12, 12),
        ("not 3 but 5 people", 5, 5),
    ],
)
def test_that_numbers_are_read_in_digits_and_words(text: str, low: int | str, high: int | str) -> None:
    assert [value for value, _ in read(text)] == [Quantity(Decimal(low), Decimal(high))]


@pytest.mark.parametrize(
    ("text", "size", "words"),
    [
        ("2 adults and 3 kids", 5, "2 adults and 3 kids"),
        ("we are 3 engineers and 4 sales reps", 7, "3 engineers and 4 sales reps"),
        ("me plus four others", 5, "me plus four others"),
        ("my wife and I", 2, "my wife and I"),
        ("me, my husband and 2 kids", 4, "me, my husband and 2 kids"),
        ("just me", 1, "just me"),
        ("a couple", 2, "a couple"),
        ("solo yo", 1, "solo yo"),
        ("mi mujer y yo", 2, "mi mujer y yo"),
        ("dos adultos y un niño", 3, "dos adultos y un niño"),
        ("ja i żona", 2, "ja i żona"),
        ("tylko ja", 1, "tylko ja"),
        ("dwie osoby dorosłe i troje dzieci", 5, "dwie osoby dorosłe i troje dzieci"),
        ("rodzina pięcioosobowa", 5, "pięcioosobowa"),
        ("一家三口", 3, "三"),
        ("我和老婆", 2, "我和老婆"),
        ("我跟两个同事", 3, "我跟两个同事"),
        ("两大一小", 3, "两大一小"),
        ("就我自己", 1, "就我自己"),
    ],
)
def test_that_a_party_is_counted(text: str, size: int, words: str) -> None:
    assert read(text) == [(Quantity(Decimal(size), Decimal(size)), words)]


@pytest.mark.parametrize(
    "text",
    [
        "3000 EUR",
        "$50",
        "500块",
        "in 2026",
        "3 months",
        "dos semanas",
        "za 3 dni",
        "三个月",
        "at 5pm",
        "10:30",
        "on May 5",
        "5 maja",
        "5月4号",
        "2026-05-04",
        "call 612 345 678",
        "jane99@example.org",
        "https://example.org/12",
        "a 5 star hotel",
        "100%",
        "room 12",
        "the second one",
        "this one",
        "kids aged 5 and 7",
        "24/7",
        "B2B",
        "mil gracias",
        "a few thousand",
        "想要一个机器人",
        "一起去",
        "not sure",
    ],
)
def test_that_what_counts_something_else_is_no_number(text: str) -> None:
    assert read(text) == []


def test_that_a_field_that_counts_days_reads_days() -> None:
    assert read("3 days", unit="days")[0][0] == Quantity(Decimal(3), Decimal(3))
    assert read("2 rooms for 4 people", unit="rooms") == [(Quantity(Decimal(2), Decimal(2)), "2")]


@pytest.mark.parametrize("text", ["around 30", "at least 10", "不到十个人", "ponad stu", "unas 20", "10+"])
def test_that_bounds_and_approximations_are_hedged(text: str) -> None:
    (reading,) = read_values(text, FieldType.NUMBER, ReadingContext("en", TODAY))
    assert reading.hedged


@pytest.mark.parametrize("text", ["about 8k a year", "8000 al año", "8000 rocznie", "每年八千一年"])
def test_that_an_amount_that_is_due_each_year_counts_no_users(text: str) -> None:
    assert read(text, unit="users") == []
