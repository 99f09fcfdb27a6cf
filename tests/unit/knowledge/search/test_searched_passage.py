from dataclasses import replace
from datetime import date

import pytest

from knowledge.search.ranking import SearchedPassage
from tests.fakes.candidates import candidate

DAY = date(2026, 6, 1)
BEFORE, AFTER = date(2026, 5, 31), date(2026, 6, 2)


@pytest.fixture
def passage() -> SearchedPassage:
    return candidate(0.5).passage


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "holds"),
    [(None, None, True), (DAY, DAY, True), (AFTER, None, False), (None, BEFORE, False), (BEFORE, AFTER, True)],
)
def test_that_a_passage_holds_from_its_first_day_to_its_last(
    passage: SearchedPassage, valid_from: date | None, valid_until: date | None, holds: bool
) -> None:
    assert replace(passage, valid_from=valid_from, valid_until=valid_until).holds(DAY, None) is holds


@pytest.mark.parametrize(
    ("channels", "channel", "holds"),
    [
        (None, "whatsapp", True),
        (frozenset({"whatsapp"}), "whatsapp", True),
        (frozenset({"whatsapp"}), "webchat", False),
        (frozenset({"whatsapp"}), None, True),
    ],
)
def test_that_a_limited_passage_holds_on_its_channels(
    passage: SearchedPassage, channels: frozenset[str] | None, channel: str | None, holds: bool
) -> None:
    assert replace(passage, channels=channels).holds(DAY, channel) is holds


def test_that_the_overlap_counts_whole_lexemes_only(passage: SearchedPassage) -> None:
    held = replace(passage, lexemes="'rope' 'swim' '酒店'")
    assert held.overlap([("'rope'", 0.5), ("'swi'", 0.25), ("'酒店'", 0.125)]) == pytest.approx(0.625)
