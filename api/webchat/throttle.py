"""How often one visitor may do something: a token bucket each, in this process's memory."""

from dataclasses import dataclass, field

_SWEEP_AT = 10_000


@dataclass(slots=True)
class Throttle:
    """Lets `burst` go at once and `per_second` after that. Several processes each grant as much."""

    burst: int
    per_second: float
    _full_at: dict[str, float] = field(default_factory=dict)
    """When each bucket will be full again; a bucket not named is full."""

    def take(self, key: str, now: float) -> float:
        """Take one; returns 0 if it was granted, else the seconds until the next one. `now` is monotonic."""
        interval = 1 / self.per_second
        full_at = max(self._full_at.get(key, now), now) + interval
        excess = full_at - now - self.burst * interval
        if excess > 1e-9:
            return excess
        if len(self._full_at) >= _SWEEP_AT:
            self._sweep(now)
        self._full_at[key] = full_at
        return 0.0

    def _sweep(self, now: float) -> None:
        self._full_at = {key: full_at for key, full_at in self._full_at.items() if full_at > now}
