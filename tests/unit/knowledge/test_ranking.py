from itertools import pairwise
from uuid import UUID

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge.confidence import confidence
from knowledge.ranking import Candidate, rank


def candidate(similarity: float, language: str = "en", fact: int = 0, overlap: float = 0.0) -> Candidate:
    vector = np.zeros(8, dtype=np.float32)
    vector[fact] = 1.0
    return Candidate(
        passage_id=UUID(int=fact),
        document_id=UUID(int=0),
        document=f"{language}.md",
        title="T",
        url=None,
        anchor=f"fact-{fact}",
        heading=(),
        question=None,
        text="text",
        language=language,
        similarity=similarity,
        text_similarity=similarity,
        overlap=overlap,
        vector=vector,
    )


def test_that_shared_words_decide_among_equally_near_passages() -> None:
    [first, _] = rank([candidate(0.6, fact=1), candidate(0.55, fact=2, overlap=0.9)])
    assert first.version(None).anchor == "fact-2"


def test_that_translations_are_one_entry_shown_in_the_language_asked_for() -> None:
    entries = rank([candidate(0.9, "en", 1), candidate(0.8, "pl", 1), candidate(0.7, "zh", 1), candidate(0.5, "pl", 2)])
    assert len(entries) == 2
    assert [entries[0].version(language).document for language in ("pl", "zh", "es", None)] == [
        "pl.md",
        "zh.md",
        "en.md",
        "en.md",
    ]
    assert entries[1].version("en").document == "pl.md"


def test_that_passages_of_one_language_stay_apart_however_alike() -> None:
    assert len(rank([candidate(0.9, "en", 1), candidate(0.8, "en", 1), candidate(0.7, "pl", 1)])) == 2


def test_that_a_translation_does_not_lower_the_confidence() -> None:
    alone = confidence(rank([candidate(0.7, "en", 1), candidate(0.2, "en", 2)]))
    translated = confidence(rank([candidate(0.7, "en", 1), candidate(0.69, "pl", 1), candidate(0.2, "en", 2)]))
    assert translated == alone


def test_that_confidence_falls_with_a_close_rival_and_is_zero_for_nothing() -> None:
    clear = confidence(rank([candidate(0.7, fact=1), candidate(0.2, fact=2)]))
    close = confidence(rank([candidate(0.7, fact=1), candidate(0.65, fact=2)]))
    assert 0 < close < clear < 1
    assert confidence([]) == 0.0


_CANDIDATES = st.builds(
    candidate, st.floats(-1, 1), st.sampled_from(["en", "pl", "zh"]), st.integers(0, 7), st.floats(0, 1)
)


@given(st.lists(_CANDIDATES, max_size=20))
def test_that_ranking_keeps_every_passage_once_and_in_order(found: list[Candidate]) -> None:
    entries = rank(found)
    assert sorted(map(id, found)) == sorted(id(version) for entry in entries for version in entry.versions)
    assert all(one.score >= other.score for one, other in pairwise(entries))
    assert 0 <= confidence(entries) <= 1
