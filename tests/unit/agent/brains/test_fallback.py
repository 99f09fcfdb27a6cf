"""One brain after the other."""

from dataclasses import dataclass

import pytest

from agent.brains.failure import ModelsFailedError
from agent.brains.fallback import FallbackBrain
from agent.brains.protocol import BrainFailedError, Decision, Usage, View
from tests.fakes.views import Conversation

VIEW = Conversation().view()


@dataclass
class Stub:
    """A brain that answers, or fails."""

    name: str
    error: BrainFailedError | None = None
    asked: int = 0

    async def decide(self, view: View) -> Decision:
        self.asked += 1
        if self.error is not None:
            raise self.error
        return Decision((), self.name, usage=Usage(1, 10, 1))


async def test_that_a_good_decision_asks_nobody_else() -> None:
    second = Stub("second")
    assert (await FallbackBrain(Stub("first"), second).decide(VIEW)).brain == "first"
    assert second.asked == 0


async def test_that_the_failure_is_told_with_the_second_decision() -> None:
    decision = await FallbackBrain(Stub("first", BrainFailedError("no luck")), Stub("second")).decide(VIEW)
    assert (decision.brain, decision.failures) == ("second", ("first: no luck",))


async def test_that_what_failed_attempts_cost_is_counted() -> None:
    failed = ModelsFailedError(("m: refused", "n: busy"), Usage(2, 100, 5))
    decision = await FallbackBrain(Stub("first", failed), Stub("second")).decide(VIEW)
    assert decision.usage == Usage(3, 110, 6)
    assert decision.failures == ("first: m: refused", "first: n: busy")


async def test_that_both_failing_is_a_failure() -> None:
    with pytest.raises(BrainFailedError):
        await FallbackBrain(Stub("first", BrainFailedError("a")), Stub("second", BrainFailedError("b"))).decide(VIEW)
