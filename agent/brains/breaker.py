"""A circuit breaker: after repeated failures a model is left alone for a while, then tried once.

A state machine without a clock: every method is told the time, in seconds on any monotonic clock.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class CircuitState(StrEnum):
    """Whether calls go through."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"
    """One trial call is under way."""


@dataclass(frozen=True, slots=True)
class BreakerPolicy:
    """When to stop calling, and for how long."""

    failures: int = 5
    """Consecutive failures that open the circuit."""
    window: float = 60.0
    """Seconds within which they have to fall."""
    cool_down: float = 30.0
    """Seconds without calls before a trial; also how long a trial may stay without an outcome."""


@dataclass(slots=True)
class CircuitBreaker:
    """One model's circuit."""

    policy: BreakerPolicy = BreakerPolicy()
    state: CircuitState = CircuitState.CLOSED
    _failed_at: list[float] = field(default_factory=list)
    _since: float = 0.0
    """When the circuit opened, or when the trial began."""

    def admit(self, now: float) -> bool:
        """Whether a call may be made now; after a cool-down the first to ask becomes the trial.

        A trial that never reports (its turn was cancelled) gives way to the next one after a further cool-down.
        """
        if self.state is CircuitState.CLOSED:
            return True
        if now - self._since < self.policy.cool_down:
            return False
        self.state, self._since = CircuitState.HALF_OPEN, now
        return True

    def succeeded(self) -> None:
        """A call was answered: close the circuit and forget earlier failures."""
        self.state = CircuitState.CLOSED
        self._failed_at.clear()

    def failed(self, now: float) -> None:
        """A call failed: open the circuit if it was the trial or one too many.

        Calls that were under way when the circuit opened do not prolong the cool-down.
        """
        if self.state is CircuitState.OPEN:
            return
        self._failed_at = [moment for moment in self._failed_at if now - moment < self.policy.window]
        self._failed_at.append(now)
        if self.state is CircuitState.HALF_OPEN or len(self._failed_at) >= self.policy.failures:
            self.state, self._since = CircuitState.OPEN, now
            self._failed_at.clear()
