import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.words import count_words, lexemes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Refund", "REFUNDS"),
        ("wiza", "wizę"),
        ("godzina otwarcia", "godziny otwarcia"),
        ("¿Cuál es el precio?", "cual es el precio"),
        ("Łódź", "lodz"),
        ("Ｆｕｌｌ width", "full width"),
    ],
)
def test_that_forms_of_a_word_share_their_lexemes(one: str, other: str) -> None:
    assert lexemes(one) == lexemes(other)


@pytest.mark.parametrize(("one", "other"), [("visa", "price"), ("10000", "10001"), ("签证", "退款")])
def test_that_different_words_do_not(one: str, other: str) -> None:
    assert not set(lexemes(one)) & set(lexemes(other))


def test_that_scripts_without_spaces_become_pairs_of_characters() -> None:
    assert lexemes("签证多少钱") == sorted(["签证", "证多", "多少", "少钱"])
    assert lexemes("Rome 5晚") == sorted(["rom", "5", "晚"])


def test_that_punctuation_alone_has_no_lexemes() -> None:
    assert lexemes(" ?! … 👍 ") == []


def test_that_a_long_number_is_kept_whole_but_bounded() -> None:
    assert lexemes("PL61109010140000071219812874") == ["pl61109010140000071219812874"]
    assert len(lexemes("1a" * 5000)[0]) <= 64


@pytest.mark.parametrize(
    ("text", "words"), [("", 0), ("two words", 2), ("我们周末休息", 4), ("Rome 三晚", 3), ("a-b, c", 3)]
)
def test_that_words_are_counted_in_any_script(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.text())
def test_that_lexemes_are_distinct_and_hold_no_space_or_quote(text: str) -> None:
    found = lexemes(text)
    assert len(found) == len(set(found))
    assert all(lexeme and not re.search(r"[\s'\"\\]", lexeme) for lexeme in found)


@given(st.text(), st.text())
def test_that_two_texts_together_count_no_more_than_apart(one: str, other: str) -> None:
    assert count_words(f"{one}\n{other}") <= count_words(one) + count_words(other)
