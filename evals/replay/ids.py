"""Ids that depend on nothing but the place they stand for, so that two replays are alike to the byte."""

from functools import lru_cache
from uuid import UUID, uuid5

_NAMESPACE = UUID("6b1f8f0e-7f0c-5a53-9c39-2d1c6f0f7a11")


@lru_cache(maxsize=4096)
def place_id(*place: str | int) -> UUID:
    """The id of a place, such as a case's message or a document's passage."""
    return uuid5(_NAMESPACE, "\x1f".join(map(str, place)))
