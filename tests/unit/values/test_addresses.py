from datetime import date

import pytest

from frontdesk.values.read import read_values
from frontdesk.values.reading import ReadingContext
from frontdesk.values.types import FieldType


def read(text: str, kind: FieldType, region: str | None = None) -> list[tuple[object, str]]:
    context = ReadingContext("en", date(2026, 3, 16), region=region)
    return [(r.value, text[r.start : r.end]) for r in read_values(text, kind, context)]


@pytest.mark.parametrize(
    ("text", "address", "words"),
    [
        ("it's Jane.Doe+a@Example.org.", "Jane.Doe+a@example.org", "Jane.Doe+a@Example.org"),
        ("我的邮箱是wang@example.cn谢谢", "wang@example.cn", "wang@example.cn"),
        ("ana＠example.com", "ana@example.com", "ana＠example.com"),
        ("jane at example dot com", "jane@example.com", "jane at example dot com"),
        ("ana arroba ejemplo punto es", "ana@ejemplo.es", "ana arroba ejemplo punto es"),
        ("ola małpa przyklad kropka pl", "ola@przyklad.pl", "ola małpa przyklad kropka pl"),
    ],
)
def test_that_an_address_is_read_with_its_span(text: str, address: str, words: str) -> None:
    assert read(text, FieldType.EMAIL) == [(address, words)]


@pytest.mark.parametrize(
    "text", ["meet me at example.com", "a@b", "@handle", "jane@", "no email, sorry", "a..b@example.com"]
)
def test_that_no_address_is_invented(text: str) -> None:
    assert read(text, FieldType.EMAIL) == []


@pytest.mark.parametrize(
    ("text", "region", "number", "words"),
    [
        ("+48 601 234 567", None, "+48601234567", "+48 601 234 567"),
        ("call (415) 555-2671 please", "US", "+14155552671", "(415) 555-2671"),
        ("mi móvil es 612 34 56 78", "ES", "+34612345678", "612 34 56 78"),
        ("电话13812345678谢谢", "CN", "+8613812345678", "13812345678"),
        ("６０１２３４５６７", "PL", "+48601234567", "６０１２３４５６７"),
    ],
)
def test_that_a_phone_number_is_read_in_e164(text: str, region: str | None, number: str, words: str) -> None:
    assert read(text, FieldType.PHONE, region) == [(number, words)]


@pytest.mark.parametrize("text", ["5000", "2026-05-04", "between 5 000 and 10 000", "601 234 567", "no calls"])
def test_that_other_digits_are_no_phone_number(text: str) -> None:
    assert read(text, FieldType.PHONE) == []


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("zh", "13812345678", "+8613812345678"),
        ("zh", "我的手机是 138 1234 5678", "+8613812345678"),
        ("en", "07911 123456", "+447911123456"),
        ("en", "my number is (415) 555-2671", "+14155552671"),
        ("es", "34612345678", "+34612345678"),
        ("pl", "4915112345678", "+4915112345678"),
    ],
)
def test_that_a_number_of_another_country_is_read_without_its_plus_sign(language: str, text: str, number: str) -> None:
    context = ReadingContext(language, date(2026, 3, 16), region="PL")
    assert [each.value for each in read_values(text, FieldType.PHONE, context)] == [number]


@pytest.mark.parametrize("text", ["order 4915112345678", "000000000", "call 12345678", "2026 2027 2028"])
def test_that_other_digits_are_no_number_from_abroad(text: str) -> None:
    assert read(text, FieldType.PHONE, "PL") == []
