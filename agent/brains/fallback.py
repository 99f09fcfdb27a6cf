"""One brain, and another for when it has no decision."""

from dataclasses import dataclass, replace

from agent.brains.failure import ModelsFailedError
from agent.brains.protocol import Brain, BrainFailedError, Decision, Usage, View


@dataclass(frozen=True, slots=True)
class FallbackBrain:
    """Asks `primary`, and `fallback` only when that fails."""

    primary: Brain
    fallback: Brain

    @property
    def name(self) -> str:
        """The primary's name; a decision bears the name of the brain that made it."""
        return self.primary.name

    async def decide(self, view: View) -> Decision:
        """Return the first decision, with what went wrong before it and what that cost.

        Raises BrainFailedError when both fail.
        """
        try:
            return await self.primary.decide(view)
        except BrainFailedError as error:
            failures, spent = _account(self.primary, error)
        decision = await self.fallback.decide(view)
        return replace(decision, failures=(*failures, *decision.failures), usage=spent + decision.usage)


def _account(brain: Brain, error: BrainFailedError) -> tuple[tuple[str, ...], Usage]:
    if isinstance(error, ModelsFailedError):
        return tuple(f"{brain.name}: {failure}" for failure in error.failures), error.usage
    return (f"{brain.name}: {error}",), Usage()
