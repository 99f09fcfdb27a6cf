"""SQL of a replay: what was recorded of contacts, in order, and where the moves that follow are kept meanwhile."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import TEXT, BigInteger, Column, MetaData, Row, Table, Uuid, insert, text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.evidence.json_form import evidence_from_json
from frontdesk.reports.question import Question
from frontdesk.reports.replay.rules import Happening, Kind, TimedMove
from frontdesk.reports.replay.silence import Silence

REPLAYED = Table(
    "replayed_stage_events",
    MetaData(),
    Column("contact_id", Uuid),
    Column("number", BigInteger),
    Column("from_stage", TEXT),
    Column("to_stage", TEXT),
    Column("reason", TEXT),
    Column("created_at", TIMESTAMP(timezone=True)),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DROP",
)
"""Of the same shape as the recorded stage events, for as long as the transaction lasts."""

_BATCH = 5_000
_ARRIVED = text(
    """
CREATE TEMP TABLE arrived ON COMMIT DROP AS
SELECT person_id AS contact_id, min(created_at) AS at FROM move_figures WHERE created_at <= :as_of GROUP BY person_id
HAVING min(created_at) >= coalesce(:since, '-infinity'::timestamptz)
   AND min(created_at) < coalesce(:until, 'infinity'::timestamptz)
"""
)
_HAPPENED = text(
    """
SELECT arrived.contact_id, arrived.at AS arrived_at, happened.at, kind, name, conversation_id, value,
       evidence, until, reason
FROM arrived LEFT JOIN (
    SELECT contact_id, created_at AS at, '1 answer' AS kind, field AS name, conversation_id, value, evidence,
           NULL::timestamptz AS until, '' AS reason FROM answers
    UNION ALL
    SELECT contact_id, created_at, '2 intent', intent, conversation_id, NULL, evidence, NULL, '' FROM seen_intents
    UNION ALL
    SELECT contact_id, created_at, '3 event', name, NULL, NULL, '[]', NULL, '' FROM contact_events
    UNION ALL
    SELECT m.person_id, e.created_at, CASE e.cause WHEN 'human' THEN '4 person' ELSE '5 proposal' END, e.to_stage,
           e.conversation_id, NULL, e.evidence, NULL, e.reason
    FROM stage_events e JOIN move_figures m ON m.event_id = e.id WHERE e.cause IN ('human', 'agent')
    UNION ALL
    SELECT contact_id, wrote.created_at, '6 silence', '', conversation_id, NULL, '[]',
           least(next_at, opted_out_at, :as_of), ''
    FROM (SELECT c.contact_id, p.opted_out_at, m.conversation_id, m.author, m.created_at,
                 lead(m.created_at) OVER (PARTITION BY m.conversation_id ORDER BY m.seq) AS next_at
          FROM messages m JOIN conversations c ON c.id = m.conversation_id JOIN contacts p ON p.id = c.contact_id
          WHERE c.contact_id IN (SELECT contact_id FROM arrived) AND NOT m.attributes ? 'follow_up') AS wrote
    WHERE author = 'agent'
) AS happened ON happened.contact_id = arrived.contact_id AND happened.at <= :as_of
ORDER BY arrived.contact_id
"""
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded of one contact; silences are not happenings yet, as it is the playbook that measures them."""

    contact_id: UUID
    arrived_at: datetime
    happened: Sequence[Happening]
    silences: Sequence[Silence]


async def prepare(connection: AsyncConnection, question: Question) -> None:
    """Note which contacts first wrote in the period, and make room for their moves; in a transaction. Contacts made
    one by a merge are one, as the figures have it."""
    period = {"since": question.since, "until": question.until, "as_of": question.as_of}
    await connection.execute(_ARRIVED, period)
    await connection.execute(text("ANALYZE arrived"))
    await connection.run_sync(REPLAYED.metadata.create_all)


async def recorded(connection: AsyncConnection, question: Question) -> AsyncIterator[Recorded]:
    """What was recorded of each of these contacts; they are read as they are asked for."""
    contact_id: UUID | None = None
    rows: list[Row[*tuple[object, ...]]] = []
    async with connection.stream(_HAPPENED, {"as_of": question.as_of}) as found:
        async for row in found:
            if row.contact_id != contact_id and rows:
                yield _recorded(rows)
                rows = []
            contact_id = row.contact_id
            rows.append(row)
    if rows:
        yield _recorded(rows)


def _recorded(rows: Sequence[Row[*tuple[object, ...]]]) -> Recorded:
    first = rows[0]._mapping
    return Recorded(
        contact_id=first["contact_id"],
        arrived_at=first["arrived_at"],
        happened=[_happening(row) for row in rows if row._mapping["kind"] not in (None, Kind.SILENCE)],
        silences=[_silence(row) for row in rows if row._mapping["kind"] == Kind.SILENCE],
    )


def _happening(row: Row[*tuple[object, ...]]) -> Happening:
    found = row._mapping
    return Happening(
        at=found["at"],
        kind=Kind(found["kind"]),
        name=found["name"],
        conversation_id=found["conversation_id"],
        value=found["value"],
        evidence=evidence_from_json(found["evidence"]),
        reason=found["reason"],
    )


def _silence(row: Row[*tuple[object, ...]]) -> Silence:
    found = row._mapping
    return Silence(found["conversation_id"], found["at"], found["until"])


class MoveWriter:
    """Stores replayed moves, many at a time."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._rows: list[dict[str, object]] = []
        self._number = 0

    async def write(self, contact_id: UUID, moves: Sequence[TimedMove]) -> None:
        """Store the moves of a contact, in order."""
        for timed in moves:
            self._number += 1
            self._rows.append(
                {
                    "contact_id": contact_id,
                    "number": self._number,
                    "from_stage": timed.move.from_stage,
                    "to_stage": timed.move.to_stage,
                    "reason": timed.move.reason,
                    "created_at": timed.at,
                }
            )
        if len(self._rows) >= _BATCH:
            await self.flush()

    async def flush(self) -> None:
        """Store what is left."""
        if self._rows:
            await self._connection.execute(insert(REPLAYED), self._rows)
        self._rows = []
