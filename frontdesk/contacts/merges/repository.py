"""SQL of merges: whom to suggest, what moves, and how it moves back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Row,
    Select,
    and_,
    delete,
    insert,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.contacts.matches.repository import TYPED
from frontdesk.db.models import (
    Answer,
    Contact,
    ContactEvent,
    ContactMerge,
    Conversation,
    Delivery,
    Handoff,
    Identity,
    SeenIntent,
)
from frontdesk.ids import new_id

MOVED = (Identity, Conversation, Answer, SeenIntent, Handoff, ContactEvent)
"""What goes with a contact. Stage events stay: a contact's stage is their newest event, and a merge moves nobody."""


class MergeState(StrEnum):
    """What became of the thought that two contacts are one."""

    SUGGESTED = "suggested"
    MERGED = "merged"
    DISMISSED = "dismissed"
    """They are two."""
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Party:
    """A contact who may be merged."""

    id: UUID
    name: str | None
    email: str | None
    phone: str | None
    referral: dict[str, object] | None
    opted_out_at: datetime | None
    merged_into: UUID | None
    erased_at: datetime | None


@dataclass(frozen=True, slots=True)
class MergeRow:
    """Two contacts who may be, are or were one."""

    id: UUID
    kept_id: UUID
    other_id: UUID
    state: MergeState
    because: str
    moved: dict[str, Any]
    by: str | None
    created_at: datetime
    decided_at: datetime | None
    undone_at: datetime | None


async def lock_parties(connection: AsyncConnection, ids: Sequence[UUID]) -> Mapping[UUID, Party]:
    """Lock contacts, in the order of their ids, so that two merges do not wait for each other."""
    columns = [getattr(Contact, name) for name in Party.__slots__]
    query = select(*columns).where(Contact.id.in_(ids)).order_by(Contact.id)
    query = query.with_for_update(key_share=True)  # rows that refer to them may still be stored
    return {row.id: Party(*row) for row in await connection.execute(query)}


async def shared_open_channel(connection: AsyncConnection, one: UUID, another: UUID) -> bool:
    """Whether both have an open conversation on one channel; their conversations are locked."""
    query = (
        select(Conversation.contact_id, Conversation.channel_id)
        .where(Conversation.contact_id.in_((one, another)), Conversation.mode != "closed")
        .order_by(Conversation.id)
        .with_for_update()
    )
    channels = [row.channel_id for row in await connection.execute(query)]
    return len(channels) != len(set(channels))


async def insert_merge(
    connection: AsyncConnection, kept_id: UUID, other_id: UUID, because: str, now: datetime
) -> UUID | None:
    """Suggest a merge; None if one is open for the two already. What a channel says is better than what was typed."""
    statement = upsert(ContactMerge).values(
        id=new_id(),
        kept_id=kept_id,
        other_id=other_id,
        state=MergeState.SUGGESTED,
        because=because,
        moved={},
        created_at=now,
    )
    statement = statement.on_conflict_do_update(
        index_elements=["kept_id", "other_id"],
        index_where=text("state IN ('suggested', 'merged')"),
        set_={"because": statement.excluded.because},
        where=and_(
            ContactMerge.state == MergeState.SUGGESTED,
            ContactMerge.because.startswith(TYPED),
            statement.excluded.because.not_like(f"{TYPED}%"),
        ),
    )
    found: UUID | None = await connection.scalar(statement.returning(ContactMerge.id))
    return found


async def were_parted(connection: AsyncConnection, ones: Sequence[UUID], others: Sequence[UUID]) -> bool:
    """Whether a person has said of any two across these groups that they are two: by a no, or by undoing a merge."""
    found = await connection.scalar(_WERE_PARTED, {"ones": list(ones), "others": list(others)})
    return bool(found)


async def list_mergeable(connection: AsyncConnection, contact_id: UUID | None, limit: int) -> Sequence[UUID]:
    """Suggestions, of one contact or of all, that rest on what channels say and whose two share no channel."""
    return list(await connection.scalars(_MERGEABLE, {"contact": contact_id, "limit": limit}))


async def insert_decided(connection: AsyncConnection, row: MergeRow) -> None:
    """Store a merge that a person made."""
    await connection.execute(insert(ContactMerge).values(**{name: getattr(row, name) for name in MergeRow.__slots__}))


