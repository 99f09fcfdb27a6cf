"""Phone numbers in text, in E.164."""

import re

import phonenumbers
from phonenumbers import Leniency, NumberParseException, PhoneNumberFormat, PhoneNumberMatcher

from frontdesk.language.fold import FoldedText, fold, fold_plain
from frontdesk.values.reading import Reading
from frontdesk.values.spoken_addresses import spoken_numbers

ENOUGH_DIGITS = 7
"""The shortest numbers that are called from afar have as many; fewer are no phone number."""
_MOST_TRIES = 50


_SPOKEN_IN = {
    "en": ("US", "GB", "CA", "IE", "AU", "NZ"),
    "es": ("ES", "MX", "AR", "CO", "PE", "CL"),
    "pl": ("PL",),
    "zh": ("CN", "HK", "TW"),
}
"""Regions whose numbers a contact of that language may write without a prefix, the likeliest first."""
_ALONE = re.compile(
    r"(?:(?:it'?s|my|is|the|whats ?app|phone|mobile|cell|call|me|at|on|no|es|mi|el|al|numero|telefono|movil|celular|"
    r"moj|to|pod|numer|number|nr|tel|telefonu?|komorka|我的?|是|电话|手机|号码?|打)(?![a-z])[ .,:]*)*"
    r"(?P<number>\(?\d(?:[ ().-]{0,2}\d){8,13})[ .!]*",
)
"""A message that is nothing but a number, perhaps with words that say so."""


def read_phones(text: str, region: str | None, language: str = "") -> tuple[Reading, ...]:
    """Return the valid phone numbers; those without a country prefix are read as of `region` (ISO 3166).

    A number that stands alone and is none there is read as one of a country in which `language` is spoken, or as one
    whose plus sign was left out.
    """
    plain = fold_plain(text)
    return _matches(fold(text), region, Leniency.VALID) or _spoken(plain, region) or _from_abroad(plain, language)


def phone_spans(folded: FoldedText, region: str | None) -> tuple[tuple[int, int], ...]:
    """Return spans of folded text that are written as phone numbers are, and so are no amounts."""
    found = _raw_matches(folded.text, region, Leniency.STRICT_GROUPING)
    return tuple((match.start, match.end) for match in found)


def normal_phone(number: str, region: str | None) -> str | None:
    """Return the E.164 form of a whole string that is one valid phone number, else None."""
    try:
        parsed = phonenumbers.parse(number, region)
    except NumberParseException:
        return None
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164) if phonenumbers.is_valid_number(parsed) else None


def _from_abroad(plain: FoldedText, language: str) -> tuple[Reading, ...]:
    alone = _ALONE.fullmatch(plain.text.strip())
    if alone is None:
        return ()
    written = alone["number"]
    valid = [number for region in _SPOKEN_IN.get(language, ()) if (number := normal_phone(written, region))]
    number = next(iter(valid), None) or normal_phone(f"+{re.sub(r'[^0-9]', '', written)}", None)
    start = plain.text.index(written)
    return (Reading(number, *plain.original_span(start, start + len(written))),) if number else ()


def _spoken(plain: FoldedText, region: str | None) -> tuple[Reading, ...]:
    """Read a number dictated in words, as valid as a typed one."""
    found = ((normal_phone(digits, region), span) for digits, *span in spoken_numbers(plain))
    return tuple(Reading(number, *plain.original_span(*span)) for number, span in found if number is not None)


def _matches(folded: FoldedText, region: str | None, leniency: int) -> tuple[Reading, ...]:
    return tuple(
        Reading(
            phonenumbers.format_number(match.number, PhoneNumberFormat.E164),
            *folded.original_span(match.start, match.end),
        )
        for match in _raw_matches(folded.text, region, leniency)
    )


def _raw_matches(text: str, region: str | None, leniency: int) -> list[phonenumbers.PhoneNumberMatch]:
    if len(re.findall(r"\d", text)) < ENOUGH_DIGITS:
        return []
    # The matcher looks for word boundaries; Chinese written right next to a number has none.
    spaced = re.sub(r"[\u3040-\u30ff\u3400-\u9fff]", " ", text)
    return list(PhoneNumberMatcher(spaced, region, leniency, _MOST_TRIES))
