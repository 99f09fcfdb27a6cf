"""A person answers a gap: the answer becomes a passage that every wording of the question finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.engine import Database
from frontdesk.errors import FrontdeskError
from frontdesk.ids import new_id
from frontdesk.language.detect import detect_language
from knowledge import repository as documents
from knowledge.anchors import Anchors
from knowledge.document import ParsedPassage
from knowledge.embedding import TextKind
from knowledge.embedding.models import EmbeddingModels, ServedModel
from knowledge.embedding.repository import ModelRetiredError
from knowledge.gaps import repository
from knowledge.gaps.grouping import GapGrouping
from knowledge.gaps.repository import Gap, GapState, Published
from knowledge.repository import NewDocument, NewPassage
from knowledge.words import lexemes

ANSWERS = "answers"
"""The kind and the location of the source that holds them."""
_LONGEST_TITLE = 80


class GapNotFoundError(FrontdeskError):
    """There is no such gap."""

    code = "gap_not_found"


class GapAnsweredError(FrontdeskError):
    """The gap has an answer, so it cannot be dismissed."""

    code = "gap_answered"


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """What a person says; `question` replaces the contact's wording, and `valid_until` is the last day it holds."""

    text: str
    question: str | None = None
    language: str | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class KnowledgeGaps:
    """The gaps, and what a person does about them; `languages` are those that answers may be in."""

    database: Database
    models: EmbeddingModels
    grouping: GapGrouping
    languages: Sequence[str]

    async def most_asked(self, states: Sequence[GapState], behind: UUID | None, limit: int) -> list[Gap]:
        """Return gaps in these states behind that one, the most asked first. Raises EmbeddingFailedError."""
        await self.grouping.catch_up()
        async with self.database.reading() as connection:
            return await repository.list_gaps(connection, states, behind, limit)

    async def find(self, gap_id: UUID) -> Gap:
        """Return one gap. Raises GapNotFoundError."""
        async with self.database.reading() as connection:
            return await _find(connection, gap_id)

    async def answer(self, gap_id: UUID, answer: GapAnswer, now: datetime) -> Gap:
        """Write the answer down as a passage, in the place of an earlier one, and return the gap.

        Raises GapNotFoundError and EmbeddingFailedError.
        """
        gap = await self.find(gap_id)
        await self.grouping.catch_up()
        async with self.database.reading() as connection:
            wordings = await repository.wordings_of(connection, gap_id)
        return await self._publish(gap, _passage(answer, (gap.question, *wordings)), answer, now)

    async def forget(self, conversations: Sequence[UUID], now: datetime) -> None:
        """Publish answers anew without the words in which these conversations asked for them; who forgets a contact
        does this before their questions are gone. Raises EmbeddingFailedError.
        """
        async with self.database.reading() as connection:
            published = await repository.published_after(connection, conversations)
        for answer in published:
            await self._publish_without(answer, conversations, now)

    async def dismiss(self, gap_id: UUID, now: datetime) -> Gap:
        """Let nobody be asked for this answer again. Raises GapNotFoundError and GapAnsweredError."""
        async with self.database.transaction() as connection:
            gap = await _locked(connection, gap_id)
            if gap.state is GapState.ANSWERED:
                raise GapAnsweredError("the gap has been answered; only an open one can be dismissed")
            await repository.decide(connection, gap_id, GapState.DISMISSED, None, now)
            return await _find(connection, gap_id)

    async def _publish_without(self, published: Published, conversations: Sequence[UUID], now: datetime) -> None:
        gap = await self.find(published.gap_id)
        async with self.database.reading() as connection:
            others = await repository.wordings_of(connection, gap.id, but=conversations)
        theirs = published.asked - set(others)
        question = published.question if published.question not in theirs else None
        answer = GapAnswer(published.text, question, published.language, published.valid_until)
        asked = [wording for wording in (gap.question, *others) if wording not in theirs]
        await self._publish(gap, _passage(answer, asked), answer, gap.decided_at or now)

    async def _publish(self, gap: Gap, passage: ParsedPassage, answer: GapAnswer, now: datetime) -> Gap:
        try:
            return await self._store(gap, passage, answer, await self.models.active(), now)
        except ModelRetiredError:
            return await self._store(gap, passage, answer, await self.models.active(fresh=True), now)

    async def _store(
        self, gap: Gap, passage: ParsedPassage, answer: GapAnswer, model: ServedModel, now: datetime
    ) -> Gap:
        vectors = await model.embedder.embed(passage.wordings, TextKind.PASSAGE)
        language = answer.language or self._language(answer.text)
        async with self.database.transaction() as connection:
            await _locked(connection, gap.id)
            source_id = await documents.ensure_source(connection, new_id(), ANSWERS, ANSWERS, now)
            document = _document(source_id, gap, passage, language, answer.valid_until, now)
            document_id = await documents.begin_swap(connection, document)
            stored = NewPassage(
                id=new_id(),
                anchor=passage.anchor,
                heading=(),
                question=passage.question,
                text=passage.text,
                url=None,
                language=language,
                lexemes=tuple(lexemes("\n".join((passage.whole, *passage.aliases)))),
                wordings=passage.wordings,
                vectors=tuple(vectors),
            )
            await documents.add_passages(connection, {document_id: [stored]}, model.id)
            await repository.decide(connection, gap.id, GapState.ANSWERED, document_id, now)
            return await _find(connection, gap.id)

    def _language(self, text: str) -> str | None:
        detection = detect_language(text, self.languages)
        return detection.language if detection else None


def _passage(answer: GapAnswer, asked: Sequence[str]) -> ParsedPassage:
    """The answer under its own question, else the first of those asked; found by all of them, and by itself."""
    wordings = [wording for wording in dict.fromkeys((answer.question, *asked)) if wording]
    question = wordings[0] if wordings else None
    anchor = Anchors().take(question or "")
    return ParsedPassage(anchor=anchor, text=answer.text, question=question, aliases=tuple(wordings[1:]))


def _document(
    source_id: UUID, gap: Gap, passage: ParsedPassage, language: str | None, valid_until: date | None, now: datetime
) -> NewDocument:
    return NewDocument(
        id=new_id(),
        source_id=source_id,
        path=f"{ANSWERS}/{gap.id}",
        title=passage.question or passage.text[:_LONGEST_TITLE],
        url=None,
        language=language,
        content_hash=sha256("\n".join(passage.wordings).encode()).hexdigest(),
        valid_from=None,
        valid_until=valid_until,
        ingested_at=now,
    )


async def _find(connection: AsyncConnection, gap_id: UUID) -> Gap:
    gap = await repository.find_gap(connection, gap_id)
    if gap is None:
        raise GapNotFoundError(f"there is no knowledge gap {gap_id}")
    return gap


async def _locked(connection: AsyncConnection, gap_id: UUID) -> Gap:
    await repository.lock_gap(connection, gap_id)
    return await _find(connection, gap_id)
