"""SQL about corrections and notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.conversations.model import CorrectionKind
from frontdesk.db.models import Correction, Handoff, Note


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """What was set right."""

    id: UUID
    kind: CorrectionKind
    subject: str
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    by: str
    after_seq: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note for colleagues; it stands behind the message with number `after_seq`."""

    id: UUID
    author: str
    text: str
    after_seq: int
    created_at: datetime


_CORRECTIONS = select(*(getattr(Correction, name) for name in CorrectionRow.__slots__))
_NOTES = select(*(getattr(Note, name) for name in NoteRow.__slots__))


def _read(row: Row[*tuple[Any, ...]]) -> CorrectionRow:
    return CorrectionRow(**{**row._mapping, "kind": CorrectionKind(row.kind)})


async def insert_correction(connection: AsyncConnection, conversation_id: UUID, row: CorrectionRow) -> None:
    """Store a correction."""
    values = {name: getattr(row, name) for name in row.__slots__}
    await connection.execute(insert(Correction).values(conversation_id=conversation_id, **values))


async def list_corrections(connection: AsyncConnection, conversation_id: UUID) -> Sequence[CorrectionRow]:
    """A conversation's corrections, oldest first."""
    query = _CORRECTIONS.where(Correction.conversation_id == conversation_id).order_by(Correction.id)
    return [_read(row) for row in await connection.execute(query)]


async def newest_corrections(
    connection: AsyncConnection, conversation_id: UUID, before: UUID | None, limit: int
) -> Sequence[CorrectionRow]:
    """A conversation's corrections, newest first, from the one before `before` on."""
    query = _CORRECTIONS.where(Correction.conversation_id == conversation_id)
    if before is not None:
        query = query.where(Correction.id < before)
    return [_read(row) for row in await connection.execute(query.order_by(Correction.id.desc()).limit(limit))]


async def insert_note(connection: AsyncConnection, conversation_id: UUID, row: NoteRow) -> None:
    """Store a note."""
    values = {name: getattr(row, name) for name in row.__slots__}
    await connection.execute(insert(Note).values(conversation_id=conversation_id, **values))


async def list_notes(connection: AsyncConnection, conversation_id: UUID) -> Sequence[NoteRow]:
    """A conversation's notes, oldest first."""
    query = _NOTES.where(Note.conversation_id == conversation_id).order_by(Note.id)
    return [NoteRow(*row) for row in await connection.execute(query)]


async def newest_notes(
    connection: AsyncConnection, conversation_id: UUID, before: UUID | None, limit: int
) -> Sequence[NoteRow]:
    """A conversation's notes, newest first, from the one before `before` on."""
    query = _NOTES.where(Note.conversation_id == conversation_id)
    if before is not None:
        query = query.where(Note.id < before)
    return [NoteRow(*row) for row in await connection.execute(query.order_by(Note.id.desc()).limit(limit))]


async def newest_handoff_team(connection: AsyncConnection, conversation_id: UUID) -> str | None:
    """The team that the conversation was last handed to."""
    query = select(Handoff.team).where(Handoff.conversation_id == conversation_id).order_by(Handoff.id.desc())
    found: str | None = await connection.scalar(query.limit(1))
    return found
