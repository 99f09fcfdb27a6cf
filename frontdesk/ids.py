"""Identifiers: UUIDv7, so that they sort by the time they were made."""

from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """Return a new UUIDv7."""
    return uuid7()


def read_id(written: str | None) -> UUID | None:
    """The id that a stranger wrote; None for anything else."""
    try:
        return UUID(written) if written else None
    except ValueError:
        return None


def first_id_of(moment: datetime) -> UUID:
    """Return what sorts before every id made at this moment or later, and after those of earlier milliseconds."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
