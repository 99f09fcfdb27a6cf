"""The babel locale of a language, for writing dates, amounts and names of languages."""

from babel import Locale, UnknownLocaleError


def locale_of(language: str) -> Locale:
    """Return the language's locale, or English for one that babel does not know."""
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")
