"""Options of a choice in text: by name, by label or synonym, with a small typo, or by their place in the list."""

import re

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from frontdesk.language.acts import statement_spans
from frontdesk.language.boundaries import is_boundary
from frontdesk.language.fold import FoldedText, fold_plain
from frontdesk.language.hedges import is_hedged
from frontdesk.language.patterns import bounded, phrases
from frontdesk.values.option_places import Hit, by_place
from frontdesk.values.reading import Option, Reading, ReadingContext

_FUZZY_LENGTH = 5
"""Shorter labels are only found as they are: one typo makes another word of them."""
_FUZZY_SCORE = 84.0
_CLEAR_LEAD = 6.0
_OWN_WORD_LENGTH = 4
_ENDING = 3
"""Letters in which the inflected forms of one word differ at most."""
_GENERIC_WORDS = """
plan plans package pack option choice version edition tier level offer product service with from one
paquete opcion oferta nivel servicio producto para pakiet opcja oferta wersja poziom usluga produkt
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
"""Words that say what an option is and not which one."""
_GENERIC_ENDING = re.compile(r"(?<=[\u3400-\u9fff]{2})(?:型|版|款|式|间|套餐|方案|计划|类)$")
_NEGATED = re.compile(
    bounded(
        r"(?:not|no|don'?t (?:want|need|like)|do not (?:want|need)|anything but|except|without|instead of|"
        r"rather than|isn'?t|aren'?t)"
        r"(?: the| a| an| really)*",
        r"(?:no|ni|sin|excepto|salvo|menos|en vez de)(?: quiero| es| soy| necesito)?(?: el| la| un| una)*",
        r"(?:nie|bez|oprocz|poza|procz|zamiast)(?: chce| chcemy| jest| jestem)?",
        r"不(?:要|是|想要|需要|选)|除了|别",
    )
    + " ?$"
)
_NEGATED_AFTER = re.compile(r" (?:no|nie) *(?:[,.;!]|$)|(?:不要|不用|就?算了)")
_ONE_LETTER_WORDS = frozenset("aeiouwyz")
"""In English, Polish and Spanish."""
_FOLLOWED = re.compile(r"[ \t]+[^\W_]")
_ALL = phrases(
    r"all(?: of (?:them|the above|these))?|both|everything|todos?|todas?|l[oa]s dos|amb[oa]s|wszystk\w+|oba|obie|"
    r"都(?:要|可以|想|有|行)?|全部|两个都",
)


def read_choices(text: str, folded: FoldedText, context: ReadingContext) -> tuple[Reading, ...]:
    """Return the options named in plain-folded text, outside questions and not negated."""
    plain = _statements(text, folded)
    hits = _heads(_hits(plain, context.options, text, folded))
    return tuple(
        Reading(
            context.options[hit.option].name,
            *folded.original_span(hit.start, hit.end),
            is_hedged(plain[max(0, hit.start - 24) : hit.start]),
        )
        for hit in hits
    )


def read_named(text: str, options: tuple[Option, ...]) -> tuple[Reading, ...]:
    """Return the options named anywhere in a text, also in its questions."""
    folded = fold_plain(text)
    hits = [
        (hit, folded.original_span(hit.start, hit.end)) for hit in _wanted(_named(folded.text, options), folded.text)
    ]
    return tuple(Reading(options[hit.option].name, *span) for hit, span in hits if not _is_small_word(text, *span))


def read_multi_choices(text: str, folded: FoldedText, context: ReadingContext) -> tuple[Reading, ...]:
    """Return one reading with all the options named, in the playbook's order."""
    single = read_choices(text, folded, context)
    if not single:
        return _all_but(_statements(text, folded), folded, context.options)
    named = {reading.value for reading in single}
    value = tuple(option.name for option in context.options if option.name in named)
    hedged = any(reading.hedged for reading in single)
    return (Reading(value, single[0].start, single[-1].end, hedged),)


def _all_but(plain: str, folded: FoldedText, options: tuple[Option, ...]) -> tuple[Reading, ...]:
    """Read "all of them" and "everything but …"."""
    match = _ALL.search(plain)
    if match is None:
        return ()
    left_out = [hit for hit in _named(plain, options) if _is_negated(hit, plain)]
    names = tuple(option.name for index, option in enumerate(options) if index not in {hit.option for hit in left_out})
    spans = [match.span(), *((_negation_start(hit, plain), hit.end) for hit in left_out)]
    start, end = min(start for start, _ in spans), max(end for _, end in spans)
    return (Reading(names, *folded.original_span(start, end)),) if names else ()


def _statements(text: str, folded: FoldedText) -> str:
    """Return the folded text with questions blanked out, so that offsets stay."""
    spans = statement_spans(text)
    return "".join(
        letter if any(start <= at < end for start, end in spans) else "\u0001"
        for letter, at in zip(folded.text, folded.starts, strict=True)
    )


def _hits(plain: str, options: tuple[Option, ...], text: str, folded: FoldedText) -> list[Hit]:
    named = [
        hit for hit in _named(plain, options) if not _is_small_word(text, *folded.original_span(hit.start, hit.end))
    ]
    return _wanted(named, plain) or _wanted(by_place(plain, options), plain)


def _is_small_word(text: str, start: int, end: int) -> bool:
    """Return whether a label of one letter only stands for the "and" or the "a" before another word."""
    letter, before = text[start:end], text[:start].rstrip()
    if letter.casefold() not in _ONE_LETTER_WORDS or not _FOLLOWED.match(text, end):
        return False
    return letter.islower() or not before or not before[-1].isalnum()


