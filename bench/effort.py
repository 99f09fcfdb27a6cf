"""How long to measure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effort:
    """The size of every scenario; a full run takes under eight minutes, a quick one about three and proves little."""

    rounds: int = 3
    warm_up_seconds: float = 2.0
    seconds: float = 4.0
    """Of each load."""
    long_turn: int = 200
    naive_long_turn: int = 50
    """The naive system's turns cost so much more that 200 of them would take longer than all the rest."""
    bursts: int = 1
    """Of each contact."""


FULL = Effort()
QUICK = Effort(rounds=1, warm_up_seconds=1.0, seconds=2.0, long_turn=40, naive_long_turn=20)
