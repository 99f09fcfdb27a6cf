"""What a person may reply from: the passages for the contact's latest question, or for one that the person asks."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.queries import queries
from api.deps import ApiServices
from api.records import repository, views
from api.records.conversations import summary_of
from frontdesk.conversations.draft import Citation
from frontdesk.conversations.model import Author, Direction
from knowledge.documents.repository import CitedPassage, PassageNotFoundError, find_passages
from knowledge.explain import Explanation, asker_language, search

MOST_PASSAGES = 3
"""For each question."""
_LOOKED_AT = 30
"""Messages in which the latest question is looked for."""


async def suggestions(
    services: ApiServices, conversation_id: UUID, asked: str | None, limit: int = MOST_PASSAGES
) -> Sequence[Explanation]:
    """The passages for each question that is open; nothing if there is none.

    Raises ConversationNotFoundError and EmbeddingFailedError.
    """
    async with services.database.reading() as connection:
        summary = await summary_of(connection, conversation_id)
        messages = await repository.list_messages(connection, conversation_id, None, _LOOKED_AT)
    business = services.playbook.playbook.business
    words = latest_words(messages)
    detected = summary.language or asker_language(" ".join(words), business.languages)
    language = detected or business.default_language  # the contact's: it is they who will read the passage
    questions = [asked] if asked else [wordings[0] for wordings in queries(words, language)]
    return [await search(services.retriever, question, language, services.today, limit) for question in questions]


def latest_words(newest_first: Sequence[views.Message]) -> Sequence[str]:
    """What the contact wrote since somebody last answered; if all is answered, the last thing they wrote. Pure."""
    open_ones: list[str] = []
    answered = False
    for message in newest_first:
        if message.direction is Direction.OUTBOUND and message.author is not Author.SYSTEM:
            answered = True
        elif message.direction is Direction.INBOUND and message.kind == "text" and message.text.strip():
            if answered:
                return open_ones or [message.text]
            open_ones.insert(0, message.text)
    return open_ones


async def cited(connection: AsyncConnection, passages: Sequence[UUID]) -> Sequence[Citation]:
    """The citations of these passages; raises PassageNotFoundError if one is gone."""
    found = await find_passages(connection, passages) if passages else ()
    missing = set(passages) - {each.id for each in found}
    if missing:
        raise PassageNotFoundError(f"there is no passage {min(missing)}; it may have been ingested anew since")
    return [citation_of(each) for each in found]


def citation_of(passage: CitedPassage) -> Citation:
    """As a message keeps it."""
    return Citation(passage.id, passage.citation, passage.title, passage.url)