def _heads(hits: list[Hit]) -> list[Hit]:
    """Keep the last of hits that are written as one word: in 客服主管 the head comes last."""
    begins = {hit.start for hit in hits}
    return [hit for hit in hits if hit.end not in begins]


def _named(plain: str, options: tuple[Option, ...]) -> list[Hit]:
    exact = _exact(plain, options)
    inflected = _inflected(plain, options, exact)
    found = sorted([*exact, *inflected], key=lambda hit: hit.start)
    return found or _fuzzy(plain, options) or _by_own_word(plain, options)


def _wanted(hits: list[Hit], plain: str) -> list[Hit]:
    return [hit for hit in hits if not _is_negated(hit, plain)]


def _is_negated(hit: Hit, plain: str) -> bool:
    before = _NEGATED.search(plain[max(0, hit.start - 40) : hit.start])
    return before is not None or _NEGATED_AFTER.match(plain, hit.end) is not None


def _negation_start(hit: Hit, plain: str) -> int:
    """Return where the words begin that leave the option out."""
    window = max(0, hit.start - 40)
    before = _NEGATED.search(plain[window : hit.start])
    return window + before.start() if before else hit.start


def _exact(plain: str, options: tuple[Option, ...]) -> list[Hit]:
    """Find labels as whole words, the longest first, none inside another."""
    found = [
        Hit(index, at, at + len(label))
        for index, option in enumerate(options)
        for label in labels_of(option)
        for at in _occurrences(plain, label)
    ]
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda each: each.start)


def _inflected(plain: str, options: tuple[Option, ...], taken: list[Hit]) -> list[Hit]:
    """Find other forms of one-word labels, such as plażą and plaży of plaża, where only one option can be meant."""
    stems = [(index, label) for index, option in enumerate(options) for label in labels_of(option) if label.isalpha()]
    hits = []
    for word in re.finditer(r"[a-z]+", plain):
        if any(word.start() < hit.end and hit.start < word.end() for hit in taken):
            continue
        owners = {index for index, label in stems if _share_stem(word.group(), label)}
        hits += [Hit(owners.pop(), *word.span())] if len(owners) == 1 else []
    return hits


def _share_stem(word: str, label: str) -> bool:
    shared = next((at for at, (one, other) in enumerate(zip(word, label, strict=False)) if one != other), None)
    shared = min(len(word), len(label)) if shared is None else shared
    longest = max(len(word), len(label))
    return len(label) >= _FUZZY_LENGTH and shared >= max(4, len(label) - 2) and longest - shared <= _ENDING


def names_option(words: str, options: tuple[Option, ...]) -> bool:
    """Return whether words name an option, rather than its place in the list, which only a question for it gives."""
    return bool(_named(fold_plain(words).text, options)) or _ALL.search(fold_plain(words).text) is not None


def labels_of(option: Option) -> list[str]:
    """Return every way to say an option, plain-folded, the longest first."""
    said = {fold_plain(label).text.strip() for label in (option.name, option.name.replace("_", " "), *option.labels)}
    labels = said | {label.replace(".", "") for label in said}
    return sorted((label for label in labels if label), key=len, reverse=True)


def _occurrences(plain: str, label: str) -> list[int]:
    found, at = [], plain.find(label)
    while at >= 0:
        if is_boundary(plain, at) and is_boundary(plain, at + len(label)):
            found.append(at)
        at = plain.find(label, at + 1)
    return found


def _fuzzy(plain: str, options: tuple[Option, ...]) -> list[Hit]:
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
    return [Hit(index, start, end)]


def _scores(plain: str, words: list[tuple[int, int]], label: str) -> list[tuple[float, int, int]]:
    if len(label) < _FUZZY_LENGTH:
        return []
    size = label.count(" ") + 1
    spans = [(words[at][0], words[at + size - 1][1]) for at in range(len(words) - size + 1)]
    scored = [(_likeness(plain[start:end], label), start, end) for start, end in spans]
    return [each for each in scored if each[0] >= _FUZZY_SCORE]


def _likeness(words: str, label: str) -> float:
    """Return how alike words and a label are, 0 to 100; two letters swapped are one slip."""
    if len(words) == len(label) and OSA.distance(words, label, score_cutoff=1) == 1 and sorted(words) == sorted(label):
        return 95.0
    return fuzz.ratio(words, label, score_cutoff=_FUZZY_SCORE)


def _by_own_word(plain: str, options: tuple[Option, ...]) -> list[Hit]:
    """Find a label without its generic words, as in "the family one" for a Family plan."""
    shortened = [frozenset(map(_without_generic, labels_of(option))) for option in options]
    own = [
        Option(
            option.name,
            tuple(label for label in mine if len(label) >= _least_length(label) and _owners(label, shortened) == 1),
        )
        for option, mine in zip(options, shortened, strict=True)
    ]
    found = _exact(plain, tuple(own))
    return found if len({hit.option for hit in found}) == 1 else []


def _least_length(label: str) -> int:
    return _OWN_WORD_LENGTH if label.isascii() else _OWN_WORD_LENGTH // 2


def _without_generic(label: str) -> str:
    return _GENERIC_ENDING.sub("", " ".join(word for word in label.split() if word not in _GENERIC))


def _owners(label: str, shortened: list[frozenset[str]]) -> int:
    return sum(label in labels for labels in shortened)
