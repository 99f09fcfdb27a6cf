"""Excerpts of passages."""

from hypothesis import given
from hypothesis import strategies as st

from agent.brains.offline.passages import excerpt


def test_that_a_short_passage_is_quoted_whole() -> None:
    assert excerpt("Open daily.\nClosed on Sunday.", 100) == "Open daily.\nClosed on Sunday."


def test_that_a_long_passage_ends_at_a_line() -> None:
    assert excerpt("first line\nsecond line\nthird line", 25) == "first line\nsecond line"


def test_that_a_long_line_ends_at_a_sentence() -> None:
    assert excerpt("One. Two is longer. Three is longest of all.", 20) == "One. Two is longer."


@given(st.text(max_size=500), st.integers(1, 200))
def test_that_an_excerpt_is_within_the_limit_and_says_nothing_new(text: str, limit: int) -> None:
    cut = excerpt(text, limit)
    assert len(cut) <= max(limit, len(text.strip()) if len(text) <= limit else limit)
    assert set(cut) <= set(text) | {" ", "\n"}


def test_that_no_cut_is_made_within_an_amount() -> None:
    assert excerpt("Desde 2.400 € con todo. Financiado sale por lo mismo.", 30) == "Desde 2.400 € con todo."
