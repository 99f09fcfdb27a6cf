"""Phrase patterns over text folded by `fold_plain`: word boundaries for Latin letters, none for Chinese."""

import re

from frontdesk.language.han import has_han


def phrases(*alternatives: str) -> re.Pattern[str]:
    """Compile alternatives, each a small regular expression, so that none begins or ends inside a Latin word."""
    return re.compile(bounded(*alternatives))


def bounded(*alternatives: str) -> str:
    """Return the source of one group of alternatives; those without Chinese begin and end at Latin word boundaries."""
    parts = [part for alternative in alternatives for part in top_level(alternative)]
    spaced = "|".join(part for part in parts if not has_han(part)) or "(?!)"
    unspaced = "|".join(part for part in parts if has_han(part)) or "(?!)"
    return rf"(?:(?<![a-z0-9])(?:{spaced})(?![a-z0-9])|(?:{unspaced}))"


def top_level(source: str) -> list[str]:
    """Split the source of a pattern at the bars outside its groups and classes."""
    parts, depth, begin, at = [], 0, 0, 0
    in_class = False
    while at < len(source):
        letter = source[at]
        if letter == "\\":
            at += 1
        elif in_class or letter == "[":
            in_class = letter != "]"
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        elif letter == "|" and depth == 0:
            parts.append(source[begin:at])
            begin = at + 1
        at += 1
    return [*parts, source[begin:]]
