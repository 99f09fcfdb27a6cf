"""Find the passages that answer a question."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from frontdesk.db.engine import Database
from knowledge.centring import Centroids, form_shares
from knowledge.confidence import confidence
from knowledge.embedding import Embedder
from knowledge.ranking import Entry, rank
from knowledge.repository import find_candidates
from knowledge.words import lexemes

MAX_QUERY_CHARACTERS = 1_000
MAX_QUERY_LEXEMES = 48


@dataclass(frozen=True, slots=True)
class RetrievedPassage:
    """A passage that may answer the question. `score` ranks within one retrieval; it is no probability."""

    passage_id: UUID
    document_id: UUID
    document: str
    anchor: str
    title: str
    heading: tuple[str, ...]
    url: str | None
    text: str
    question: str | None
    language: str | None
    score: float
    vector_similarity: float
    lexical_score: float

    @property
    def citation(self) -> str:
        """The label by which a reply cites it, such as `prices.md#family`."""
        return f"{self.document}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Passages, best first, and how likely the first one answers; compare with `ANSWER_THRESHOLD`."""

    passages: tuple[RetrievedPassage, ...] = ()
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds passages by meaning and by words, in one reading statement."""

    database: Database
    embedder: Embedder
    centroids: Centroids = field(default_factory=Centroids)

    async def retrieve(self, query: str, language: str | None, today: date, limit: int = 6) -> Retrieval:
        """Return at most `limit` distinct passages that hold `today`, best first.

        Where several languages say the same, the passage in `language` stands for all. Raises EmbeddingFailedError.
        """
        asked = query[:MAX_QUERY_CHARACTERS]
        words = lexemes(asked)[:MAX_QUERY_LEXEMES]
        if not words:
            return Retrieval()
        [vector] = await self.embedder.embed([asked])
        async with self.database.reading() as connection:
            shares = form_shares(vector, await self.centroids.read(connection))
            candidates = await find_candidates(connection, vector, words, today, shares)
        entries = rank(candidates)
        passages = tuple(_passage(entry, language) for entry in entries[:limit])
        return Retrieval(passages, confidence(entries))


def _passage(entry: Entry, language: str | None) -> RetrievedPassage:
    found = entry.version(language)
    return RetrievedPassage(
        passage_id=found.passage_id,
        document_id=found.document_id,
        document=found.document,
        anchor=found.anchor,
        title=found.title,
        heading=found.heading,
        url=found.url,
        text=found.text,
        question=found.question,
        language=found.language,
        score=entry.score,
        vector_similarity=found.similarity,
        lexical_score=found.overlap,
    )
