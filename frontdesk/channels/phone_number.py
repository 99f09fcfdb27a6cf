"""Phone numbers in E.164, from what channels write."""

import re

import phonenumbers

_DIGITS = re.compile(r"\+?([1-9][0-9]{5,14})", re.ASCII)


def from_digits(value: str | None) -> str | None:
    """E.164 of a number that the channel gives with its country code, with or without the plus sign."""
    match = _DIGITS.fullmatch(value or "")
    return f"+{match[1]}" if match else None


def from_international(value: str | None) -> str | None:
    """E.164 of a number that a person may have formatted; None unless it starts with its country code."""
    try:
        number = phonenumbers.parse(value or "", None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
