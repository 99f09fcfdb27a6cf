"""Contacts on two channels who are one person: suggested, merged by hand or by rule, and taken apart again.

A merge moves addresses, conversations, answers, intents, hand-offs and outside events to the contact who is kept. Of
two answers to one field the newer stands, and the other stays as history. An opt-out of either holds for both. Stage
events stay where they are, so the kept contact's stage is not changed by it; the rules look at the joined facts with
the next message or event.

By rule merge those of whom their channels say the same phone or e-mail, if they share no channel (which would tell
them apart) and no person has ever said that they are two.

Undoing returns every row. What came in between goes by address: a conversation at an address that goes back goes back
with it. Only a conversation's epoch keeps counting up, since a turn that runs meanwhile must notice.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.contacts.matches.repository import alike
from frontdesk.contacts.merges import repository
from frontdesk.contacts.merges.repository import MergeRow, MergeState, Party
from frontdesk.contacts.standing.repository import ContactNotFoundError, family
from frontdesk.errors import FrontdeskError
from frontdesk.ids import new_id

_MOST_BY_RULE = 20
_DETAILS = ("name", "email", "phone", "referral")
BY_HAND = "hand"
BY_RULE = "rule"
"""Who decided, where it was the playbook."""


class MergeRefusedError(FrontdeskError):
    """The two cannot be merged or taken apart now."""

    code = "merge_refused"


class MergeNotFoundError(FrontdeskError):
    """There is no such merge or suggestion."""

    code = "merge_not_found"


async def suggest(connection: AsyncConnection, contact_id: UUID, now: datetime) -> int:
    """Suggest to merge a contact with those of the same phone or e-mail, as channels vouch for them; returns how many.

    The older contact is the one to keep. Those that a person has told apart are not suggested again.
    """
    suggested = 0
    for other in await alike(connection, contact_id):
        suggested += await suggest_pair(connection, contact_id, other.id, "phone" if other.by_phone else "email", now)
    return suggested


async def suggest_pair(connection: AsyncConnection, one: UUID, another: UUID, because: str, now: datetime) -> bool:
    """Suggest to merge two contacts; whether that is new."""
    if await _were_parted(connection, one, another):
        return False
    kept, other = sorted((one, another))
    return await repository.insert_merge(connection, kept, other, because, now) is not None


async def merge_by_rule(connection: AsyncConnection, contact_id: UUID, now: datetime) -> bool:
    """Merge a contact as suggested, wherever the rule allows it; whether that changed anything."""
    suggested = await repository.list_mergeable(connection, contact_id, _MOST_BY_RULE)
    return any([await accept_by_rule(connection, merge_id, now) for merge_id in suggested])


async def accept_by_rule(connection: AsyncConnection, merge_id: UUID, now: datetime) -> bool:
    """Merge as suggested, unless a person has told the two apart meanwhile, or somebody else was faster."""
    suggestion = await repository.lock_merge(connection, merge_id)
    if suggestion is None or suggestion.state is not MergeState.SUGGESTED:
        return False
    if await _were_parted(connection, suggestion.kept_id, suggestion.other_id):
        await dismiss(connection, merge_id, BY_RULE, now)
        return False
    parties = await repository.lock_parties(connection, [suggestion.kept_id, suggestion.other_id])
    if any(party.merged_into or party.erased_at for party in parties.values()):
        return False
    kept = await accept(connection, merge_id, BY_RULE, now)
    await suggest(connection, kept, now)  # they may now have the address of a third
    return True


async def _were_parted(connection: AsyncConnection, one: UUID, another: UUID) -> bool:
    return await repository.were_parted(connection, await family(connection, one), await family(connection, another))


async def merge(connection: AsyncConnection, kept_id: UUID, other_id: UUID, by: str, now: datetime) -> UUID:
    """Make two contacts one; returns the merge's id. Raises ContactNotFoundError and MergeRefusedError."""
    kept, other = await _parties(connection, kept_id, other_id)
    if await repository.shared_open_channel(connection, kept.id, other.id):
        raise MergeRefusedError("both have an open conversation on the same channel; close one of them first")
    await repository.drop_suggestions(connection, kept.id, other.id)
    filled = [name for name in _DETAILS if getattr(kept, name) is None and getattr(other, name) is not None]
    opted_out_at = _earliest(kept.opted_out_at, other.opted_out_at)
    await repository.supersede_older(connection, kept.id, other.id, now)
    await repository.overtake_turns(connection, other.id)
    rows = await repository.move_all(connection, other.id, kept.id)
    values = {name: getattr(other, name) for name in filled}
    await repository.update_contact(connection, kept.id, **values, opted_out_at=opted_out_at)
    await repository.update_contact(connection, other.id, merged_into=kept.id)
    moved = {
        "rows": rows,
        "filled": filled,
        "opted_out": {"was": _written(kept.opted_out_at), "became": _written(opted_out_at)},
    }
    made = MergeRow(
        id=new_id(),
        kept_id=kept.id,
        other_id=other.id,
        state=MergeState.MERGED,
        because=BY_HAND,
        moved=moved,
        by=by,
        created_at=now,
        decided_at=now,
        undone_at=None,
    )
    await repository.insert_decided(connection, made)
    return made.id


