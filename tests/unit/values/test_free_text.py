from datetime import date

import pytest

from frontdesk.values.read import read_values
from frontdesk.values.reading import ReadingContext
from frontdesk.values.types import FieldType


def read(kind: FieldType, language: str, text: str) -> list[str]:
    readings = read_values(text, kind, ReadingContext(language, date(2026, 3, 16)))
    assert all(text[r.start : r.end] == r.value for r in readings)
    return [str(r.value) for r in readings]


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "Lisbon", "Lisbon"),
        ("en", "we'd like to go to Lisbon next May", "Lisbon"),
        ("en", "Hi, we want to visit Peru in October", "Peru"),
        ("en", "we are based in New York City", "New York City"),
        ("en", "we are looking at Bali or Thailand", "Bali or Thailand"),
        ("en", "Lisbon, what do you recommend?", "Lisbon"),
        ("en", "Austin, Texas please", "Austin, Texas"),
        ("es", "quiero ir a Málaga", "Málaga"),
        ("es", "nos gustaría viajar a Costa Rica en verano", "Costa Rica"),
        ("es", "estamos en Ciudad Real", "Ciudad Real"),
        ("pl", "chcemy lecieć do Grecji", "Grecji"),
        ("pl", "jesteśmy z Łodzi", "Łodzi"),
        ("pl", "do Włoch", "Włoch"),
        ("zh", "想去日本", "日本"),
        ("zh", "我们公司在深圳", "深圳"),
    ],
)
def test_that_the_place_is_what_remains_without_its_lead_in(language: str, text: str, place: str) -> None:
    assert read(FieldType.PLACE, language, text) == [place]


@pytest.mark.parametrize(
    ("language", "text", "company"),
    [
        ("en", "I work at Bluebird Labs", "Bluebird Labs"),
        ("en", "we're Bluebird", "Bluebird"),
        ("en", "my company is called Bluebird Ltd., we sell tea", "Bluebird Ltd."),
        ("en", "we're a small bakery called Crumbs", "Crumbs"),
        ("es", "la empresa se llama Nube Azul S.L.", "Nube Azul S.L."),
        ("es", "trabajo en Solaria", "Solaria"),
        ("pl", "Kowalski sp. z o.o.", "Kowalski sp. z o.o."),
        ("pl", "firma nazywa się Zielony Dom", "Zielony Dom"),
        ("pl", "Nowak i Syn", "Nowak i Syn"),
        ("zh", "我在蓝天科技工作", "蓝天科技"),
        ("zh", "公司叫蓝天", "蓝天"),
    ],
)
def test_that_the_company_is_what_remains_without_its_lead_in(language: str, text: str, company: str) -> None:
    assert read(FieldType.COMPANY, language, text) == [company]


@pytest.mark.parametrize("kind", [FieldType.PLACE, FieldType.COMPANY, FieldType.TEXT])
@pytest.mark.parametrize(
    "text",
    [
        "not sure yet",
        "I'd rather not say",
        "what do you mean?",
        "hello!",
        "thanks 👍",
        "no sé",
        "nie wiem",
        "还没想好",
        "?",
        "ok",
    ],
)
def test_that_no_name_is_invented(kind: FieldType, text: str) -> None:
    assert read(kind, "en", text) == []


def test_that_a_text_field_keeps_the_statement() -> None:
    text = "Hi! We need help with our website. Can you do that?"
    assert read(FieldType.TEXT, "en", text) == ["We need help with our website"]