async def lock_merge(connection: AsyncConnection, merge_id: UUID) -> MergeRow | None:
    """Lock a merge."""
    query = _merges().where(ContactMerge.id == merge_id).with_for_update()
    row = (await connection.execute(query)).one_or_none()
    return _read(row) if row else None


async def drop_suggestions(connection: AsyncConnection, one: UUID, another: UUID) -> None:
    """Forget what is suggested of the two: it is being decided otherwise."""
    pair, reverse = (ContactMerge.kept_id, ContactMerge.other_id), (one, another)
    same = tuple_(*pair).in_([reverse, reverse[::-1]])
    await connection.execute(delete(ContactMerge).where(same, ContactMerge.state == MergeState.SUGGESTED))


async def update_merge(connection: AsyncConnection, merge_id: UUID, **values: object) -> None:
    """Record a decision."""
    await connection.execute(update(ContactMerge).where(ContactMerge.id == merge_id).values(**values))


async def list_merges(
    connection: AsyncConnection, contact_id: UUID, states: Sequence[MergeState]
) -> Sequence[MergeRow]:
    """A contact's merges in these states, newest decision first."""
    of_contact = or_(ContactMerge.kept_id == contact_id, ContactMerge.other_id == contact_id)
    query = _merges().where(of_contact, ContactMerge.state.in_(states))
    rows = await connection.execute(query.order_by(ContactMerge.decided_at.desc().nulls_first(), ContactMerge.id))
    return [_read(row) for row in rows]


async def list_suggested(connection: AsyncConnection, limit: int) -> Sequence[MergeRow]:
    """Suggestions between contacts that both still stand, newest first."""
    return await list_page(connection, MergeState.SUGGESTED, None, None, limit)


async def list_page(
    connection: AsyncConnection, state: MergeState | None, contact_id: UUID | None, before: UUID | None, limit: int
) -> Sequence[MergeRow]:
    """Merges by state and contact, newest first; of suggestions only those between contacts that both still stand."""
    gone = select(Contact.id).where(or_(Contact.merged_into.is_not(None), Contact.erased_at.is_not(None)))
    stands = and_(ContactMerge.kept_id.not_in(gone), ContactMerge.other_id.not_in(gone))
    query = _merges().where(or_(ContactMerge.state != MergeState.SUGGESTED, stands))
    if state is not None:
        query = query.where(ContactMerge.state == state)
    if contact_id is not None:
        query = query.where(or_(ContactMerge.kept_id == contact_id, ContactMerge.other_id == contact_id))
    if before is not None:
        query = query.where(ContactMerge.id < before)
    return [_read(row) for row in await connection.execute(query.order_by(ContactMerge.id.desc()).limit(limit))]


async def get_merge(connection: AsyncConnection, merge_id: UUID) -> MergeRow:
    """One merge that is known to exist."""
    return _read((await connection.execute(_merges().where(ContactMerge.id == merge_id))).one())


async def newest_merged(connection: AsyncConnection, kept_id: UUID) -> UUID | None:
    """The merge into this contact that was made last."""
    found: UUID | None = await connection.scalar(
        select(ContactMerge.id)
        .where(ContactMerge.kept_id == kept_id, ContactMerge.state == MergeState.MERGED)
        .order_by(ContactMerge.decided_at.desc(), ContactMerge.id.desc())
        .limit(1)
    )
    return found


async def update_contact(connection: AsyncConnection, contact_id: UUID, **values: object) -> None:
    """Set columns of a contact."""
    await connection.execute(update(Contact).where(Contact.id == contact_id).values(**values))


async def supersede_older(connection: AsyncConnection, one: UUID, another: UUID, now: datetime) -> None:
    """Of two current answers to one field, let the newer stand."""
    await connection.execute(_SUPERSEDE, {"contacts": [one, another], "now": now})


async def move_all(connection: AsyncConnection, source: UUID, target: UUID) -> dict[str, list[str]]:
    """Give everything of one contact to another; returns the ids by table."""
    moved: dict[str, list[str]] = {}
    for model in MOVED:
        statement = update(model).where(model.contact_id == source).values(contact_id=target).returning(model.id)
        moved[model.__tablename__] = sorted(str(row.id) for row in await connection.execute(statement))
    return moved


