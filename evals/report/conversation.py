"""A replayed conversation as it is read: what was said, and beside each turn what was expected and what was done."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from evals.numbers import CaseNumbers
from evals.observed import ObservedAnswer, ObservedCase, ObservedTurn, Quote
from evals.report.marks import Mark, Piece, marked
from evals.report.words import NOTHING, shown
from evals.run.directory import Finished
from evals.saved import Role, SavedConversation, SavedMessage
from evals.scorers import MEASURES
from evals.scores import Score


@dataclass(frozen=True, slots=True)
class Line:
    """A recorded line; `number` counts from one."""

    number: int
    role: str
    pieces: tuple[Piece, ...]
    at: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a turn did beside its reply."""

    kind: str
    what: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What the agent did in this run."""

    reply: str | None
    facts: tuple[Fact, ...]
    counted: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was expected beside what was seen."""

    what: str
    expected: str
    actual: str
    why: str
    is_right: bool
    decides: bool
    counted: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the contact's or an event, and what came of it."""

    line: Line | None
    """None for what was written before the contact was."""
    divergence: str = ""
    """Why the recorded conversation no longer fits from this line on."""
    recorded: tuple[Line, ...] = ()
    """What the business wrote on record until the contact's next line."""
    turns: tuple[Turn, ...] = ()
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """One replay."""

    number: int
    """In the run, from one."""
    name: str
    result: str
    slices: tuple[str, ...]
    wrong: tuple[str, ...]
    """In short, what keeps it from passing."""
    steps: tuple[Step, ...]
    end: tuple[Judgement, ...]
    stages: tuple[str, ...]
    answers: tuple[Fact, ...]
    error: str


PASSED, FAILED, UNJUDGED = "passed", "failed", "not judged"


def result_of(numbers: CaseNumbers) -> str:
    """How a replay ended."""
    return UNJUDGED if numbers.passed is None else PASSED if numbers.passed else FAILED


def name_of(numbers: CaseNumbers) -> str:
    """The conversation's id, with its replay if it is not the first."""
    return f"{numbers.case_id} (replay {numbers.epoch + 1})" if numbers.epoch else numbers.case_id


def wrong_in(scores: Iterable[Score]) -> tuple[str, ...]:
    """What decides and is wrong, each once."""
    wrong = (score for score in scores if score.counted and not score.is_right and MEASURES[score.scorer].decides)
    return tuple(dict.fromkeys(_what(score) for score in wrong))


def conversation(number: int, finished: Finished, saved: SavedConversation | None) -> Conversation:
    """Lay out a replay; without the saved conversation there are no words of the contact's to show."""
    observed, scored = finished.observed, finished.scored
    return Conversation(
        number=number,
        name=name_of(scored.numbers),
        result=result_of(scored.numbers),
        slices=scored.numbers.slices,
        wrong=wrong_in(scored.scores),
        steps=_beside(_steps(saved.messages if saved is not None else (), observed, scored.scores)),
        end=_judgements(scored.scores, None),
        stages=observed.stages or ((observed.stage,) if observed.stage else ()),
        answers=tuple(_answer_fact(name, answer) for name, answer in observed.answers.items()),
        error=observed.error or "",
    )


def _steps(messages: Sequence[SavedMessage], observed: ObservedCase, scores: Sequence[Score]) -> Iterator[Step]:
    """One for each line of the contact's and each event, and one for each turn that no line is known of."""
    marks = _marks(observed.turns)
    for is_business, group in groupby(enumerate(messages), key=lambda item: item[1].role in (Role.AGENT, Role.HUMAN)):
        lines = list(group)
        if is_business:
            yield Step(None, recorded=tuple(_line(place, message, ()) for place, message in lines))
            continue
        for place, message in lines:
            line = _line(place, message, marks.get(place, ()))
            divergence = (observed.divergence or "") if observed.diverged_at == place else ""
            yield Step(line, divergence, (), _turns(observed, place), _judgements(scores, place))
    beyond = sorted({turn.message for turn in observed.turns if turn.message >= len(messages)})
    for place in beyond:
        line = Line(place + 1, Role.CONTACT, (Piece("(the words are in a suite that is not at hand)"),))
        yield Step(line, "", (), _turns(observed, place), _judgements(scores, place))


