"""The brain that asks a language model over the OpenAI wire, and a second model when the first fails."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from time import monotonic

from pydantic import JsonValue

from agent.brains.breaker import BreakerPolicy, CircuitBreaker
from agent.brains.budget import RecentSpending, Spending, check_conversation, check_day, cost_of
from agent.brains.client import ModelClient
from agent.brains.completion import Completion
from agent.brains.failure import TRANSIENT, FailureKind, ModelFailedError, ModelsFailedError, Tokens
from agent.brains.protocol import Decision, Usage, View
from agent.brains.retry import LEAST_CALL, RetryPolicy, retrying
from agent.brains.wire import prompt_hash, request_body
from frontdesk.playbook.models import Price

PRIMARY_SHARE = 0.6
"""The part of the time that the first model may use up when there is a second one."""

_ONCE = RetryPolicy(attempts=1)
_MAY_HAVE_REACHED_THE_MODEL = frozenset(
    {FailureKind.TIMED_OUT, FailureKind.UNREADABLE, FailureKind.REFUSED, FailureKind.TRUNCATED}
)


@dataclass(slots=True)
class _Attempts:
    """What this decision has tried so far."""

    prices: Mapping[str, Price]
    usage: Usage = field(default_factory=Usage)
    failures: list[str] = field(default_factory=list)

    def count(self, model: str, tokens: Tokens | None) -> Decimal:
        tokens = tokens or Tokens()
        cost = cost_of(tokens, self.prices.get(model))
        self.usage += Usage(1, tokens.input, tokens.output, cost)
        return cost

    def failed(self, model: str, error: ModelFailedError) -> None:
        self.failures.append(f"{model}: {error}")


class OpenAIBrain:
    """Asks any server that speaks chat completions with tools."""

    name = "openai"

    def __init__(
        self,
        *,
        base_url: str,
        api_key: str | None,
        model: str,
        fallback_model: str | None = None,
        timeout: float = 15.0,
        reserve: float = 1.5,
        spending: Spending | None = None,
        retry: RetryPolicy | None = None,
        breaker: BreakerPolicy | None = None,
    ) -> None:
        """Seconds: `timeout` for one call; `reserve` before the deadline is left for another brain to answer in."""
        self._client = ModelClient(base_url, api_key)
        self._model, self._fallback_model = model, fallback_model
        self._timeout, self._reserve = timeout, reserve
        self._retry = retry or RetryPolicy()
        self._spending = RecentSpending(spending, monotonic) if spending is not None else None
        self._breakers = {name: CircuitBreaker(breaker or BreakerPolicy()) for name in (model, fallback_model) if name}

    async def decide(self, view: View) -> Decision:
        """Answer before `view.deadline` minus the reserve.

        Raises BudgetSpentError without a call, or ModelsFailedError with what the attempts cost.
        """
        check_conversation(view)
        await check_day(view, self._spending)
        body = request_body(view)
        attempts = _Attempts(view.playbook.limits.prices)
        for model, deadline, policy in self._plan(view.deadline - self._reserve):
            try:
                completion = await self._ask({"model": model, **body}, deadline, policy, attempts)
            except ModelFailedError:
                continue
            return Decision(completion.calls, self.name, model, attempts.usage, prompt_hash(), tuple(attempts.failures))
        raise ModelsFailedError(tuple(attempts.failures), attempts.usage)

    async def close(self) -> None:
        """Close the connections to the server."""
        await self._client.close()

    def _plan(self, until: float) -> Iterator[tuple[str, float, RetryPolicy]]:
        """The models to ask in turn, by when each has to answer, and how often to try."""
        now = asyncio.get_running_loop().time()
        if not self._fallback_model:
            yield self._model, until, self._retry
            return
        yield self._model, now + (until - now) * PRIMARY_SHARE, self._retry
        yield self._fallback_model, until, _ONCE

    async def _ask(
        self, body: Mapping[str, JsonValue], deadline: float, policy: RetryPolicy, attempts: _Attempts
    ) -> Completion:
        clock = asyncio.get_running_loop().time
        return await retrying(policy, deadline, clock)(self._attempt, body, deadline, attempts)

    async def _attempt(self, body: Mapping[str, JsonValue], deadline: float, attempts: _Attempts) -> Completion:
        model = str(body["model"])
        breaker = self._breakers[model]
        try:
            completion = await self._client.complete(body, self._seconds(breaker, deadline))
        except ModelFailedError as error:
            self._record_failure(model, error, attempts)
            raise
        breaker.succeeded()
        self._spend(attempts.count(model, completion.tokens))
        return completion

    def _seconds(self, breaker: CircuitBreaker, deadline: float) -> float:
        """How long a call may take now; raises ModelFailedError when none should be made."""
        now = asyncio.get_running_loop().time()
        if deadline - now < LEAST_CALL:
            raise ModelFailedError(FailureKind.SKIPPED, "no time left")
        if not breaker.admit(now):
            raise ModelFailedError(FailureKind.SKIPPED, "it has failed too often of late")
        return min(self._timeout, deadline - now)

    def _record_failure(self, model: str, error: ModelFailedError, attempts: _Attempts) -> None:
        attempts.failed(model, error)
        if error.kind in _MAY_HAVE_REACHED_THE_MODEL:
            self._spend(attempts.count(model, error.tokens))
        if error.kind in TRANSIENT:
            self._breakers[model].failed(asyncio.get_running_loop().time())
        elif error.kind is not FailureKind.SKIPPED:
            self._breakers[model].succeeded()

    def _spend(self, cost: Decimal) -> None:
        if self._spending is not None:
            self._spending.add(cost)
