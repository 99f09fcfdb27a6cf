"""Which of the playbook's languages a message is in, and which language a conversation goes on in."""

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, cast

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from frontdesk.language.fold import fold_plain
from frontdesk.language.patterns import phrases

_READ_LIMIT = 2000
_SURE = 0.8
_SURE_WORDS = 3
_SURE_BY_LETTERS = 0.95
"""The same for two words, if a letter of theirs is not in every alphabet."""
_LIKELY = 0.6
"""A word or two below this probability say nothing of their language but its script."""

_NOT_WORDS = re.compile(r"\S*(?:@|://|www\.)\S*|\S*\d\S*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_SCRIPTS = (
    ("ja", _KANA),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", _HAN),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
)
_TELLTALES = {
    "en": phrases(r"hello|hi|hey|thanks|thank you|please|yes|yeah|good (?:morning|evening|afternoon)"),
    "es": phrases(r"hola|gracias|buen[oa]s (?:dias|tardes|noches)|buenas|por favor|vale|si|claro|adios"),
    "pl": phrases(r"czesc|hej|dzien dobry|dobry wieczor|witam|dzieki|dziekuje|prosze|tak|nie|jasne|dobrze|dobra"),
}
"""Words of one or two that a letter statistic cannot tell apart, but people can."""


@dataclass(frozen=True, slots=True)
class Detection:
    """The likeliest language of a text; `confident` if a single text is enough to go by."""

    language: str
    confident: bool


class _Identifier(Protocol):
    """What is used of the untyped identifier."""

    labels: list[str]

    def set_languages(self, langs: Sequence[str]) -> None: ...

    def classify(self, instance: str) -> tuple[str, float]: ...


def detect_language(text: str, languages: Sequence[str]) -> Detection | None:
    """Return the likeliest of `languages` (ISO 639-1), or None if the text says nothing about its language."""
    return _detected(text[:_READ_LIMIT], tuple(languages))


# A turn asks of the same texts several times.
@lru_cache(maxsize=256)
def _detected(text: str, languages: tuple[str, ...]) -> Detection | None:
    words = _NOT_WORDS.sub(_keep_han, text)
    if not languages or not _WORD.search(words):
        return None
    by_script = _by_script(words, languages)
    if by_script is not None:
        return Detection(by_script, confident=True)
    identifier = _identifier(tuple(sorted(set(languages))))
    if identifier is None:
        return None
    language, probability = identifier.classify(words.strip())
    said = _WORD.findall(words)
    enough = len(said) >= _SURE_WORDS
    if probability >= (_SURE if enough else _SURE_BY_LETTERS) and (enough or _are_spelt_unlike_others(said)):
        return Detection(language, confident=True)
    guess = language if probability >= _LIKELY else _first_in_letters(languages)
    return Detection(_telltale(words, languages) or guess, confident=False)


def conversation_language(previous: str | None, text: str, languages: Sequence[str]) -> str:
    """Return the language to reply in: that of the latest message long enough to tell, else `previous`.

    With no `previous`, the best guess, or the first of `languages`, which must not be empty.
    """
    detection = detect_language(text, languages)
    if detection is not None and (detection.confident or previous is None):
        return detection.language
    return previous or languages[0]


def load_identifier() -> None:
    """Load now what the first text would wait for."""
    _every_language()


def _keep_han(match: re.Match[str]) -> str:
    """Drop an address or a number, but not the Chinese written right next to it."""
    return " " + "".join(_HAN.findall(match.group())) + " "


def _by_script(words: str, languages: Sequence[str]) -> str | None:
    """Return the language that a script settles, if its letters outweigh the words in other scripts."""
    for language, script in _SCRIPTS:
        letters = len(script.findall(words))
        if language in languages and letters and letters >= len(_WORD.findall(script.sub(" ", words))):
            return language
    return None


def _first_in_letters(languages: Sequence[str]) -> str:
    """Return the first language that has no script of its own."""
    own = {language for language, _ in _SCRIPTS}
    return next((language for language in languages if language not in own), languages[0])


def _are_spelt_unlike_others(said: Sequence[str]) -> bool:
    """Return whether two words, not names alone, have a letter that few languages have: "w środę"."""
    return len(said) > 1 and any(not word.isascii() and word.islower() for word in said)


def _telltale(words: str, languages: Sequence[str]) -> str | None:
    """Return the one language whose everyday words the text has, if it is only one."""
    plain = fold_plain(words).text
    found = [language for language in languages if language in _TELLTALES and _TELLTALES[language].search(plain)]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1)
def _every_language() -> _Identifier:
    return cast(_Identifier, LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))


@lru_cache(maxsize=32)
def _identifier(languages: tuple[str, ...]) -> _Identifier | None:
    """Return an identifier of the languages that the model knows, or None if it knows none."""
    known = [language for language in languages if language in _every_language().labels]
    if not known:
        return None
    identifier = copy.copy(_every_language())
    identifier.set_languages(known)
    return identifier
