"""Comparing what a stranger sent with what only we know."""

import hmac


def same(secret: str, given: str) -> bool:
    """Whether both are equal, in a time that does not tell how much is; never true for an empty secret."""
    return bool(secret) and hmac.compare_digest(_bytes(secret), _bytes(given))


def _bytes(value: str) -> bytes:
    return value.encode("utf-8", "backslashreplace")
