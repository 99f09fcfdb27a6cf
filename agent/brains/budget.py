"""What may still be spent on models, by the playbook's limits."""

from collections.abc import Callable
from decimal import Decimal
from typing import Protocol

from agent.brains.failure import Tokens
from agent.brains.protocol import BrainFailedError, View
from frontdesk.playbook.models import Price

_PER = Decimal(1_000_000)


class BudgetSpentError(BrainFailedError):
    """A limit of the playbook is reached; no call was made."""


class Spending(Protocol):
    """What the whole business has spent, as the turns' records say."""

    async def spent_today(self) -> Decimal:
        """Return today's cost of models, in the currency of the playbook's limits."""
        ...


class RecentSpending:
    """A spending that is asked at most every few seconds; in between, what was spent here is added."""

    def __init__(self, source: Spending, clock: Callable[[], float], seconds: float = 5.0) -> None:
        self._source = source
        self._clock = clock
        self._seconds = seconds
        self._total = Decimal(0)
        self._until: float | None = None

    async def spent_today(self) -> Decimal:
        """Return the day's cost, at most `seconds` old."""
        now = self._clock()
        if self._until is None or now >= self._until:
            self._total = await self._source.spent_today()
            self._until = now + self._seconds
        return self._total

    def add(self, cost: Decimal) -> None:
        """Count a cost that the records do not show yet."""
        self._total += cost


def cost_of(tokens: Tokens, price: Price | None) -> Decimal:
    """Return what the tokens cost; prices are per million tokens."""
    if price is None:
        return Decimal(0)
    return (tokens.input * price.input + tokens.output * price.output) / _PER


def check_conversation(view: View) -> None:
    """Raise BudgetSpentError when this conversation may not use a model any more."""
    limits, snapshot = view.playbook.limits, view.snapshot
    if snapshot.model_calls + len(view.rounds) >= limits.model_calls_per_conversation:
        raise BudgetSpentError("budget: the conversation's model calls are used up")
    if limits.cost_per_conversation is not None and snapshot.cost >= limits.cost_per_conversation:
        raise BudgetSpentError("budget: the conversation's cost limit is reached")


async def check_day(view: View, spending: Spending | None) -> None:
    """Raise BudgetSpentError when the day's cost limit is reached."""
    limit = view.playbook.limits.cost_per_day
    if limit is not None and spending is not None and await spending.spent_today() >= limit:
        raise BudgetSpentError("budget: the day's cost limit is reached")
