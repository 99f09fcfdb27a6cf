"""Evidence as it is stored and shown: `{"message_id", "start", "end", "quote"}`."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from frontdesk.evidence.types import Evidence


def evidence_to_json(evidence: Iterable[Evidence]) -> list[dict[str, object]]:
    """Write evidence as JSON objects."""
    return [
        {"message_id": str(item.message_id), "start": item.start, "end": item.end, "quote": item.quote}
        for item in evidence
    ]


def evidence_from_json(items: Iterable[Mapping[str, object]]) -> tuple[Evidence, ...]:
    """Read what `evidence_to_json` wrote."""
    return tuple(
        Evidence(UUID(str(item["message_id"])), int(str(item["start"])), int(str(item["end"])), str(item["quote"]))
        for item in items
    )
