"""The questions of a text, and its sentences that are none."""

import re

_MARK = re.compile(r"[?？]+(?![A-Za-z0-9_=&%])")
"""Not the one that opens a link's query."""

_SENTENCE = re.compile(r".*?(?:[.!?…;]+(?=\s|$)|[。！？；]+|$)\s*")


def count_questions(text: str) -> int:
    """How many questions a text asks."""
    return len(_MARK.findall(text))


def statements(text: str) -> tuple[str, ...]:
    """The sentences of a text that ask nothing."""
    return tuple(sentence for line in text.splitlines() for sentence in _statements(line))


def without_questions(text: str) -> str:
    """The text without the sentences that ask something."""
    lines = ("".join(_statements(line)).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _statements(line: str) -> list[str]:
    return [found for found in _SENTENCE.findall(line) if found.strip() and not _MARK.search(found)]