def _beside(steps: Iterable[Step]) -> tuple[Step, ...]:
    """What the business wrote on record, put beside the step that it answers."""
    result: list[Step] = []
    for step in steps:
        if step.line is None and result and result[-1].line is not None:
            result[-1] = replace(result[-1], recorded=step.recorded)
        else:
            result.append(step)
    return tuple(result)


def _line(place: int, message: SavedMessage, marks: Iterable[Mark]) -> Line:
    text = message.text or message.name or f"({message.kind})"
    at = message.at.strftime("%Y-%m-%d %H:%M") if message.at is not None else ""
    return Line(place + 1, message.role, marked(text, marks), at)


def _marks(turns: Iterable[ObservedTurn]) -> dict[int, list[Mark]]:
    """The words that answers and moves rest on, by the message that holds them."""
    marks: dict[int, list[Mark]] = {}
    for about, quote in _quotes(turns):
        marks.setdefault(quote.message, []).append(Mark(quote.start, quote.end, about))
    return marks


def _quotes(turns: Iterable[ObservedTurn]) -> Iterator[tuple[str, Quote]]:
    for turn in turns:
        for name, answer in turn.answers.items():
            yield from ((f"{name}: {_value(answer)}", quote) for quote in answer.evidence)
        for move in turn.moves:
            yield from ((f"→ {move.to_stage}", quote) for quote in move.evidence)


def _turns(observed: ObservedCase, place: int) -> tuple[Turn, ...]:
    return tuple(
        Turn(turn.reply, tuple(_facts(turn)), turn.counted) for turn in observed.turns if turn.message == place
    )


def _facts(turn: ObservedTurn) -> Iterator[Fact]:
    if turn.intents:
        yield Fact("intent", ", ".join(turn.intents))
    yield from (_answer_fact(name, answer) for name, answer in turn.answers.items())
    yield from (Fact("stage", f"{move.from_stage or ''} → {move.to_stage}".strip(), move.reason) for move in turn.moves)
    if turn.handoff is not None:
        yield Fact("handoff", turn.handoff.team, turn.handoff.reason)
    if turn.opted_out:
        yield Fact("opted out", "does not want to be written to")
    if turn.citations:
        yield Fact("cites", ", ".join(turn.citations))
    elif turn.retrieved:
        yield Fact("found", ", ".join(turn.retrieved[:3]))
    if turn.abstained:
        yield Fact("abstains", "says that it does not know")
    if turn.replaced:
        yield Fact("replaced", "a draft that was not fit to be sent", turn.replaced)
    yield from (
        Fact("refused", f"{call.tool}({shown(call.arguments)})", call.reason or "")
        for call in turn.calls
        if not call.accepted
    )


def _answer_fact(name: str, answer: ObservedAnswer) -> Fact:
    quoted = " … ".join(f"“{quote.text}”" for quote in answer.evidence)
    return Fact("answer", f"{name}: {_value(answer)}", quoted)


def _value(answer: ObservedAnswer) -> str:
    return "declined" if answer.value is None else shown(answer.value)


def _judgements(scores: Iterable[Score], place: int | None) -> tuple[Judgement, ...]:
    """What is wrong first, then what is right and was expected in so many words."""
    mine = [score for score in scores if score.message == place and score.outcome is not None and _is_told(score)]
    return tuple(_judgement(score) for score in sorted(mine, key=lambda score: score.is_right))


def _is_told(score: Score) -> bool:
    return not score.is_right or (score.expected is not None and MEASURES[score.scorer].decides)


def _judgement(score: Score) -> Judgement:
    return Judgement(
        what=_what(score),
        expected=shown(score.expected) if score.expected is not None else "",
        actual=_actual(score),
        why=score.why,
        is_right=score.is_right,
        decides=MEASURES[score.scorer].decides,
        counted=score.counted,
    )


def _actual(score: Score) -> str:
    """What was seen; nothing is said of it where the reason says it all."""
    if score.actual is not None:
        return shown(score.actual)
    return "as expected" if score.is_right else "" if score.why else NOTHING


def _what(score: Score) -> str:
    """The measure, and which of several things it judged unless that is the value itself."""
    is_named = score.label is not None and score.label not in (score.expected, score.actual)
    return f"{score.scorer}: {score.label}" if is_named else score.scorer
