"""Chinese characters, which stand without spaces between the words."""

import re

_HAN = re.compile("[\u3400-\u9fff]")


def has_han(text: str) -> bool:
    """Return whether a Chinese character stands in a text."""
    return _HAN.search(text) is not None
