"""Claims that can be checked: the numbers, times, dates, links, addresses and phone numbers that a text states."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale

from frontdesk.language.fold import fold_plain
from frontdesk.values.numerals import find_numerals

_NUMBER = re.compile(r"\d+(?:[ .,'\u00a0\u202f]\d{3})*(?:[.,]\d+)?")
_GROUPED = re.compile(r"(\d{1,3})((?:[ .,'\u00a0\u202f]\d{3})+)([.,]\d+)?")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\"'，。；！？、]+", re.IGNORECASE)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_BARE_DOMAIN = re.compile(
    r"(?<![a-z0-9-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|pl|es|cn|eu|io|example|co)(?![a-z0-9])", re.IGNORECASE
)
_LIST_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s|\d\ufe0f?\u20e3", re.MULTILINE)
_DATE = re.compile(
    r"(?<![\d.,/-])(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2}))(?![\d/-]|[.,]\d)"
)
_MORNING = r"上午|早上|早晨|凌晨|a\.?m\b\.?|de la mañana|rano"
_LATER = r"下午|晚上|傍晚|p\.?m\b\.?|de la tarde|de la noche|po południu|wieczorem"
_TIME = re.compile(
    rf"(?P<before>上午|早上|早晨|凌晨|中午|下午|晚上|傍晚)?\s*(?<![\d.,:])(?P<hour>[01]?\d|2[0-4])"
    rf"(?P<marked>\s?[:：点點时時]\s?|h(?![a-z])\s?)?(?P<minute>(?<=[:：点點时時h])[0-5]\d(?!\d)|(?<=[点點])半)?"
    rf"(?:\s?(?P<after>{_MORNING}|{_LATER}))?",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<!\d)(?:\+|00)?\(?\d(?:[ ().-]{0,2}\d){8,14}(?!\d)")
_PHONE_DIGITS = 9
"""Two phone numbers that end alike are one, with and without the country's prefix."""

_MONTH_LANGUAGES = ("en", "es", "pl")


@lru_cache(maxsize=512)
def claims_in(text: str) -> frozenset[str]:
    """The links, addresses, dates, times and numbers of a text in one comparable form; list numbering is no claim."""
    claims: set[str] = set()
    plain = _LIST_NUMBER.sub(" ", unicodedata.normalize("NFKC", _LIST_NUMBER.sub(" ", text)))
    for pattern, read in _READERS:
        plain = pattern.sub(lambda match, read=read: _taken(read(match), match, claims), plain)  # type: ignore[misc]
    return frozenset(claims)


def _taken(found: tuple[str, ...], match: re.Match[str], claims: set[str]) -> str:
    """Keep the claims that a match was read as, and what stands in its place: itself, if it was none."""
    claims.update(found)
    return " ; " if found else match[0]


def unsupported(claims: frozenset[str], sources: Sequence[str]) -> frozenset[str]:
    """The claims that no source states, be it in words: "three days" supports 3, and "July" the seventh month."""
    missing = set(claims)
    for supplied in (claims_in, _months_in, _counts_in):
        for source in sources:
            if not missing:
                return frozenset()
            missing -= supplied(source)
    return frozenset(missing)


def number_claim(number: Decimal) -> str:
    """A number in the form in which `claims_in` returns it."""
    whole, _, fraction = f"{number:f}".partition(".")
    return _decimal(whole, fraction)


def _address(match: re.Match[str]) -> tuple[str, ...]:
    return (match[0].rstrip(".,;:!?。，").casefold(),)


def _date(match: re.Match[str]) -> tuple[str, ...]:
    """Day, month and year, each for itself: which comes first is the writer's habit."""
    return tuple(_decimal(part, "") for part in re.findall(r"\d+", match[0]))


def _time(match: re.Match[str]) -> tuple[str, ...]:
    """The time on a clock of 24 hours; a full hour is its number."""
    marked, minute = match["marked"], match["minute"]
    said = (match["before"] or match["after"] or "").casefold()
    if not said and not (marked and (minute or marked.strip() not in (":", "："))):
        return ()
    hour = _hour(int(match["hour"]), said)
    minutes = 30 if minute == "半" else int(minute or 0)
    return (f"{hour}:{minutes:02}" if minutes else str(hour),)


def _hour(hour: int, said: str) -> int:
    if hour < 12 and re.fullmatch(_LATER, said):
        return hour + 12
    return 0 if hour == 12 and re.fullmatch(_MORNING, said) else hour


def _phone(match: re.Match[str]) -> tuple[str, ...]:
    groups = re.findall(r"\d+", match[0])
    if len(groups) == 2 and not match[0].startswith("+"):
        return ()  # a range of two numbers
    return ("tel:" + "".join(groups)[-_PHONE_DIGITS:],)


def _number(match: re.Match[str]) -> tuple[str, ...]:
    """`1 290`, `1,290` and `1290` are one number; `1,5` and `1.5` are one; `05` is `5`."""
    written = match[0]
    grouped = _GROUPED.fullmatch(written)
    if grouped:
        return (_decimal(grouped[1] + re.sub(r"\D", "", grouped[2]), (grouped[3] or "")[1:]),)
    if re.search(r"[ '\u00a0\u202f]", written):
        return tuple(found for part in re.split(r"[ '\u00a0\u202f]", written) for found in _plain_number(part))
    return _plain_number(written)


def _plain_number(written: str) -> tuple[str, ...]:
    whole, _, fraction = written.replace(",", ".").partition(".")
    return (_decimal(whole, fraction),)


def _decimal(whole: str, fraction: str) -> str:
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, ...]]], ...] = (
    (_EMAIL, _address),
    (_LINK, _address),
    (_BARE_DOMAIN, _address),
    (_DATE, _date),
    (_TIME, _time),
    (_PHONE, _phone),
    (_NUMBER, _number),
)
"""In this order: what one has read, the next does not see."""


@cache
def _month_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in _MONTH_LANGUAGES:
        for form in ("format", "stand-alone"):
            for number, name in Locale.parse(language).months[form]["wide"].items():
                names[fold_plain(name).text] = str(number)
    return names


def _months_in(source: str) -> set[str]:
    """The numbers of the months that a text names: another language writes them in digits."""
    names = _month_names()
    return {names[word] for word in re.findall(r"[a-z]+", fold_plain(source).text) if word in names}


def _counts_in(source: str) -> set[str]:
    """The numbers that a text writes in words."""
    found = find_numerals(fold_plain(source).text)
    return {number_claim(end) for each in found if not each.is_article for end in (each.low, each.high)}
