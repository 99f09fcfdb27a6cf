"""Phone numbers from channels."""

import pytest

from frontdesk.channels.phone_number import from_digits, from_international


@pytest.mark.parametrize(
    ("value", "e164"),
    [
        ("48601234567", "+48601234567"),
        ("+48601234567", "+48601234567"),
        ("0048601", None),
        ("12345", None),
        ("1" * 16, None),
        ("US.123", None),
        ("４８６０１２３４５６７", None),
        ("", None),
        (None, None),
    ],
)
def test_that_digits_with_their_country_code_become_e164(value: str | None, e164: str | None) -> None:
    assert from_digits(value) == e164


@pytest.mark.parametrize(
    ("value", "e164"),
    [
        ("+34 612 34 56 78", "+34612345678"),
        ("+1 (415) 555-2671", "+14155552671"),
        ("612 34 56 78", None),
        ("+1", None),
        ("call me", None),
        (None, None),
    ],
)
def test_that_a_formatted_number_needs_its_country_code(value: str | None, e164: str | None) -> None:
    assert from_international(value) == e164