async def accept(connection: AsyncConnection, merge_id: UUID, by: str, now: datetime) -> UUID:
    """Merge as suggested; returns the kept contact. Raises MergeNotFoundError and what `merge` raises."""
    suggestion = await _in_state(connection, merge_id, MergeState.SUGGESTED)
    made = await merge(connection, suggestion.kept_id, suggestion.other_id, by, now)
    await repository.update_merge(connection, made, because=suggestion.because)
    return suggestion.kept_id


async def dismiss(connection: AsyncConnection, merge_id: UUID, by: str, now: datetime) -> UUID:
    """Say that the two are not one, for good; returns the contact that was to be kept. Raises MergeNotFoundError."""
    suggestion = await _in_state(connection, merge_id, MergeState.SUGGESTED)
    await repository.update_merge(connection, merge_id, state=MergeState.DISMISSED, by=by, decided_at=now)
    return suggestion.kept_id


async def undo(connection: AsyncConnection, merge_id: UUID, now: datetime) -> MergeRow:
    """Take a merge back. Raises MergeNotFoundError, and MergeRefusedError if a later one stands on it."""
    made = await _in_state(connection, merge_id, MergeState.MERGED)
    parties = await repository.lock_parties(connection, [made.kept_id, made.other_id])
    kept, other = parties[made.kept_id], parties[made.other_id]
    if kept.erased_at or other.erased_at:
        raise MergeRefusedError("the contact was erased; there is nothing to take apart")
    if kept.merged_into or await repository.newest_merged(connection, kept.id) != made.id:
        raise MergeRefusedError("a later merge stands on this one; undo that first")
    await repository.overtake_turns(connection, kept.id)
    await repository.move_back(connection, made.moved["rows"], kept.id, other.id)
    await repository.restore_current(connection, [kept.id, other.id])
    await _restore_details(connection, made, kept, other)
    await repository.update_merge(connection, made.id, state=MergeState.UNDONE, undone_at=now, moved={})
    return made


async def _restore_details(connection: AsyncConnection, made: MergeRow, kept: Party, other: Party) -> None:
    """Take back what the other filled in, unless it changed since; an opt-out since then holds for both."""
    emptied = {name: None for name in made.moved["filled"] if getattr(kept, name) == getattr(other, name)}
    was, became = (_read(made.moved["opted_out"][each]) for each in ("was", "became"))
    is_unchanged = kept.opted_out_at == became
    kept_out = was if is_unchanged else kept.opted_out_at
    other_out = other.opted_out_at if is_unchanged else _earliest(other.opted_out_at, kept.opted_out_at)
    await repository.update_contact(connection, kept.id, **emptied, opted_out_at=kept_out)
    await repository.update_contact(connection, other.id, merged_into=None, opted_out_at=other_out)


async def _parties(connection: AsyncConnection, kept_id: UUID, other_id: UUID) -> tuple[Party, Party]:
    if kept_id == other_id:
        raise MergeRefusedError("a contact cannot be merged with themselves")
    found = await repository.lock_parties(connection, [kept_id, other_id])
    for wanted in (kept_id, other_id):
        if wanted not in found:
            raise ContactNotFoundError(f"there is no contact {wanted}")
        if found[wanted].merged_into or found[wanted].erased_at:
            raise MergeRefusedError("one of the two was merged or erased already")
    return found[kept_id], found[other_id]


async def _in_state(connection: AsyncConnection, merge_id: UUID, state: MergeState) -> MergeRow:
    found = await repository.lock_merge(connection, merge_id)
    if found is None or found.state is not state:
        raise MergeNotFoundError(f"nothing is {state} under {merge_id}; someone else may have decided")
    return found


def _earliest(*times: datetime | None) -> datetime | None:
    return min((each for each in times if each is not None), default=None)


def _written(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _read(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
