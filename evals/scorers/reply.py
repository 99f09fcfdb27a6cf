"""The reply itself: its language, words and length, and how often review had to replace it."""

from collections.abc import Iterator, Sequence

from evals.measures import Kind, Measure
from evals.observed import ObservedTurn
from evals.scorers.case import JudgedCase, JudgedTurn
from evals.scores import Outcome, Score
from frontdesk.language.detect import detect_language
from frontdesk.language.fold import fold_plain

LANGUAGE = Measure("language.accuracy", Kind.SHARE, "replies in the expected language")
CONTAINS = Measure("reply_contains", Kind.SHARE, "expected words that stand in the reply")
REPLACED = Measure("replaced", Kind.RATE, "turns whose drafted reply was not fit to be sent", decides=False)
LENGTH = Measure("reply_length", Kind.AMOUNT, "characters in a reply", decides=False)
MEASURES = (LANGUAGE, CONTAINS, REPLACED, LENGTH)


def judge(case: JudgedCase) -> Iterator[Score]:
    """Judge replies against what is expected of them, and measure all of them."""
    for judged in case.expectations:
        if judged.expected.language is not None:
            yield _language(case, judged, judged.expected.language)
        yield from _words(judged, judged.expected.reply_contains or ())
    for turn in case.observed.turns:
        outcome = Outcome.WRONG if turn.replaced else Outcome.HIT
        yield Score(REPLACED.name, outcome, message=turn.message, why=turn.replaced or "", counted=turn.counted)
    for turn, reply in case.replies:
        yield Score(LENGTH.name, value=len(reply), message=turn.message, counted=turn.counted)


def _language(case: JudgedCase, judged: JudgedTurn, wanted: str) -> Score:
    turn = judged.turn
    actual = reply_language(turn, case.playbook.business.languages) if turn is not None else None
    right = actual == wanted
    why = "" if right else f"the reply is in {actual}" if actual else "there is no reply"
    outcome = Outcome.HIT if right else Outcome.WRONG
    return Score(
        LANGUAGE.name, outcome, message=judged.message, expected=wanted, actual=actual, why=why, counted=judged.counted
    )


def reply_language(turn: ObservedTurn, languages: Sequence[str]) -> str | None:
    """The language of the reply's own words, or where they do not tell the turn's; None without a reply."""
    if not (turn.reply and turn.reply.strip()):
        return None
    found = detect_language(own_words(turn.reply, turn.cited), languages)
    return found.language if found is not None and found.confident else turn.language


def own_words(reply: str, cited: Sequence[str]) -> str:
    """The reply without the lines that it quotes from passages."""
    quoted = "\n".join(cited)
    return "\n".join(line for line in reply.splitlines() if line.strip() and line.strip() not in quoted)


def _words(judged: JudgedTurn, wanted: Sequence[str]) -> Iterator[Score]:
    reply = (judged.turn.reply if judged.turn is not None else None) or ""
    for words in wanted:
        right = holds(reply, words)
        outcome = Outcome.HIT if right else Outcome.MISS
        why = "" if right else f"{words!r} does not stand in the reply"
        yield Score(
            CONTAINS.name, outcome, message=judged.message, label=words, expected=words, why=why, counted=judged.counted
        )


def holds(text: str, words: str) -> bool:
    """Whether the words stand in the text, whatever their case, accents and spacing."""
    return fold_plain(words).text.strip() in fold_plain(text).text
