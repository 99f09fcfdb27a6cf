"""What to search for in a burst: each of its questions by itself, since together they resemble nothing. Pure."""

import re
from collections.abc import Sequence
from itertools import chain, zip_longest

from frontdesk.language.acts import AnswerAct, answer_act, asks_in_words, asks_something, only_leads_in
from frontdesk.language.clauses import clauses
from frontdesk.language.fold import fold_plain
from frontdesk.language.han import has_han
from frontdesk.language.patterns import phrases
from frontdesk.language.phrases import is_greeting
from knowledge.retrieve import Retrieval, RetrievedPassage

_LEANS = phrases(
    r"it|its|they|them|their|this|that|these|those|one|(?:what|how) about",
    r"eso|esto|ese|esos|ella|ellos|ahi|lo|(?:y|que hay) de",
    r"to|tego|tym|ono|one|ich|nich|tam|je|ten|ta",
    "它|这|那|其",
)
"""Words that stand for something said before."""
_COURTESY = re.compile(
    r"(?:(?:hi|hello|hey|hola|czesc|hej|dzien dobry|你好|您好)[ ,!]*)?(?:how are you(?: doing)?(?: today)?|what'?s up|"
    r"(?:can|could) (?:you|someone|anyone) (?:please )?help(?: me| us)?(?: out)?(?: please)?|"
    r"(?:can|could|may) i ask (?:you )?(?:something|a (?:quick )?question)|any(?:one|body) there|"
    r"(?:que tal|como est\w+)(?: \w+)?|(?:me |nos )?(?:puede[ns]?|podria[ns]?) ayudar(?:me|nos)?|"
    r"(?:le |te )?puedo (?:hacer\w*|pregunt\w+)(?: una)?(?: pregunta| algo)?|hay alguien|"
    r"(?:jak sie (?:masz|macie|pan\w* ma)|co slychac)|czy (?:mozecie|mozesz|moze pan\w*|ktos moze) (?:mi |nam )?pomoc|"
    r"(?:czy )?mo(?:ge|zna) (?:o cos )?(?:za)?pytac(?: o cos)?|jest tam ktos|"
    r"(?:可以|能|能不能)(?:帮|请教|问)(?:我|你|您|一?下)*(?:个?问题|忙)?吗?|(?:你|您)(?:们)?好吗|在吗|有人吗)"
)
"""Questions that only open the talk."""
_OPENS_ON = phrases(
    r"and|or|but|then|what about|how about", r"y|e|o|pero|entonces", r"a|i|oraz|albo|lub|ale", "那么?|还有|而且|然后"
)
"""How a question begins that goes on from an earlier one."""
_FEW_WORDS = 3
_FEW_HAN = 6
_LONGEST = 200
"""Characters; a longer message speaks for itself, and its beginning says what it is about."""
_CHAIN = 3
"""Questions that go on from each other, at most."""
_NEARBY = 3
"""Passages of a question alone among which the one may be that it means."""
MOST_QUERIES = 3
MOST_PASSAGES = 6
_NEAREST = 2
"""Passages of a question among which one that answers another may answer this as well."""
ANSWERS_TOO = 0.6
"""Confidence from which a passage answers a question besides the surest one."""


def queries(said: Sequence[str], language: str) -> tuple[tuple[str, ...], ...]:
    """The newest questions, each in the wordings to search for; if nothing is asked, all messages as one.

    A question among statements is searched by itself and with them: either may be what makes it clear.
    """
    texts = [text for text in said if text.strip()]
    asking = [
        question
        for text in texts
        if asks_something(text)
        for question in _questions(text, alone=answer_act(text, language) is AnswerAct.ASKS)
    ]
    if asking:
        return tuple(dict.fromkeys(asking[-MOST_QUERIES:]))
    return (("\n".join(texts),),) if texts else ()


