"""SQL of answers and intents."""

from collections.abc import Mapping

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.conversations.model import AnswerStatus
from frontdesk.db.models import Answer, SeenIntent
from frontdesk.evidence.json_form import evidence_to_json
from frontdesk.evidence.types import Evidence
from frontdesk.ids import new_id
from frontdesk.lifecycle.facts import AnswerFact
from frontdesk.lifecycle.moves import Cause
from frontdesk.lifecycle.occasion import Occasion
from frontdesk.values.json_form import value_to_json


async def insert_answers(
    connection: AsyncConnection,
    answers: Mapping[str, AnswerFact],
    occasion: Occasion,
    cause: Cause,
) -> None:
    """Store answers, as the agent understood them or a person knows them; those that they replace stay as history."""
    if not answers:
        return
    await connection.execute(
        update(Answer)
        .where(
            Answer.contact_id == occasion.contact_id,
            Answer.field.in_(list(answers)),
            Answer.superseded_at.is_(None),
        )
        .values(superseded_at=occasion.now)
    )
    rows = [
        {
            **_of(occasion),
            "field": field,
            "status": AnswerStatus.DECLINED if fact.value is None else AnswerStatus.ANSWERED,
            "value": None if fact.value is None else value_to_json(fact.value),
            "evidence": evidence_to_json(fact.evidence),
            "cause": cause,
        }
        for field, fact in answers.items()
    ]
    await connection.execute(insert(Answer), rows)


async def insert_intents(
    connection: AsyncConnection,
    intents: Mapping[str, tuple[Evidence, ...]],
    occasion: Occasion,
) -> None:
    """Store the intents that a turn saw."""
    rows = [
        {**_of(occasion), "intent": intent, "evidence": evidence_to_json(evidence)}
        for intent, evidence in intents.items()
    ]
    if rows:
        await connection.execute(insert(SeenIntent), rows)


def _of(occasion: Occasion) -> dict[str, object]:
    return {
        "id": new_id(),
        "contact_id": occasion.contact_id,
        "conversation_id": occasion.conversation_id,
        "turn_id": occasion.turn_id,
        "created_at": occasion.now,
    }
