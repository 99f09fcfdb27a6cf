"""Text as it may arrive from any channel or model, made safe to store and compare."""

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Drop what PostgreSQL and UTF-8 cannot hold: NUL and lone surrogates."""
    return _UNSTORABLE.sub("", text)
