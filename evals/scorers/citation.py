"""Citations, and saying so when the answer is not known."""

from collections.abc import Iterator

from evals.measures import Kind, Measure
from evals.observed import ObservedTurn
from evals.scorers.case import JudgedCase, JudgedTurn
from evals.scorers.retrieval import any_names
from evals.scores import Outcome, Score, outcome_of

CITATION = Measure("citation", Kind.DETECTION, "replies that cite an expected passage")
ABSTENTION = Measure("abstention", Kind.DETECTION, "replies that say that the answer is not known")
MEASURES = (CITATION, ABSTENTION)


def judge(case: JudgedCase) -> Iterator[Score]:
    """Judge what each turn rests its reply on, or that it says it cannot answer."""
    for judged in case.expectations:
        if judged.expected.cites is not None:
            yield _citation(judged, judged.expected.cites)
        abstains = _should_abstain(judged)
        if abstains is not None:
            yield _abstention(judged, abstains)


def _citation(judged: JudgedTurn, wanted: tuple[str, ...]) -> Score:
    cited = judged.turn.citations if judged.turn is not None and _answered(judged.turn) else ()
    if wanted and cited:
        outcome = Outcome.HIT if any(any_names(wanted, passage) for passage in cited) else Outcome.WRONG
    else:
        outcome = outcome_of(expected=bool(wanted), actual=bool(cited))
    why = "" if outcome.is_right else f"cites {', '.join(cited) or 'nothing'}"
    return Score(
        CITATION.name,
        outcome,
        message=judged.message,
        expected=list(wanted),
        actual=list(cited),
        why=why,
        counted=judged.counted,
    )


def _should_abstain(judged: JudgedTurn) -> bool | None:
    """As expected; what has a passage to cite can be answered."""
    if judged.expected.abstain is not None:
        return judged.expected.abstain
    return False if judged.expected.cites else None


def _abstention(judged: JudgedTurn, wanted: bool) -> Score:
    """Silence is neither an answer nor a word that there is none."""
    replied = judged.turn is not None and _answered(judged.turn)
    abstained = replied and judged.turn is not None and judged.turn.abstained
    outcome = outcome_of(wanted, abstained)
    why = {Outcome.MISS: "answers what it cannot know", Outcome.FALSE_ALARM: "does not answer"}.get(outcome, "")
    if not replied:
        outcome, why = Outcome.MISS if wanted else Outcome.FALSE_ALARM, "says nothing"
    return Score(
        ABSTENTION.name,
        outcome,
        message=judged.message,
        expected=wanted,
        actual=abstained,
        why=why,
        counted=judged.counted,
    )


def _answered(turn: ObservedTurn) -> bool:
    return bool(turn.reply and turn.reply.strip())
