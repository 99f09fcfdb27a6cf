"""Failures that a person can act on, in a line each."""

from frontdesk.errors import FrontdeskError


def in_words(error: FrontdeskError | OSError) -> str | None:
    """What to tell the person who ran the command; None for an error that is not about a file of theirs."""
    if isinstance(error, FrontdeskError):
        return str(error)
    if error.filename is None:
        return None
    return f"{error.filename} cannot be used: {error.strerror}; name a path that this user may read and write"