def _questions(text: str, *, alone: bool) -> tuple[tuple[str, ...], ...]:
    """The questions of a message, each by itself; the whole message where one of them leans on another."""
    each = tuple(
        clause
        for clause in clauses(text)
        if asks_something(clause) and not (_is_courtesy(clause) or only_leads_in(clause))
    )
    first, *others = [_LEANS.search(fold_plain(clause).text) is not None for clause in each] or [True]
    if others and not any(others):
        return ((each[0], text) if first else (each[0],), *((clause,) for clause in each[1:]))
    return ((text,),) if others or first or alone else ((each[0], text),)


def goes_on_from(question: str, earlier: Sequence[str]) -> str | None:
    """What a question goes on from that says too little by itself ("and for a child?"): the one before it.

    `earlier` are the contact's messages before this turn, in order.
    """
    if not (_goes_on(question) and ("?" in fold_plain(question).text or asks_something(question))):
        return None
    heads = [text[:_LONGEST] for text in earlier]
    asked = [text for text in heads if asks_something(text) or "?" in fold_plain(text).text]
    begins = [at for at, text in enumerate(asked) if not _goes_on(text)]
    before = asked[begins[-1] :][-_CHAIN:] if begins else [text for text in heads if not is_greeting(text)][-1:]
    return "\n".join(before) or None


def _goes_on(text: str) -> bool:
    """Whether a text leans on what was said before: it opens with "and", says "it", or has a few words only."""
    if len(text) > _LONGEST:
        return False
    plain = fold_plain(text).text.strip("¿ ")
    little = len(plain) <= _FEW_HAN if has_han(plain) else len(plain.split()) <= _FEW_WORDS
    return little or _OPENS_ON.match(plain) is not None or _LEANS.search(plain) is not None


def clearer(question: str, alone: Retrieval, before: Retrieval, both: Retrieval) -> Retrieval:
    """What a question finds together with the one before it, if that is surer than what it finds `alone`.

    What the one before finds is found again whatever is asked: it counts only for a question that is a mere part of a
    sentence ("and for a child?") and leads there alone, too.
    """
    if both.confidence <= alone.confidence or not both.passages:
        return alone
    best = both.passages[0].passage_id
    if before.passages and best == before.passages[0].passage_id:
        near = {passage.passage_id for passage in alone.passages[:_NEARBY]}
        return both if best in near and not asks_in_words(question) else alone
    return both


def surest(found: Sequence[Retrieval]) -> Retrieval:
    """The retrieval that is likeliest to answer, of several wordings of one question."""
    return max(found, key=lambda one: one.confidence)


def _is_courtesy(clause: str) -> bool:
    """Whether a question only opens the talk, so that no document is to answer it."""
    words = fold_plain(clause).text.replace("¿", "").strip(" ?!.,")
    return _COURTESY.fullmatch(words) is not None


def leaves_open(found: Sequence[Retrieval]) -> bool:
    """Whether one question has its answer and another, put beside it, has none."""
    sure = [one for one in found if one.confidence >= ANSWERS_TOO and one.passages]
    answering = {one.passages[0].passage_id for one in sure}
    unsure = [one for one in found if one.confidence < ANSWERS_TOO]
    return bool(sure) and any(
        answering.isdisjoint(each.passage_id for each in one.passages[:_NEAREST]) for one in unsure
    )


def merged(found: Sequence[Retrieval]) -> Retrieval:
    """One retrieval of several, the surest first: the best passage of each, then the second best, and so on."""
    if len(found) == 1:
        return found[0]
    in_order = sorted(found, key=lambda one: -one.confidence)
    in_turn = chain.from_iterable(zip_longest(*(one.passages for one in in_order)))
    distinct: dict[object, RetrievedPassage] = {}
    for passage in in_turn:
        if passage is not None:
            distinct.setdefault(passage.passage_id, passage)
    sure = sum(one.confidence >= ANSWERS_TOO and bool(one.passages) for one in found)
    answers = len({one.passages[0].passage_id for one in in_order[:sure]})
    return Retrieval(tuple(distinct.values())[:MOST_PASSAGES], in_order[0].confidence, max(answers, 1))
