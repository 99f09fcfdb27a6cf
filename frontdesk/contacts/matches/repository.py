"""SQL that finds contacts with the same phone or e-mail: as channels say it, or as it was typed in a chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import TEXT, ColumnElement, literal_column, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.models import Answer, Contact

TYPED = "typed_"
"""What the reason of a suggestion begins with that rests on what was said in a chat."""
_GIVEN: ColumnElement[str] = literal_column("answers.value #>> '{}'", TEXT)
"""An answer's value as text."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Another contact of whom channels say the same phone, or else the same e-mail."""

    id: UUID
    by_phone: bool


@dataclass(frozen=True, slots=True)
class Reachable:
    """A contact of whom a channel says a phone or an e-mail."""

    id: UUID
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer that is an address."""

    id: UUID
    contact_id: UUID
    address: str


async def alike(connection: AsyncConnection, contact_id: UUID) -> Sequence[Alike]:
    """Other contacts of whom channels say the same phone or e-mail."""
    return [Alike(*row) for row in await connection.execute(_ALIKE, {"contact": contact_id})]


async def typed_alike(
    connection: AsyncConnection, contact_id: UUID, address: str, fields: Sequence[str]
) -> Sequence[UUID]:
    """Other contacts of whom a channel says this phone or e-mail, or who gave it as the answer to one of the fields."""
    given = {"contact": contact_id, "address": address, "fields": list(fields)}
    return list(await connection.scalars(_TYPED_ALIKE, given))


async def new_with_address(connection: AsyncConnection, after: UUID, limit: int) -> Sequence[Reachable]:
    """Contacts made since that id who are reached by phone or e-mail."""
    query = select(Contact.id, Contact.phone, Contact.email).where(
        Contact.id > after,
        Contact.merged_into.is_(None),
        or_(Contact.phone.is_not(None), Contact.email.is_not(None)),
    )
    return [Reachable(*row) for row in await connection.execute(query.order_by(Contact.id).limit(limit))]


async def new_typed(connection: AsyncConnection, after: UUID, fields: Sequence[str], limit: int) -> Sequence[Typed]:
    """Answers to these fields given since that id."""
    query = select(Answer.id, Answer.contact_id, _GIVEN).where(
        Answer.id > after, Answer.field.in_(fields), Answer.superseded_at.is_(None), _GIVEN.is_not(None)
    )
    return [Typed(*row) for row in await connection.execute(query.order_by(Answer.id).limit(limit))]


_ALIKE = text(
    """
    SELECT other.id, coalesce(other.phone = me.phone, false) AS by_phone
    FROM contacts me
    JOIN contacts other ON other.id <> me.id AND (other.phone = me.phone OR lower(other.email) = lower(me.email))
    WHERE me.id = :contact AND me.merged_into IS NULL AND other.merged_into IS NULL AND other.erased_at IS NULL
    ORDER BY other.id
    LIMIT 20
    """
)
_TYPED_ALIKE = text(
    """
    SELECT id FROM (
        SELECT c.id FROM contacts c WHERE c.phone = :address OR lower(c.email) = lower(:address)
        UNION
        SELECT a.contact_id FROM answers a
        WHERE lower(a.value #>> '{}') = lower(:address) AND (a.value #>> '{}') ~ '^[+]|@'
          AND a.superseded_at IS NULL AND a.field = ANY(:fields)
    ) AS found
    JOIN contacts USING (id)
    WHERE id <> :contact AND merged_into IS NULL AND erased_at IS NULL
    ORDER BY id
    LIMIT 20
    """
)
