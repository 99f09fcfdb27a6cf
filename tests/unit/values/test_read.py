import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.values.agree import agrees
from frontdesk.values.display import display
from frontdesk.values.json_form import value_from_json, value_to_json
from frontdesk.values.read import read_values
from frontdesk.values.reading import Option, ReadingContext
from frontdesk.values.types import FieldType

OPTIONS = (Option("basic", ("Basic", "Podstawowy", "基础版")), Option("family", ("Family plan", "Plan familiar")))
_VOCABULARY = """
5 2,500 10-15k € $ EUR zł 元 万 三 个 月 半 a and half thousand tys. mil me i my wife kids to do od between May
next week za miesiące tres meses first of the end not no yes 13/05 2026 jane@x.io +48601234567 ? , . - ~ ½ ² é ß 👍 ١
"""
_WORDS = st.lists(st.sampled_from(_VOCABULARY.split()), max_size=12)
_TEXTS = st.one_of(st.text(max_size=80), _WORDS.map(" ".join), _WORDS.map("".join))
_CONTEXTS = st.builds(
    ReadingContext,
    st.sampled_from(["en", "es", "pl", "zh", "de", ""]),
    st.dates(min_value=date(1990, 1, 1), max_value=date(2990, 12, 31)),
    st.sampled_from([None, "EUR", "JPY", "MXN"]),
    st.sampled_from([None, "US", "PL", "CN"]),
    st.just(OPTIONS),
)


@given(_TEXTS, st.sampled_from(list(FieldType)), _CONTEXTS)
def test_that_any_text_gives_readings_with_valid_spans_that_can_be_stored_and_shown(
    text: str, kind: FieldType, context: ReadingContext
) -> None:
    readings = read_values(text, kind, context)
    assert [reading.start for reading in readings] == sorted(reading.start for reading in readings)
    for reading in readings:
        assert 0 <= reading.start < reading.end <= len(text)
        assert text[reading.start : reading.end].strip()
        assert value_from_json(value_to_json(reading.value), kind) == reading.value
        assert agrees(reading.value, reading.value, kind)
        assert display(reading.value, context.language)


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            "a",
            "1",
            "1,",
            "1 ",
            "111 ",
            "1-",
            "一",
            "三万五和",
            "one and ",
            "may 5 to ",
            "a@b.",
            "a dot ",
            "(",
            "$",
            " ",
        ),
        *("me and my wife and ", "not sure, ", "what? ", "we are in ", "e\u0301", "basic ", "601 234 567 "),
    ],
)
def test_that_a_huge_text_takes_no_long_time(pattern: str) -> None:
    text = (pattern * 100_000)[:100_000]
    context = ReadingContext("en", date(2026, 3, 16), "EUR", "PL", OPTIONS)
    for kind in FieldType:
        assert min(seconds_of_reading(text, kind, context) for _ in range(3)) < 0.5


def seconds_of_reading(text: str, kind: FieldType, context: ReadingContext) -> float:
    """Processor time; the best of a few leaves out what is loaded once, and what else the machine does."""
    before = time.process_time()
    read_values(text, kind, context)
    return time.process_time() - before
