"""The questions of a text."""

import re

_MARK = re.compile(r"[?？]+(?![A-Za-z0-9_=&%])")
"""Not the one that opens a link's query."""

_SENTENCE = re.compile(r".*?(?:[.!?…]+(?=\s|$)|[。！？]+|$)\s*")


def count_questions(text: str) -> int:
    """How many questions a text asks."""
    return len(_MARK.findall(text))


def without_questions(text: str) -> str:
    """The sentences of a text that ask nothing."""
    lines = (_statements(line) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _statements(line: str) -> str:
    return "".join(sentence for sentence in _SENTENCE.findall(line) if not _MARK.search(sentence)).strip()
