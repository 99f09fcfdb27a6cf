import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.anchors import Anchors, slug


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("Family prices", "family-prices"),
        ("What's included?", "whats-included"),
        ("Ceny za osobę", "ceny-za-osobę"),
        ("¿Cuánto cuesta?", "cuánto-cuesta"),
        ("退款 方式", "退款-方式"),
        ("--- 10–19 %", "10-19"),
        ("🙂", ""),
    ],
)
def test_that_a_title_becomes_its_letters_and_digits(title: str, anchor: str) -> None:
    assert slug(title) == anchor


def test_that_a_long_title_is_cut_between_words() -> None:
    assert slug("how " * 40) == "-".join(["how"] * 15)


@given(st.lists(st.sampled_from(["Prices", "prices", "Prices 2", "prices-2", "", "?"])))
def test_that_anchors_of_a_document_are_unique(titles: list[str]) -> None:
    anchors = Anchors()
    taken = [anchors.take(title) for title in titles]
    assert len(set(taken)) == len(titles)
    assert all(taken)
