"""The example business's playbook, and views of conversations with it in any language."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from agent.brains.protocol import View
from frontdesk.conversations.model import Author, Direction, StoredMessage
from frontdesk.lifecycle.evaluate import missing_fields
from frontdesk.lifecycle.facts import Facts
from frontdesk.playbook.loading import load_playbook
from frontdesk.playbook.models import Playbook
from knowledge.retrieve import Retrieval
from tests.fakes.views import Conversation

EXAMPLES = Path(__file__).parents[2] / "examples" / "travel"
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@cache
def travel_playbook() -> Playbook:
    """The example playbook."""
    return load_playbook(EXAMPLES / "playbook.yaml").playbook


def travel_view(
    *said: str,
    language: str = "en",
    asked: str | None = None,
    asked_text: str = "…",
    facts: Facts | None = None,
    retrieval: Retrieval | None = None,
) -> View:
    """The contact says something after our message that asked for the field `asked` (None: nothing before)."""
    playbook = travel_playbook()
    recorded = facts or Facts(stage="New Lead")
    plain = Conversation(said=said, playbook=playbook, facts=recorded).view(language=language)
    messages = plain.snapshot.messages
    answered = 0
    if asked is not None or asked_text != "…":
        ours = StoredMessage(
            UUID(int=50),
            0,
            Direction.OUTBOUND,
            Author.AGENT,
            "text",
            asked_text,
            NOW,
            None,
            {"asks": asked, "language": language},
        )
        messages = (ours, *messages)
    snapshot = replace(plain.snapshot, messages=messages, answered_seq=answered)
    return replace(
        plain,
        snapshot=snapshot,
        missing=missing_fields(recorded, playbook),
        now=NOW,
        retrieval=retrieval or Retrieval(),
    )
