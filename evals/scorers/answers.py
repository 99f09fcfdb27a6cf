"""Qualification answers: the recorded values, and whether the contact really said the words that prove them."""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from evals.measures import Kind, Measure
from evals.observed import ObservedAnswer, Quote
from evals.saved import Role
from evals.scorers.case import JudgedCase, JudgedTurn
from evals.scorers.values import same_value
from evals.scores import Outcome, Score

ANSWERS = Measure("answers", Kind.DETECTION, "values recorded for qualification fields, one judgement a field")
JOINT = Measure("answers.joint", Kind.SHARE, "conversations that end with every expected answer", decides=False)
EVIDENCE = Measure("evidence.accuracy", Kind.SHARE, "recorded answers whose quotes the contact really wrote")
MEASURES = (ANSWERS, JOINT, EVIDENCE)


def judge(case: JudgedCase) -> Iterator[Score]:
    """Judge the answers of each turn, those at the end, and the evidence of all."""
    for judged in case.expectations:
        yield from _turn_scores(case, judged)
    yield from _end_scores(case)
    yield from _evidence_scores(case)


def _turn_scores(case: JudgedCase, judged: JudgedTurn) -> Iterator[Score]:
    if judged.expected.answers is None:
        return
    recorded = judged.turn.answers if judged.turn is not None else {}
    for name, expected in judged.expected.answers.items():
        actual = recorded.get(name)
        outcome = _refusal(actual) if expected is None else _outcome(case, name, expected, actual, judged.message)
        yield _score(name, expected, actual, outcome, judged.message, judged.counted)
    if judged.expected.only or not judged.expected.answers:
        extra = {name: answer for name, answer in recorded.items() if name not in judged.expected.answers}
        yield from (_unasked(name, answer, judged) for name, answer in extra.items())


def _refusal(actual: ObservedAnswer | None) -> Outcome:
    """The outcome where the contact refused to answer."""
    if actual is None:
        return Outcome.MISS
    return Outcome.HIT if actual.value is None else Outcome.WRONG


def _unasked(name: str, answer: ObservedAnswer, judged: JudgedTurn) -> Score:
    """A value recorded where the expectation says that there is none."""
    return _score(name, None, answer, Outcome.FALSE_ALARM, judged.message, judged.counted)


def _end_scores(case: JudgedCase) -> Iterator[Score]:
    wanted = case.saved.expect.answers if case.saved.expect is not None else None
    if not wanted:
        return
    scores = [
        _score(name, expected, actual, _outcome(case, name, expected, actual, 0), None, case.end_counts)
        for name, expected in wanted.items()
        for actual in (case.observed.answers.get(name),)
    ]
    yield from scores
    wrong = [score.label or "" for score in scores if not score.is_right]
    outcome = Outcome.WRONG if wrong else Outcome.HIT
    yield Score(JOINT.name, outcome, why="; ".join(wrong), counted=case.end_counts)


def _outcome(case: JudgedCase, name: str, expected: JsonValue, actual: ObservedAnswer | None, message: int) -> Outcome:
    known = actual is not None and actual.value is not None
    if expected is None:
        return Outcome.FALSE_ALARM if known else Outcome.REST
    if actual is None or not known:
        return Outcome.MISS
    is_same = same_value(expected, actual.value, name, case.playbook, case.language, case.days[message])
    return Outcome.HIT if is_same else Outcome.WRONG


def _score(
    name: str, expected: JsonValue, actual: ObservedAnswer | None, outcome: Outcome, message: int | None, counted: bool
) -> Score:
    value = actual.value if actual is not None else None
    why = {
        Outcome.MISS: f"{name} was not recorded",
        Outcome.WRONG: f"{name} is another value",
        Outcome.FALSE_ALARM: f"{name} was recorded, though nothing was said",
    }.get(outcome, "")
    return Score(
        ANSWERS.name, outcome, message=message, label=name, expected=expected, actual=value, why=why, counted=counted
    )


def _evidence_scores(case: JudgedCase) -> Iterator[Score]:
    for turn in case.observed.turns:
        for name, answer in turn.answers.items():
            why = _unproven(case, answer, turn.message)
            yield Score(
                EVIDENCE.name,
                Outcome.WRONG if why else Outcome.HIT,
                message=turn.message,
                label=name,
                actual=[quote.text for quote in answer.evidence],
                why=why,
                counted=turn.counted,
            )


def _unproven(case: JudgedCase, answer: ObservedAnswer, latest: int) -> str:
    """Why the evidence does not stand; empty if it does."""
    if not answer.evidence:
        return "it has no evidence"
    texts: Mapping[int, str] = {
        index: message.text
        for index, message in enumerate(case.saved.messages[: latest + 1])
        if message.role is Role.CONTACT
    }
    return "; ".join(why for quote in answer.evidence if (why := _misquote(quote, texts)))


def _misquote(quote: Quote, texts: Mapping[int, str]) -> str:
    said = texts.get(quote.message)
    if said is None:
        return f"message {quote.message} is not the contact's"
    if not quote.text.strip() or said[quote.start : quote.end] != quote.text:
        return f"{quote.text!r} does not stand there"
    return ""
