"""The ways in which a model call fails, and what each of them means for the next step."""

from dataclasses import dataclass
from enum import StrEnum

from agent.brains.protocol import BrainFailedError, Usage
from frontdesk.errors import FrontdeskError


class FailureKind(StrEnum):
    """Why there is no usable answer."""

    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed out"
    BUSY = "busy"
    """The server asks to come back later: HTTP 408, 409, 429 or 5xx."""
    UNREADABLE = "unreadable"
    """The answer is not a chat completion, or an empty one."""
    REJECTED = "rejected"
    """The server will not take this request, however often it is sent."""
    REFUSED = "refused"
    """The model declines to answer, or a content filter stopped it."""
    TRUNCATED = "truncated"
    """The answer ended before it said anything complete."""
    SKIPPED = "skipped"
    """No call was made: the circuit is open or no time is left."""


TRANSIENT = frozenset(
    {FailureKind.UNREACHABLE, FailureKind.TIMED_OUT, FailureKind.BUSY, FailureKind.UNREADABLE},
)
"""Worth another try, and signs that the model as a whole is unwell."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a call consumed, as the server counts it."""

    input: int = 0
    output: int = 0


class ModelFailedError(FrontdeskError):
    """One model call without a usable answer; the message never holds the contact's words."""

    code = "model_failed"

    def __init__(
        self, kind: FailureKind, detail: str = "", *, retry_after: float | None = None, tokens: Tokens | None = None
    ) -> None:
        super().__init__(f"{kind}: {detail}" if detail else str(kind))
        self.kind = kind
        self.retry_after = retry_after
        """Seconds that the server asks to wait."""
        self.tokens = tokens
        """What the call consumed; None when the server did not say."""


class ModelsFailedError(BrainFailedError):
    """No model gave a usable answer; `usage` is what the attempts cost all the same."""

    def __init__(self, failures: tuple[str, ...], usage: Usage) -> None:
        super().__init__("; ".join(failures))
        self.failures = failures
        self.usage = usage
