"""What a worker counts, for `/metrics`."""

from prometheus_client import Counter, Histogram

from agent.repository import TurnRecord

TURNS = Counter("frontdesk_turns", "Turns by outcome and brain", ["outcome", "brain"])
TURN_SECONDS = Histogram(
    "frontdesk_turn_seconds", "Time from a turn's start to its commit", buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)
)
MODEL_TOKENS = Counter("frontdesk_model_tokens", "Tokens of model calls", ["direction"])
MODEL_CALLS = Counter("frontdesk_model_calls", "Calls of a language model")
DELIVERIES = Counter("frontdesk_deliveries", "Delivery attempts by channel and result", ["channel", "result"])


def observe_turn(outcome: str, record: TurnRecord) -> None:
    """Count a committed turn."""
    TURNS.labels(outcome, record.brain).inc()
    TURN_SECONDS.observe((record.finished_at - record.started_at).total_seconds())
    MODEL_CALLS.inc(record.model_calls)
    MODEL_TOKENS.labels("in").inc(record.tokens_in)
    MODEL_TOKENS.labels("out").inc(record.tokens_out)


def observe_delivery(channel: str, result: object) -> None:
    """Count one attempt to send."""
    DELIVERIES.labels(channel, type(result).__name__.lower()).inc()
