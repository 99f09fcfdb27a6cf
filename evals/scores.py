"""What a score is: one judgement of one thing that the agent did, or should have done, in one conversation."""

from dataclasses import KW_ONLY, dataclass
from enum import StrEnum

from pydantic import JsonValue


class Outcome(StrEnum):
    """What became of one thing that was expected, or was done."""

    HIT = "hit"
    """Expected, and done so."""
    FALSE_ALARM = "false_alarm"
    """Done, though not to be done."""
    MISS = "miss"
    """Expected, and not done."""
    WRONG = "wrong"
    """Expected, and done otherwise: a miss and a false alarm in one."""
    REST = "rest"
    """Rightly not done."""

    @property
    def is_right(self) -> bool:
        """Whether the agent did what it should."""
        return self in (Outcome.HIT, Outcome.REST)


def outcome_of(expected: bool, actual: bool) -> Outcome:
    """The outcome of something that is either done or not."""
    if expected:
        return Outcome.HIT if actual else Outcome.MISS
    return Outcome.FALSE_ALARM if actual else Outcome.REST


@dataclass(frozen=True, slots=True)
class Score:
    """A judgement, or for a measure a number. What cannot be judged has no score at all."""

    scorer: str
    """A name in `evals.scorers.MEASURES`."""
    outcome: Outcome | None = None
    """None: the score is a measurement, and `value` holds it."""
    value: float = 1.0
    """The measured number; of a hit, how much of it counts, such as 0.5 for a passage found in second place."""
    _: KW_ONLY
    message: int | None = None
    """Index of the saved message whose turn is judged; None: the conversation as a whole."""
    label: str | None = None
    """What is judged, if a turn or case is judged for several things: a field, a stage, an intent, a rule."""
    expected: JsonValue = None
    actual: JsonValue = None
    why: str = ""
    """What is wrong, in words; empty if nothing is."""
    counted: bool = True
    """False for what came after a dialogue diverged: reported apart."""

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong; a measurement never is."""
        return self.outcome is None or self.outcome.is_right
