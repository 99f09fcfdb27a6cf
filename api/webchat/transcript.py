"""What a visitor is shown of their conversations, and how far they have then read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from api.webchat.positions import Position
from api.webchat.repository import Excerpt, MessageRow, Standing
from frontdesk.channels.contract import MessageKind
from frontdesk.conversations.model import Author, DeliveryState, Direction, Mode

TYPING_AT_MOST = timedelta(seconds=90)
"""After this a reply is late rather than being written."""

_OPEN = frozenset({DeliveryState.PENDING, DeliveryState.SENDING})
_OUT = frozenset({DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ})


class _View(BaseModel):
    model_config = ConfigDict(frozen=True)


class ShownCitation(_View):
    """A source of a reply; `url` is http or https."""

    title: str
    url: str | None


class ShownMessage(_View):
    """A message as the visitor sees it; `client_id` is the id that they gave their own."""

    id: UUID
    conversation_id: UUID
    seq: int
    author: Author
    name: str | None
    """Who wrote, where a person did and is named."""
    text: str
    sent_at: datetime
    citations: tuple[ShownCitation, ...]
    client_id: str | None


class Attendant(StrEnum):
    """Who answers the visitor now."""

    AGENT = "agent"
    AWAITED = "awaited"
    """Handed to people, none of whom has come yet."""
    PERSON = "person"
    NOBODY = "nobody"
    """Nothing was written yet, or the conversation has ended."""


class ShownState(_View):
    """What the page shows beside the messages."""

    attendant: Attendant
    typing: bool
    ended: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A message, and the position to continue from once the visitor has it."""

    message: ShownMessage
    cursor: Position


@dataclass(frozen=True, slots=True)
class Page:
    """Some messages, oldest first; `cursor` is where the next page begins."""

    messages: tuple[Shown, ...]
    cursor: Position


def page_of(rows: Sequence[MessageRow], after: Position) -> Page:
    """Pick what may be shown.

    A reply is shown once it is sent, for until then a person who takes over can withdraw it. It may so appear
    after messages with higher numbers, hence no cursor moves past a reply whose delivery is open: who continues
    from the cursor gets the later messages again, and knows them by their ids.
    """
    shown: list[Shown] = []
    cursor, settled = after, True
    for row in rows:
        settled = settled and row.delivery not in _OPEN
        cursor = row.position if settled else cursor
        if _is_visible(row):
            shown.append(Shown(_message(row), cursor))
    return Page(tuple(shown), cursor)


def state_of(excerpt: Excerpt, now: datetime) -> ShownState:
    """Who answers, and whether an answer is being written."""
    standing = excerpt.standing
    if standing is None or standing.mode is Mode.CLOSED:
        return ShownState(attendant=Attendant.NOBODY, typing=False, ended=standing is not None)
    if standing.mode is Mode.HUMAN:
        joined = standing.has_owner or standing.person_wrote_last
        return ShownState(attendant=Attendant.PERSON if joined else Attendant.AWAITED, typing=False, ended=False)
    return ShownState(attendant=Attendant.AGENT, typing=_is_typing(standing, now), ended=False)


def _is_typing(standing: Standing, now: datetime) -> bool:
    return standing.reply_due and standing.inbound_at is not None and now - standing.inbound_at < TYPING_AT_MOST


def _is_visible(row: MessageRow) -> bool:
    return row.kind == MessageKind.TEXT and (row.delivery is None or row.delivery in _OUT)


def _message(row: MessageRow) -> ShownMessage:
    return ShownMessage(
        id=row.id,
        conversation_id=row.position.conversation_id,
        seq=row.position.seq,
        author=row.author,
        name=_name(row),
        text=row.text,
        sent_at=row.sent_at,
        citations=_citations(row.attributes.get("citations")),
        client_id=row.external_id.partition(":")[2] if row.direction is Direction.INBOUND and row.external_id else None,
    )


def _name(row: MessageRow) -> str | None:
    """A colleague's name; a login that is an e-mail address is nothing for strangers."""
    name = row.attributes.get("author")
    is_name = row.author is Author.HUMAN and isinstance(name, str) and name.strip() and "@" not in name
    return str(name).strip() if is_name else None


def _citations(raw: object) -> tuple[ShownCitation, ...]:
    cited = [item for item in raw if isinstance(item, dict)] if isinstance(raw, list) else []
    sources = (ShownCitation(title=str(item.get("title") or ""), url=_web_url(item.get("url"))) for item in cited)
    return tuple(dict.fromkeys(source for source in sources if source.title))


def _web_url(raw: object) -> str | None:
    try:
        is_web = isinstance(raw, str) and urlsplit(raw).scheme in ("http", "https")
    except ValueError:
        return None
    return str(raw) if is_web else None
