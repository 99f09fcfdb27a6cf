"""Passages as they were read into passages as they are stored: with language, lexemes and vectors."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property

from frontdesk.ids import new_id
from frontdesk.language.detect import detect_language
from knowledge.document import ParsedPassage
from knowledge.embedding import TextKind
from knowledge.embedding.models import ServedModel
from knowledge.readers.frames import Head
from knowledge.repository import NewPassage
from knowledge.words import lexemes

_describing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="describing")
"""Off the event loop, while the vectors are made. One thread, since more would only wait for each other."""


def prepare(languages: Sequence[str]) -> None:
    """Begin to load what tells languages apart: half a second, in which the first document can be read."""
    _describing.submit(_detected, "prepare", languages)


class PassageMaker:
    """Makes the passages of one document, the first of which tell the language that prose is in."""

    def __init__(self, head: Head, languages: Sequence[str], first: Sequence[ParsedPassage]) -> None:
        self.head = head
        self._languages = languages
        self._first = first

    async def make(self, passages: Sequence[ParsedPassage], model: ServedModel) -> list[NewPassage]:
        """Embed passages and make them ready to be stored. Raises EmbeddingFailedError."""
        wordings = [text for passage in passages for text in passage.wordings]
        vectors, described = await asyncio.gather(
            model.embedder.embed(wordings, TextKind.PASSAGE),
            asyncio.get_running_loop().run_in_executor(_describing, self._described, passages),
        )
        own = iter(vectors)
        return [replace(each, vectors=tuple(next(own) for _ in each.wordings)) for each in described]

    def _described(self, passages: Sequence[ParsedPassage]) -> list[NewPassage]:
        """Return passages without their vectors."""
        return [
            NewPassage(
                id=new_id(),
                anchor=passage.anchor,
                heading=passage.heading,
                question=passage.question,
                text=passage.text,
                url=passage.url,
                language=self._language(passage),
                lexemes=tuple(lexemes("\n".join((self.head.title, passage.whole, *passage.aliases)))),
                wordings=passage.wordings,
                vectors=(),
            )
            for passage in passages
        ]

    def _language(self, passage: ParsedPassage) -> str | None:
        """Return the language of a passage: rows of a table of questions differ."""
        if self.head.is_prose:
            return self._prose_language
        return passage.language or self.head.properties.language or _detected(passage.whole, self._languages)

    @cached_property
    def _prose_language(self) -> str | None:
        stated = self.head.properties.language
        return stated or _detected("\n".join(passage.whole for passage in self._first), self._languages)


def _detected(text: str, languages: Sequence[str]) -> str | None:
    detection = detect_language(text, languages)
    return detection.language if detection else None
