"""The numbers of one replayed conversation: all that is kept of it for a run's figures."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from evals.measures import NOTHING, Counts, counts_of
from evals.observed import ObservedCase
from evals.saved import Role, SavedConversation
from evals.scorers import MEASURES, PASSED
from evals.scorers.intent import INTENT
from evals.scorers.stage import STAGE
from evals.scorers.usage import MILLISECONDS
from evals.scores import Outcome, Score
from frontdesk.language.detect import conversation_language
from frontdesk.playbook.models import Playbook

CONFUSED = (STAGE.name, INTENT.name)
"""Measures of which a report shows what was taken for what."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """Something expected and what was seen instead, or the same; None stands for nothing."""

    measure: str
    expected: str | None
    actual: str | None


@dataclass(frozen=True, slots=True)
class CaseNumbers:
    """One replay of one conversation. What came after a divergence is in `apart` alone."""

    case_id: str
    epoch: int = 0
    slices: tuple[str, ...] = ()
    """Such as `language=pl`, `channel=whatsapp`, `intent=pricing`, `tag=spring`."""
    counts: Mapping[str, Counts] = field(default_factory=dict)
    """By measure."""
    apart: Mapping[str, Counts] = field(default_factory=dict)
    passed: bool | None = None
    """Whether nothing is wrong; None if nothing was judged."""
    confusions: tuple[Confusion, ...] = ()
    milliseconds: tuple[float, ...] = ()
    """Of each turn."""


def numbers_of(
    saved: SavedConversation, observed: ObservedCase, scores: Iterable[Score], playbook: Playbook
) -> CaseNumbers:
    """The numbers of a scored conversation."""
    every = tuple(scores)
    counted = [score for score in every if score.counted]
    passed = passes(counted)
    return CaseNumbers(
        case_id=saved.id,
        epoch=observed.epoch,
        slices=tuple(slices_of(saved, playbook)),
        counts={**_totals(counted), **({} if passed is None else {PASSED.name: _verdict(passed)})},
        apart=_totals(score for score in every if not score.counted),
        passed=passed,
        confusions=tuple(_confusions(counted)),
        milliseconds=tuple(score.value for score in counted if score.scorer == MILLISECONDS.name),
    )


def passes(scores: Iterable[Score]) -> bool | None:
    """Whether every judgement that decides is right; None if there is none, beside that the replay worked."""
    deciding = [score for score in scores if score.outcome is not None and MEASURES[score.scorer].decides]
    if not all(score.is_right for score in deciding):
        return False
    return True if any(_has_expectation(score) for score in deciding) else None


def _has_expectation(score: Score) -> bool:
    return score.scorer not in _WITHOUT_EXPECTATION


_WITHOUT_EXPECTATION = frozenset({"errors", "evidence.accuracy"})
"""Deciding measures of every conversation: no merit of their own."""


def _verdict(passed: bool) -> Counts:
    return Counts(hit=1.0) if passed else Counts(wrong=1.0)


def _totals(scores: Iterable[Score]) -> dict[str, Counts]:
    totals: dict[str, Counts] = {}
    for score in scores:
        totals[score.scorer] = totals.get(score.scorer, NOTHING).plus(counts_of(score))
    return totals


def _confusions(scores: Iterable[Score]) -> Iterator[Confusion]:
    for score in scores:
        if score.scorer in CONFUSED and score.outcome is not Outcome.REST:
            yield Confusion(score.scorer, _name(score.expected), _name(score.actual))


def _name(value: object) -> str | None:
    return value if isinstance(value, str) else None


def slices_of(saved: SavedConversation, playbook: Playbook) -> Iterator[str]:
    """What the conversation is counted under beside all; none of it depends on what the agent did."""
    yield f"language={saved.language or _language(saved, playbook)}"
    yield f"channel={saved.channel}"
    intents = {name: None for message in saved.messages if message.expect for name in _intents(message.expect.intent)}
    yield from (f"intent={name}" for name in intents)
    yield from (f"tag={tag}" for tag in dict.fromkeys(saved.tags))


def _intents(expected: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (expected,) if isinstance(expected, str) else expected or ()


def _language(saved: SavedConversation, playbook: Playbook) -> str:
    """The language that the contact is answered in at the end, going by the messages alone."""
    language = None
    for message in saved.messages:
        if message.role is Role.CONTACT:
            language = conversation_language(language, message.text, playbook.business.languages)
    return language or playbook.business.default_language
