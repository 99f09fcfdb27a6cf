"""What the v1 API shows of searches and of what they did not find."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from api.records.views import View
from knowledge import explain
from knowledge.explain import Explanation
from knowledge.gaps.repository import GapState
from knowledge.search.confidence import ANSWER_THRESHOLD


class NearestPassage(View):
    """A passage that came near to a question without answering it."""

    passage_id: UUID
    citation: str


class AskedQuestion(View):
    """One time that it was asked, in the contact's words."""

    text: str
    language: str | None
    conversation_id: UUID
    message_id: UUID
    confidence: float
    """How likely the nearest passage would have been the answer, 0 to 1."""
    nearest: list[NearestPassage]
    asked_at: datetime


class Gap(View):
    """Questions that ask the same, and that no passage answered."""

    id: UUID
    state: GapState
    question: str
    """The first wording."""
    count: int
    """How many times it was asked."""
    languages: list[str]
    """The most frequent first."""
    examples: list[AskedQuestion]
    """The newest wordings."""
    created_at: datetime
    newest_at: datetime
    decided_at: datetime | None
    document_id: UUID | None
    """The answer that a person gave."""


class LegPlace(View):
    """A passage's place among those that one leg found, from 1, and that leg's own score."""

    rank: int
    score: float


class FoundPassage(View):
    """A passage in its place."""

    rank: int
    passage_id: UUID
    document_id: UUID
    citation: str
    """By which a reply cites it, such as `prices.md#family`."""
    title: str
    heading: list[str]
    url: str | None
    language: str | None
    question: str | None
    text: str
    score: float
    """What the order is by; it is no probability."""
    vector: LegPlace
    lexical: LegPlace | None
    """Null if the passage shares no word with the query."""
    second_similarity: float | None
    """The cosine by the second model, if that was asked."""


class SearchResult(View):
    """What the agent would find, and whether it would give the first passage as the answer."""

    query: str
    model: str
    """The embedding model that answers now."""
    confidence: float
    """How likely the first passage answers, 0 to 1."""
    threshold: float
    answers: bool
    features: dict[str, float | None]
    """What the confidence is made from; null for what was not asked."""
    passages: list[FoundPassage]


def search_result(found: Explanation) -> SearchResult:
    """Show a search."""
    return SearchResult(
        query=found.query,
        model=found.model,
        confidence=found.confidence,
        threshold=ANSWER_THRESHOLD,
        answers=found.answers,
        features=asdict(found.features) if found.features else {},
        passages=[_passage(each) for each in found.passages],
    )


def _passage(found: explain.FoundPassage) -> FoundPassage:
    passage = found.passage
    return FoundPassage(
        rank=found.rank,
        passage_id=passage.passage_id,
        document_id=passage.document_id,
        citation=passage.citation,
        title=passage.title,
        heading=list(passage.heading),
        url=passage.url,
        language=passage.language,
        question=passage.question,
        text=passage.text,
        score=passage.score,
        vector=LegPlace.model_validate(found.vector),
        lexical=LegPlace.model_validate(found.lexical) if found.lexical else None,
        second_similarity=found.second_similarity,
    )
