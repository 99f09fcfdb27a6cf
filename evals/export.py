"""Stored conversations as saved ones; what a person put right becomes an expectation. Pure, but for the reading."""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime

from pydantic import JsonValue

from evals.masking import Mask
from evals.replay.replay import OwnEvent
from evals.repository import ExportFilter, HandoffRow, MessageRow, StoredConversation, stored_conversations
from evals.saved import ExpectedEnd, Role, SavedContact, SavedConversation, SavedMessage
from frontdesk.conversations.model import Author
from frontdesk.db.engine import Database
from frontdesk.handoffs.state import HandoffState
from frontdesk.playbook.models import LostKind, Playbook
from frontdesk.values.reading import ReadingContext

_ROLES = {Author.CONTACT: Role.CONTACT, Author.AGENT: Role.AGENT, Author.HUMAN: Role.HUMAN}


async def exported(
    database: Database, wanted: ExportFilter, playbook: Playbook, masking_key: bytes | None
) -> AsyncIterator[SavedConversation]:
    """Every conversation that the filter takes and that holds a message; personal data masked if there is a key."""
    async for stored in stored_conversations(database, wanted):
        saved = saved_conversation(stored, playbook)
        if saved.messages:
            yield saved if masking_key is None else masked(saved, _mask(stored, playbook, masking_key))


def saved_conversation(stored: StoredConversation, playbook: Playbook) -> SavedConversation:
    """The conversation line by line, with what a person corrected as expectations."""
    return SavedConversation(
        id=str(stored.id),
        channel=stored.channel,
        contact=SavedContact(id=str(stored.contact_id), name=stored.name, phone=stored.phone, email=stored.email),
        language=stored.language,
        messages=tuple(_lines(stored)),
        expect=_expected(stored, playbook),
    )


def _lines(stored: StoredConversation) -> Iterator[SavedMessage]:
    """Messages and events by time; the messages keep their own order."""
    events = sorted(_events(stored), key=lambda event: event[1])
    for message in stored.messages:
        while events and events[0][1] < message.sent_at:
            yield _event(*events.pop(0))
        role = _ROLES.get(message.author)
        if role is not None:
            yield _message(role, message)
    for event in events:
        yield _event(*event)


def _message(role: Role, message: MessageRow) -> SavedMessage:
    asks = message.attributes.get("asks")
    return SavedMessage(
        role=role,
        text=message.text,
        at=message.sent_at,
        kind=message.kind if role is Role.CONTACT else "text",
        asks=asks if isinstance(asks, str) else None,
        cites=tuple(_cites(message.attributes.get("citations"))),
    )


def _cites(citations: JsonValue) -> Iterator[str]:
    for citation in citations if isinstance(citations, list) else ():
        document = citation.get("document") if isinstance(citation, dict) else None
        if isinstance(document, str):
            yield document


def _event(name: str, at: datetime) -> SavedMessage:
    return SavedMessage(role=Role.EVENT, name=name, at=at)


def _events(stored: StoredConversation) -> Iterator[tuple[str, datetime]]:
    yield from stored.events
    for handoff in stored.handoffs:
        if handoff.claimed_at is not None:
            yield OwnEvent.TAKEN_OVER, handoff.claimed_at
        if handoff.state is HandoffState.RETURNED and handoff.ended_at is not None:
            yield OwnEvent.HANDED_BACK, handoff.ended_at
    if stored.closed_at is not None:
        yield OwnEvent.CLOSED, stored.closed_at


def _expected(stored: StoredConversation, playbook: Playbook) -> ExpectedEnd | None:
    """What a person decided: the stage, the answers, and that nobody was needed."""
    stage = stored.moves[-1][1] if stored.moves else None
    returned = bool(stored.handoffs) and all(_was_not_needed(each, stored.messages) for each in stored.handoffs)
    not_needed = returned or stored.nobody_needed
    if stage is None and not stored.answers and not not_needed:
        return None
    return ExpectedEnd(
        stage=stage,
        unqualified=_unqualified(stored, playbook),
        answers=dict(stored.answers) or None,
        handoff=False if not_needed else None,
    )


def _unqualified(stored: StoredConversation, playbook: Playbook) -> bool | None:
    """Whether a person moved the lead to the stage for unqualified ones last, or out of it."""
    lost = playbook.lifecycle.lost_of_kind(LostKind.UNQUALIFIED)
    if lost is None or not stored.moves:
        return None
    from_stage, to_stage = stored.moves[-1]
    if to_stage == lost.name:
        return True
    return False if from_stage == lost.name else None


def _was_not_needed(handoff: HandoffRow, messages: Iterable[MessageRow]) -> bool:
    """Whether a person gave it back without a word to the contact."""
    if handoff.state is not HandoffState.RETURNED or handoff.ended_at is None:
        return False
    return not any(
        message.author is Author.HUMAN and handoff.requested_at <= message.sent_at <= handoff.ended_at
        for message in messages
    )


def masked(saved: SavedConversation, mask: Mask) -> SavedConversation:
    """The same conversation of somebody else."""
    contact = saved.contact
    expect = saved.expect
    return saved.model_copy(
        update={
            "contact": SavedContact(
                id=contact.id,
                name=mask.name(contact.name) if contact.name else None,
                phone=mask.phone(contact.phone) if contact.phone else None,
                email=mask.email(contact.email) if contact.email else None,
            ),
            "messages": tuple(
                message.model_copy(update={"text": mask.text(message.text)}) for message in saved.messages
            ),
            "expect": expect.model_copy(update={"answers": mask.value(expect.answers)})
            if expect is not None and expect.answers
            else expect,
        }
    )


def _mask(stored: StoredConversation, playbook: Playbook, key: bytes) -> Mask:
    business = playbook.business
    context = ReadingContext(
        stored.language or business.default_language, stored.opened_at.date(), region=business.country
    )
    return Mask(key, context, (stored.name,) if stored.name else ())
