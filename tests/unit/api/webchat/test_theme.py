"""Whatever accent an operator picks, text in it and on it can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.webchat.theme import DARK_SURFACE, LIGHT_SURFACE, contrast, ink_on, readable_on

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#777777", 1.0), ("#767676", "#ffffff", 4.54)],
)
def test_that_contrast_is_as_the_guidelines_define_it(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)
    assert contrast(first, second) == contrast(second, first)


@given(COLOURS)
def test_that_ink_can_be_read_on_any_accent(accent: str) -> None:
    assert contrast(ink_on(accent), accent) >= 4.5


@pytest.mark.parametrize("surface", [LIGHT_SURFACE, DARK_SURFACE])
@given(accent=COLOURS)
def test_that_any_accent_becomes_readable_on_a_message(surface: str, accent: str) -> None:
    assert contrast(readable_on(surface, accent), surface) >= 4.5


def test_that_a_readable_accent_stays_as_it_is() -> None:
    assert readable_on(LIGHT_SURFACE, "#1f5fbf") == "#1f5fbf"
