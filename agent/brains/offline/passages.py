"""What to quote of a passage: its own lines, as many as a chat message bears. Pure."""

import re

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])\s*")


def excerpt(text: str, limit: int) -> str:
    """The passage's first whole lines within `limit` characters, else its first whole sentences."""
    if len(text) <= limit:
        return text.strip()
    lines = _whole_pieces(text.splitlines(), limit, "\n")
    return lines or _whole_pieces(_SENTENCE_END.split(text), limit, " ") or text[:limit].rstrip()


def _whole_pieces(pieces: list[str], limit: int, joint: str) -> str:
    kept = ""
    for piece in pieces:
        longer = f"{kept}{joint}{piece}" if kept else piece
        if len(longer) > limit:
            break
        kept = longer
    return kept.strip()
