"""Where a run finds its language model."""

from dataclasses import dataclass

from pydantic import SecretStr


@dataclass(frozen=True, slots=True)
class ModelAccess:
    """A server that speaks the OpenAI wire."""

    base_url: str
    api_key: SecretStr
    model: str
    fallback_model: str | None
    timeout: float
    """Seconds of one call."""
