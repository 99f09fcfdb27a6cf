"""Options of a choice in text: by name, by label or synonym, with a small typo, or by their place in the list."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from frontdesk.language.acts import statement_spans
from frontdesk.language.boundaries import is_boundary
from frontdesk.language.fold import FoldedText, fold_plain
from frontdesk.language.hedges import is_hedged
from frontdesk.language.patterns import bounded, phrases, top_level
from frontdesk.values.reading import Option, Reading, ReadingContext

_FUZZY_LENGTH = 5
"""Shorter labels are only found as they are: one typo makes another word of them."""
_FUZZY_SCORE = 84.0
_CLEAR_LEAD = 6.0
_OWN_WORD_LENGTH = 4
_GENERIC_WORDS = """
plan plans package pack option choice version edition tier level offer product service with from one
paquete opcion oferta nivel servicio producto para pakiet opcja oferta wersja poziom usluga produkt
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
"""Words that say what an option is and not which one."""
_NEGATED = re.compile(
    bounded(
        r"(?:not|no|don'?t (?:want|need|like)|do not (?:want|need)|anything but|except|without|instead of|"
        r"rather than|isn'?t|aren'?t)"
        r"(?: the| a| an| really)*",
        r"(?:no|ni|sin|excepto|menos|en vez de)(?: quiero| es| soy| necesito)?(?: el| la| un| una)*",
        r"(?:nie|bez|oprocz|zamiast)(?: chce| jest| jestem)?",
        r"不(?:要|是|想要|需要|选)|除了|别",
    )
    + " ?$"
)
_ORDINALS: tuple[str, ...] = (
    r"first|1st|primer[oa]?|pierwsz\w+|jedynk\w+|第一[个种项款]?",
    r"second|2nd|segund[oa]|drugi\w*|druga|第二[个种项款]?",
    r"third|3rd|tercer[oa]?|trzeci\w*|第三[个种项款]?",
    r"fourth|4th|cuart[oa]|czwart\w+|第四[个种项款]?",
    r"fifth|5th|quint[oa]|piat\w+|第五[个种项款]?",
    r"sixth|6th|sext[oa]|szost\w+|第六[个种项款]?",
)
_LAST = r"last|ultim[oa]|ostatni\w*|最后一?[个种项款]?"
_NOUN = r"(?: (?:one|option|choice|plan|opcion|opcja|opcje|plan|z nich))?"
_ORDINAL_PATTERNS = tuple(
    re.compile(bounded(*(rf"(?:the |el |la |ten |ta |te )?(?:{part}){_NOUN}" for part in top_level(source))))
    for source in (*_ORDINALS, _LAST)
)
_BARE_NUMBER = re.compile(
    r"(?:i'?d |we'?d |i |we )?(?:take |choose |pick |want |go (?:with|for) )?(?:the )?(?:option|number|no\.?|nr|"
    r"opcion|opcja|numer|选|#)? ?"
    r"(?P<number>[1-9])[.)]?(?: please| por favor| prosze)?"
)
_ALL = phrases(
    r"all(?: of (?:them|the above|these))?|both|everything|tod[oa]s|l[oa]s dos|amb[oa]s|wszystk\w+|oba|obie|"
    r"都(?:要|可以|想|有|行)?|全部|两个都",
)


@dataclass(frozen=True, slots=True)
class _Hit:
    option: int
    start: int
    end: int


def read_choices(text: str, folded: FoldedText, context: ReadingContext) -> tuple[Reading, ...]:
    """Return the options named in plain-folded text, outside questions and not negated."""
    plain = _statements(text, folded)
    hits = _hits(plain, context.options)
    return tuple(
        Reading(
            context.options[hit.option].name,
            *folded.original_span(hit.start, hit.end),
            is_hedged(plain[max(0, hit.start - 24) : hit.start]),
        )
        for hit in hits
    )


def read_multi_choices(text: str, folded: FoldedText, context: ReadingContext) -> tuple[Reading, ...]:
    """Return one reading with all the options named, in the playbook's order."""
    single = read_choices(text, folded, context)
    if not single:
        plain = _statements(text, folded)
        match = _ALL.search(plain) if context.options else None
        names = tuple(option.name for option in context.options)
        return (Reading(names, *folded.original_span(*match.span())),) if match else ()
    named = {reading.value for reading in single}
    value = tuple(option.name for option in context.options if option.name in named)
    hedged = any(reading.hedged for reading in single)
    return (Reading(value, single[0].start, single[-1].end, hedged),)


