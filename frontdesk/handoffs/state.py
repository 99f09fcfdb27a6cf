"""How far a hand-off has come, and when it was one that nobody needed."""

from datetime import timedelta
from enum import StrEnum


class HandoffState(StrEnum):
    """What became of a hand-off."""

    WAITING = "waiting"
    """Nobody has taken it yet."""
    CLAIMED = "claimed"
    RETURNED = "returned"
    """The agent answers again."""
    CLOSED = "closed"
    """The conversation has ended."""


OPEN_STATES = (HandoffState.WAITING, HandoffState.CLAIMED)

NOT_NEEDED = "not_needed"
"""The reason of a hand-back that says that no person was needed."""

QUICK = timedelta(minutes=1)
"""Whoever returns a conversation sooner than this after taking it has done nothing in it."""
