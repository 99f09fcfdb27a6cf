"""What a number counts: people, pieces, boxes, nights, years; its words in English, Spanish, Polish and Chinese."""

import re
from collections.abc import Sequence
from enum import StrEnum

from frontdesk.language.fold import fold_plain
from frontdesk.language.patterns import bounded
from frontdesk.values.surroundings import PERSON


class Counted(StrEnum):
    """A kind of thing that a number field asks for."""

    PEOPLE = "people"
    PIECES = "pieces"
    BOXES = "boxes"
    NIGHTS = "nights"
    YEARS = "years"


_SAID = {
    Counted.PEOPLE: PERSON,
    Counted.PIECES: bounded(
        r"pcs?\.?|pieces?|units?|items?|sets?",
        r"unidad(?:es)?|uds?\.?|unds?\.?|piezas?|pzas?\.?|pzs?\.?|juegos?",
        r"szt\.?|sztuk\w*|kpl\.?|komplet\w*",
        "[只支台套件盏条把根枚片张块]|个(?![月柜星礼小人问地])",
    ),
    Counted.BOXES: bounded(r"box(?:es)?|cartons?|ctns?", r"cajas?|cartones", r"kartony?|kartonow|pudel\w*", "[箱盒]"),
    Counted.NIGHTS: bounded(r"nights?", r"noches?", r"noc(?:e|y|leg\w*)", "晚(?:上)?"),
    Counted.YEARS: bounded(
        r"-?(?:years?|yrs?)(?:-old|(?: old)?(?! (?:of|ago|in|warranty|guarantee)))|(?:y/?o)",
        r"anos?(?! (?:de|en|atras|antes))",
        r"(?:lat(?:a)?|rok|roku|roczek)(?! (?:temu|doswiad\w+|gwaranc\w+|w))|-?lat(?:ek|k\w+)",
        "周?岁",
    ),
}
"""How each is said right after its number."""
_ASKED = _SAID | {
    Counted.PIECES: bounded(
        r"pcs?|pieces?|units?|quantity|how many items",
        r"unidad(?:es)?|uds?|piezas?|cantidad",
        r"szt|sztuk\w*|ilosc",
        "[只支台套件盏]|数量",
    ),
    Counted.YEARS: bounded(r"years?|how old|age", r"anos|edad", r"lata?|wiek\w*", "岁|年龄|多大"),
}
"""How a question names each; a classifier that Chinese has for anything says nothing there."""
_AFTER = {kind: re.compile(rf" ?{words}") for kind, words in _SAID.items()}
_NAMED = {kind: re.compile(words) for kind, words in _ASKED.items()}


def kinds_counted(unit: str | None, asks: Sequence[str]) -> frozenset[Counted]:
    """Return what a field counts by its unit, or, if that says nothing, by its question's words."""
    for words in ([unit] if unit else [], asks):
        plain = [fold_plain(each).text for each in words]
        found = frozenset(kind for kind, pattern in _NAMED.items() if any(map(pattern.search, plain)))
        if found:
            return found - {Counted.PIECES} if Counted.PEOPLE in found else found
    return frozenset()


def counted_end(plain: str, at: int, kinds: frozenset[Counted]) -> int | None:
    """Return where the word for one of `kinds` ends that stands at `at`, right after a number; None if none does."""
    ends = [match.end() for kind in kinds if (match := _AFTER[kind].match(plain, at))]
    return max(ends, default=None)
