"""The clauses of a message, each in the contact's own words: one message can want several things."""

import re

from frontdesk.language.fold import fold_plain
from frontdesk.language.han import has_han

_WORD = re.compile(r"[^\W_]+")
_READ_LIMIT = 2000
_LEAST_WORDS = 2
_LEAST_HAN = 3

_ENDS = re.compile(r"[!?;！？；。\n]+|\.(?=\s|$)")
_CHINESE_ENDS = re.compile(r"[,，](?!\d)|(?=另外|还有|此外|顺便|而且|以及|同时)")

# What a clause begins with, never what merely continues a list of things. Each language by itself: the Polish "and" is
# the English "I".
_OPENERS = {
    "en": r"what|how|when|where|which|who|why|is|are|am|was|were|do|does|did|can|could|will|would|should|may|have you|"
    r"has|i'?(?:d|m|ve|ll)?|we'?(?:re|d|ve|ll)?|you'?(?:re|d|ll)?|it'?s|that'?s|there'?s|there|they|he|she|please|pls|"
    r"let me|let us|tell|send|give|call|ring|show|put|connect|book|cancel|change|need|want|also|plus|if",
    "es": r"que|como|cuando|donde|cual(?:es)?|cuant[oa]s?|quien|por que|hay|es|son|esta|estan|puede[ns]?|puedo|podemos|"
    r"podria[ns]?|tiene[ns]?|quier[oa]|queremos|quisier\w+|necesit\w+|me|nos|se puede|acept\w+|inclu\w+|llam\w+|"
    r"envi\w+|mand\w+|dig\w+|tambien|ademas|si|somos|prefier\w+|reserv\w+|abren|hacen|dan|sale",
    "pl": r"czy|ile|jak\w*|kiedy|gdzie|kto|ktor\w+|co|dlaczego|po ile|do kiedy|mog\w+|moz\w+|mozna|chc\w+|chcial\w+|"
    r"potrzebuj\w+|prosz\w+|zadzwon\w+|wysl\w+|podaj\w*|da sie|jest\w*|sa|mam\w*|macie|bed\w+|interesuj\w+|"
    r"rowniez|tez|dodatkowo|jesli|przyjmuj\w+|niech",
}
_JOINTS = {
    "en": r"and also|and|also|plus|but|or|as well as|besides",
    "es": r"y tambien|y ademas|y|e|o|pero|tambien|ademas|aparte",
    "pl": r"oraz|a takze|a do tego|a|i tez|i|albo|ale|poza tym|dodatkowo",
}
_BREAK = re.compile(
    "|".join(
        rf"(?:,\s*(?:(?:{joints})(?![a-z0-9])[\s,]*)?|\s-\s|(?<![a-z0-9])(?:{joints})(?![a-z0-9])[\s,]*)"
        rf"(?=(?:{_OPENERS[language]})(?![a-z0-9]))"
        for language, joints in _JOINTS.items()
    )
)


def clauses(text: str) -> tuple[str, ...]:
    """Return the clauses of `text`, in order, as they stand in it; fragments of a word or two are left out."""
    folded = fold_plain(text[:_READ_LIMIT])
    plain = folded.text
    cuts = [(match.start(), match.end()) for match in _ENDS.finditer(plain)]
    pattern = _CHINESE_ENDS if has_han(plain) else _BREAK
    cuts += [(match.start(), match.end()) for match in pattern.finditer(plain)]
    found, start = [], 0
    for begin, end in [*sorted(cuts), (len(plain), len(plain))]:
        if begin < start:
            continue
        piece = plain[start:begin]
        if _says_enough(piece):
            left = start + len(piece) - len(piece.lstrip())
            right = start + len(piece.rstrip())
            first, last = folded.original_span(left, _with_mark(plain, right))
            found.append(text[first:last])
        start = end
    return tuple(found)


def _says_enough(piece: str) -> bool:
    if has_han(piece):
        return sum(letter.isalnum() for letter in piece) >= _LEAST_HAN
    return len(_WORD.findall(piece)) >= _LEAST_WORDS


def _with_mark(plain: str, end: int) -> int:
    """A question keeps its mark: the classifier and the contact both read it."""
    return end + 1 if plain[end : end + 1] in ("?", "？") else end