async def move_back(
    connection: AsyncConnection, moved: Mapping[str, Sequence[str]], source: UUID, target: UUID
) -> None:
    """Return what a merge moved, with the conversations since then at addresses that go back, and what they taught."""
    for model in MOVED:
        ids = [UUID(each) for each in moved.get(model.__tablename__, ())]
        which = and_(model.contact_id == source, model.id.in_(ids))
        await connection.execute(update(model).where(which).values(contact_id=target))
    at_address = tuple_(Conversation.channel_id, Conversation.address).in_(
        select(Identity.channel_id, Identity.address).where(Identity.contact_id == target)
    )
    since = update(Conversation).where(Conversation.contact_id == source, at_address).values(contact_id=target)
    await connection.execute(since)
    theirs = select(Conversation.id).where(Conversation.contact_id == target)
    for model in (Answer, SeenIntent, Handoff):
        learned = update(model).where(model.contact_id == source, model.conversation_id.in_(theirs))
        await connection.execute(learned.values(contact_id=target))


async def restore_current(connection: AsyncConnection, contacts: Sequence[UUID]) -> None:
    """Let the newest answer stand wherever a field is left without a current one."""
    await connection.execute(_RESTORE, {"contacts": list(contacts)})


async def overtake_turns(connection: AsyncConnection, contact_id: UUID) -> None:
    """Make turns that run now start again, since whose conversation it is has changed; deliveries go on."""
    open_ones = and_(Conversation.contact_id == contact_id, Conversation.mode == "agent")
    bumped = update(Conversation).where(open_ones).values(epoch=Conversation.epoch + 1)
    rows = (await connection.execute(bumped.returning(Conversation.id, Conversation.epoch))).all()
    for row in rows:
        waiting = Delivery.conversation_id == row.id, Delivery.epoch == row.epoch - 1
        await connection.execute(update(Delivery).where(*waiting).values(epoch=row.epoch))


def _merges() -> Select[*tuple[Any, ...]]:
    return select(*(getattr(ContactMerge, name) for name in MergeRow.__slots__))


def _read(row: Row[*tuple[Any, ...]]) -> MergeRow:
    return MergeRow(**{**row._mapping, "state": MergeState(row.state)})


_WERE_PARTED = text(
    """
    SELECT EXISTS (
        SELECT FROM contact_merges
        WHERE state IN ('dismissed', 'undone')
          AND (kept_id = ANY(:ones) AND other_id = ANY(:others) OR kept_id = ANY(:others) AND other_id = ANY(:ones))
    )
    """
)
_MERGEABLE = text(
    """
    SELECT m.id FROM contact_merges m
    JOIN contacts kept ON kept.id = m.kept_id AND kept.merged_into IS NULL AND kept.erased_at IS NULL
    JOIN contacts other ON other.id = m.other_id AND other.merged_into IS NULL AND other.erased_at IS NULL
    WHERE m.state = 'suggested' AND m.because IN ('phone', 'email')
      AND (CAST(:contact AS uuid) IS NULL OR :contact IN (m.kept_id, m.other_id))
      AND NOT EXISTS (
          SELECT FROM identities mine JOIN identities theirs USING (channel_id)
          WHERE mine.contact_id = kept.id AND theirs.contact_id = other.id
      )
    ORDER BY m.id
    LIMIT :limit
    """
)
_SUPERSEDE = text(
    """
    UPDATE answers SET superseded_at = :now
    WHERE id IN (
        SELECT id FROM (
            SELECT id, row_number() OVER (PARTITION BY field ORDER BY created_at DESC, id DESC) AS place
            FROM answers WHERE contact_id = ANY(:contacts) AND superseded_at IS NULL
        ) AS ranked WHERE place > 1
    )
    """
)
_RESTORE = text(
    """
    UPDATE answers SET superseded_at = NULL
    WHERE id IN (
        SELECT DISTINCT ON (contact_id, field) id FROM answers a
        WHERE contact_id = ANY(:contacts)
          AND NOT EXISTS (
              SELECT FROM answers b
              WHERE b.contact_id = a.contact_id AND b.field = a.field AND b.superseded_at IS NULL
          )
        ORDER BY contact_id, field, created_at DESC, id DESC
    )
    """
)
