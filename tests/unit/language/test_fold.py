import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.language.fold import fold, fold_plain


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Straße", "strasse"), ("“Hi”—there…", '"hi"-there...'), ("ﬁ  n\t", "fi n "), ("５万", "5万"), ("a\u200bb", "ab")],
)
def test_that_typography_width_and_case_are_unified(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(("text", "folded"), [("Żółć", "zolc"), ("dólares", "dolares"), ("兩萬個", "两万个")])
def test_that_the_plain_fold_drops_accents_and_traditional_forms(text: str, folded: str) -> None:
    assert fold_plain(text).text == folded


@given(st.text(max_size=60))
def test_that_every_folded_character_points_into_the_original_in_order(text: str) -> None:
    for folded in (fold(text), fold_plain(text)):
        assert len(folded.text) == len(folded.starts) == len(folded.ends)
        assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
        assert list(folded.starts) == sorted(folded.starts)
