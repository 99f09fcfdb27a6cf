"""Messages as the API shows them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from api.records import views
from frontdesk.conversations.model import Author, Direction

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def message_view(text: str, *, seq: int = 1, author: Author = Author.CONTACT, **other: Any) -> views.Message:
    """A message of few words; its id is its number."""
    given: dict[str, Any] = {
        "id": UUID(int=seq),
        "direction": Direction.INBOUND if author is Author.CONTACT else Direction.OUTBOUND,
        "author_name": None,
        "kind": "text",
        "external_id": None,
        "turn_id": None,
        "in_reply_to": [],
        "citations": [],
        "brain": None,
        "attributes": {},
        "sent_at": NOW,
        "created_at": NOW,
        "delivery": None,
    }
    return views.Message(seq=seq, author=author, text=text, **(given | other))
