"""Claims that can be checked: numbers, e-mail addresses and links that a text states."""

import re
import unicodedata
from collections.abc import Iterable

_NUMBER = re.compile(r"\d+(?:[ .,'\u00a0\u202f]\d{3})*(?:[.,]\d+)?")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\"']+", re.IGNORECASE)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_ENUMERATION = re.compile(r"^\s*\d{1,2}[.)]\s", re.MULTILINE)
_BARE_DOMAIN = re.compile(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|pl|es|cn|eu|io|example|co)\b", re.IGNORECASE)


def claims_in(text: str) -> frozenset[str]:
    """The links, addresses and numbers of a text in one comparable form; list numbering is no claim."""
    plain = unicodedata.normalize("NFKC", text)
    claims: set[str] = set()
    for pattern in (_EMAIL, _LINK, _BARE_DOMAIN):
        claims.update(match.rstrip(".,;:!?。，").casefold() for match in pattern.findall(plain))
        plain = pattern.sub(" ", plain)
    plain = _ENUMERATION.sub("", plain)
    for written in _NUMBER.findall(plain):
        claims.update(_canonical(written))
    return frozenset(claims)


def _canonical(written: str) -> tuple[str, ...]:
    """`1 290`, `1,290` and `1290` are one number; `1,5` and `1.5` are one; `05` is `5`."""
    grouped = re.fullmatch(r"(\d{1,3})((?:[ .,'\u00a0\u202f]\d{3})+)([.,]\d+)?", written)
    if grouped:
        whole = grouped[1] + re.sub(r"\D", "", grouped[2])
        return (_decimal(whole, (grouped[3] or "")[1:]),)
    if " " in written:
        return tuple(_decimal(part, "") for part in written.split())
    whole, _, fraction = written.replace(",", ".").partition(".")
    return (_decimal(whole, fraction),)


def _decimal(whole: str, fraction: str) -> str:
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


def unsupported(claims: frozenset[str], sources: Iterable[str]) -> frozenset[str]:
    """The claims that no source states."""
    missing = set(claims)
    for source in sources:
        if not missing:
            break
        if source:
            missing -= claims_in(source)
    return frozenset(missing)
