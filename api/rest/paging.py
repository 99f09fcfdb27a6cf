"""Cursor pages: lists are newest first, and a cursor names the last item of the page before."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel

from frontdesk.errors import FrontdeskError

Item = TypeVar("Item")

Limit = Annotated[int, Query(ge=1, le=200, description="Most items on the page.")]
Cursor = Annotated[str | None, Query(max_length=100, description="`next_cursor` of the page before.")]
DEFAULT_LIMIT = 50


class CursorInvalidError(FrontdeskError):
    """The cursor was not given out by us."""

    code = "cursor_invalid"


class Page(BaseModel, Generic[Item]):
    """One page of a list; `next_cursor` is null on the last."""

    items: list[Item]
    next_cursor: str | None


def read_cursor(cursor: str | None) -> UUID | None:
    """The id behind a cursor; raises CursorInvalidError."""
    if cursor is None:
        return None
    try:
        last = UUID(bytes=base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        last = None
    if last is None or write_cursor(last) != cursor:
        raise CursorInvalidError("pass next_cursor of the page before, unchanged, or leave the cursor out")
    return last


def write_cursor(last: UUID) -> str:
    """The cursor after this id."""
    return base64.urlsafe_b64encode(last.bytes).rstrip(b"=").decode("ascii")


def page_of(found: Sequence[Item], limit: int, id_of: Callable[[Item], UUID]) -> Page[Item]:
    """Make a page of at most `limit` items from `limit + 1` that were asked for."""
    shown = list(found[:limit])
    more = len(found) > limit
    return Page(items=shown, next_cursor=write_cursor(id_of(shown[-1])) if more else None)
