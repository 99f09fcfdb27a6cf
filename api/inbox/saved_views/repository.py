"""SQL about saved views."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.inbox.saved_views.view import View
from frontdesk.db.models import SavedView, User
from frontdesk.ids import new_id

_VIEWS = select(
    SavedView.id, SavedView.name, SavedView.filters, SavedView.shared, SavedView.user_id, User.name.label("author")
).join(User, User.id == SavedView.user_id)


def _read(row: Row[*tuple[Any, ...]]) -> View:
    filters = {key: str(value) for key, value in row.filters.items()}
    return View(id=row.id, name=row.name, filters=filters, shared=row.shared, author_id=row.user_id, author=row.author)


async def list_views(connection: AsyncConnection, user_id: UUID) -> Sequence[View]:
    """A person's views and those that colleagues share, by name."""
    query = _VIEWS.where(or_(SavedView.user_id == user_id, SavedView.shared))
    return [_read(row) for row in await connection.execute(query.order_by(func.lower(SavedView.name), SavedView.id))]


async def find_view(connection: AsyncConnection, view_id: UUID) -> View | None:
    """One view, whoever's it is; locked until the transaction ends."""
    row = (await connection.execute(_VIEWS.where(SavedView.id == view_id).with_for_update(of=SavedView))).one_or_none()
    return _read(row) if row else None


async def is_taken(connection: AsyncConnection, view: View, name: str) -> bool:
    """Whether another view of the same author has this name."""
    same = select(SavedView.id).where(
        SavedView.user_id == view.author_id, SavedView.name == name, SavedView.id != view.id
    )
    return bool(await connection.scalar(select(same.exists())))


async def save_view(
    connection: AsyncConnection, user_id: UUID, name: str, filters: Mapping[str, str], now: datetime, *, shared: bool
) -> None:
    """Keep a view, in the place of one of the same name."""
    await connection.execute(delete(SavedView).where(SavedView.user_id == user_id, SavedView.name == name))
    values = {"id": new_id(), "user_id": user_id, "name": name, "filters": dict(filters), "shared": shared}
    await connection.execute(insert(SavedView).values(**values, created_at=now))


async def update_view(connection: AsyncConnection, view_id: UUID, name: str, *, shared: bool) -> None:
    """Call a view otherwise; let colleagues see it, or no longer."""
    await connection.execute(update(SavedView).where(SavedView.id == view_id).values(name=name, shared=shared))


async def delete_view(connection: AsyncConnection, view_id: UUID) -> None:
    """Forget a view."""
    await connection.execute(delete(SavedView).where(SavedView.id == view_id))