def _statements(text: str, folded: FoldedText) -> str:
    """Return the folded text with questions blanked out, so that offsets stay."""
    spans = statement_spans(text)
    return "".join(
        letter if any(start <= at < end for start, end in spans) else "\u0001"
        for letter, at in zip(folded.text, folded.starts, strict=True)
    )


def _hits(plain: str, options: tuple[Option, ...]) -> list[_Hit]:
    exact = _exact(plain, options)
    wanted = _wanted(exact, plain)
    if exact:
        return wanted
    close = _fuzzy(plain, options) or _by_own_word(plain, options)
    return _wanted(close, plain) or _by_place(plain, len(options))


def _wanted(hits: list[_Hit], plain: str) -> list[_Hit]:
    return [hit for hit in hits if not _NEGATED.search(plain[max(0, hit.start - 40) : hit.start])]


def _exact(plain: str, options: tuple[Option, ...]) -> list[_Hit]:
    """Find labels as whole words, the longest first, none inside another."""
    found = [
        _Hit(index, at, at + len(label))
        for index, option in enumerate(options)
        for label in labels_of(option)
        for at in _occurrences(plain, label)
    ]
    kept: list[_Hit] = []
    for hit in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda each: each.start)


def labels_of(option: Option) -> list[str]:
    """Return every way to say an option, plain-folded, the longest first."""
    labels = {fold_plain(label).text.strip() for label in (option.name, option.name.replace("_", " "), *option.labels)}
    return sorted((label for label in labels if label), key=len, reverse=True)


def _occurrences(plain: str, label: str) -> list[int]:
    found, at = [], plain.find(label)
    while at >= 0:
        if is_boundary(plain, at) and is_boundary(plain, at + len(label)):
            found.append(at)
        at = plain.find(label, at + 1)
    return found


def _fuzzy(plain: str, options: tuple[Option, ...]) -> list[_Hit]:
    """Find the option whose label is clearly the closest to some words, for small typos and inflected forms."""
    words = [(match.start(), match.end()) for match in re.finditer(r"[^\W\d_]+", plain)]
    best: dict[int, tuple[float, int, int]] = {}
    for index, option in enumerate(options):
        scores = [score for label in labels_of(option) for score in _scores(plain, words, label)]
        if scores:
            best[index] = max(scores)
    ranked = sorted(best.items(), key=lambda item: item[1][0], reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][1][0] - ranked[1][1][0] < _CLEAR_LEAD):
        return []
    index, (_, start, end) = ranked[0]
    return [_Hit(index, start, end)]


def _scores(plain: str, words: list[tuple[int, int]], label: str) -> list[tuple[float, int, int]]:
    if len(label) < _FUZZY_LENGTH:
        return []
    size = label.count(" ") + 1
    spans = [(words[at][0], words[at + size - 1][1]) for at in range(len(words) - size + 1)]
    scored = [(fuzz.ratio(plain[start:end], label, score_cutoff=_FUZZY_SCORE), start, end) for start, end in spans]
    return [each for each in scored if each[0] >= _FUZZY_SCORE]


def _by_own_word(plain: str, options: tuple[Option, ...]) -> list[_Hit]:
    """Find a label without its generic words, as in "the family one" for a Family plan."""
    shortened = [frozenset(map(_without_generic, labels_of(option))) for option in options]
    own = [
        Option(
            option.name,
            tuple(label for label in mine if len(label) >= _OWN_WORD_LENGTH and _owners(label, shortened) == 1),
        )
        for option, mine in zip(options, shortened, strict=True)
    ]
    found = _exact(plain, tuple(own))
    return found if len({hit.option for hit in found}) == 1 else []


def _without_generic(label: str) -> str:
    return " ".join(word for word in label.split() if word not in _GENERIC)


def _owners(label: str, shortened: list[frozenset[str]]) -> int:
    return sum(label in labels for labels in shortened)


def _by_place(plain: str, count: int) -> list[_Hit]:
    hits = []
    for place, pattern in enumerate(_ORDINAL_PATTERNS):
        index = count - 1 if place == len(_ORDINALS) else place
        hits += [_Hit(index, *match.span()) for match in pattern.finditer(plain) if 0 <= index < count]
    number = _BARE_NUMBER.fullmatch(plain.strip(" .!"))
    if number and not hits and int(number["number"]) <= count:
        at = plain.index(number["number"])
        hits.append(_Hit(int(number["number"]) - 1, at, at + 1))
    return hits
