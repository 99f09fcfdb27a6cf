"""Views for tests of brains: a small tailor's shop, and a conversation with it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from agent.brains.protocol import Round, View
from frontdesk.conversations.model import Author, ContactCard, Direction, Mode, Snapshot, StoredMessage
from frontdesk.lifecycle.evaluate import missing_fields
from frontdesk.lifecycle.facts import Facts
from frontdesk.lifecycle.moves import reachable_stages
from frontdesk.playbook.models import Playbook
from knowledge.retrieve import Retrieval, RetrievedPassage

NOW = datetime(2026, 5, 5, 10, 30, tzinfo=UTC)

SHOP = Playbook.model_validate(
    {
        "business": {
            "name": "Needle & Thread",
            "description": "Alterations and made-to-measure suits.",
            "languages": ["en", "pl"],
            "timezone": "Europe/Warsaw",
            "hours": {"tue": ["09:00-12:00"], "wed": ["09:00-17:00"]},
        },
        "persona": {"name": "Tess"},
        "intents": [{"name": "repair", "description": "Wants something mended", "examples": ["my zip is broken"]}],
        "fields": [
            {"name": "garment", "ask": {"en": "What is it?", "pl": "Co to jest?"}, "type": "text"},
            {"name": "budget", "ask": "What may it cost?", "type": "money", "validate": {"min": 10}},
            {
                "name": "cloth",
                "ask": "Which cloth?",
                "type": "choice",
                "options": [{"name": "wool"}, {"name": "linen"}],
                "required": False,
            },
        ],
        "handoff": {"teams": [{"name": "cutters"}], "rules": []},
    }
)


def passage(text: str, number: int = 1) -> RetrievedPassage:
    """A passage of the shop's price list."""
    return RetrievedPassage(
        passage_id=UUID(int=number),
        document_id=UUID(int=900),
        document="prices.md",
        anchor="zips",
        title="Prices",
        heading=("Zips",),
        url=None,
        text=text,
        question=None,
        language="en",
        score=1.0,
        vector_similarity=0.9,
        lexical_score=0.5,
    )


@dataclass
class Conversation:
    """Builds a view: `said` are the contact's new messages."""

    said: tuple[str, ...] = ("How much is a new zip?",)
    history: tuple[tuple[Author, str], ...] = ()
    playbook: Playbook = SHOP
    facts: Facts = field(default_factory=Facts)
    passages: tuple[RetrievedPassage, ...] = ()
    rounds: tuple[Round, ...] = ()
    mend: str | None = None
    model_calls: int = 0
    cost: Decimal = Decimal(0)
    contact: ContactCard = field(default_factory=ContactCard)

    def messages(self) -> tuple[StoredMessage, ...]:
        """History first, then the new messages."""
        lines = (*self.history, *((Author.CONTACT, text) for text in self.said))
        return tuple(_stored(seq, author, text) for seq, (author, text) in enumerate(lines, start=1))

    def snapshot(self) -> Snapshot:
        """The conversation, with its newest messages unanswered."""
        messages = self.messages()
        return Snapshot(
            conversation_id=UUID(int=1),
            contact_id=UUID(int=2),
            channel_id=UUID(int=3),
            channel_kind="generic",
            mode=Mode.AGENT,
            epoch=0,
            language=None,
            inbound_seq=len(messages),
            answered_seq=len(self.history),
            waiting_since=NOW,
            inbound_at=NOW,
            outbound_at=None,
            model_calls=self.model_calls,
            cost=self.cost,
            contact=self.contact,
            messages=messages,
            facts=self.facts,
        )

    def view(self, deadline: float = 0.0, language: str = "en") -> View:
        """What a brain is shown."""
        return View(
            playbook=self.playbook,
            snapshot=self.snapshot(),
            facts=self.facts,
            missing=missing_fields(self.facts, self.playbook),
            reachable=reachable_stages(self.facts, self.playbook),
            retrieval=Retrieval(self.passages, 0.9 if self.passages else 0.0),
            language=language,
            now=NOW,
            deadline=deadline,
            reply_limit=500,
            rounds=self.rounds,
            mend=self.mend,
        )


def with_limits(playbook: Playbook, **limits: object) -> Playbook:
    """The same playbook with other limits."""
    return playbook.model_copy(update={"limits": playbook.limits.model_copy(update=limits)})


def of_kind(view: View, kind: str) -> View:
    """The same view with its messages of another kind."""
    messages = tuple(replace(message, kind=kind) for message in view.snapshot.messages)
    return replace(view, snapshot=replace(view.snapshot, messages=messages))


def _stored(seq: int, author: Author, text: str) -> StoredMessage:
    direction = Direction.INBOUND if author is Author.CONTACT else Direction.OUTBOUND
    return StoredMessage(UUID(int=100 + seq), seq, direction, author, "text", text, NOW + timedelta(seconds=seq))
