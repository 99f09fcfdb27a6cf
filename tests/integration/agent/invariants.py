"""What must hold in the database after any turn, whatever the brain asked for."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from agent.claims import claims_in, unsupported
from agent.prices import misquoted
from agent.repository import load_snapshot
from agent.settle import handoff_sentence
from frontdesk.lifecycle.evaluate import evaluate
from frontdesk.playbook.texts import StandingText, standing_text
from frontdesk.values.json_form import value_from_json
from frontdesk.values.read import read_values
from knowledge.retrieve import RetrievedPassage
from tests.integration.agent.desk import Desk, Row
from tools.context import reading_context

OF_CONTACT = {
    "contacts": "SELECT * FROM contacts WHERE id = :contact",
    "conversations": "SELECT * FROM conversations WHERE contact_id = :contact",
    "answers": "SELECT * FROM answers WHERE contact_id = :contact ORDER BY id",
    "intents": "SELECT * FROM seen_intents WHERE contact_id = :contact ORDER BY id",
    "stages": "SELECT * FROM stage_events WHERE contact_id = :contact ORDER BY number",
    "handoffs": "SELECT * FROM handoffs WHERE contact_id = :contact ORDER BY id",
    "messages": "SELECT m.* FROM messages m JOIN conversations c ON c.id = m.conversation_id "
    "WHERE c.contact_id = :contact ORDER BY m.seq",
    "turns": "SELECT t.* FROM turns t JOIN conversations c ON c.id = t.conversation_id "
    "WHERE c.contact_id = :contact ORDER BY t.id",
}


async def everything_of(desk: Desk, contact_id: UUID) -> dict[str, list[Row]]:
    """All that is stored of one contact."""
    return {name: await desk.rows(query, contact=contact_id) for name, query in OF_CONTACT.items()}


async def check_turn(desk: Desk, conversation_id: UUID, passages: tuple[RetrievedPassage, ...]) -> None:
    """Check what the conversation's newest turn left behind."""
    conversation = await desk.one("SELECT * FROM conversations WHERE id = :id", id=conversation_id)
    of_contact = await everything_of(desk, conversation["contact_id"])
    turn = of_contact["turns"][-1]
    said = {row["id"]: row["text"] for row in of_contact["messages"] if row["author"] == "contact"}
    this = {name: [row for row in rows if row.get("turn_id") == turn["id"]] for name, rows in of_contact.items()}
    for row in (*this["answers"], *this["intents"], *this["stages"], *(_lines(this["handoffs"]))):
        _is_said(row["evidence"], said)
    for answer in this["answers"]:
        _says_the_value(desk, answer)
    for event in this["stages"]:
        await _is_justified(desk, conversation_id, event)
    _is_owned_once(conversation, of_contact["handoffs"])
    _is_traced(turn)
    _is_answered(conversation, of_contact["turns"], this["messages"], turn)
    _is_grounded(desk, this["messages"][0], of_contact["messages"], passages)


def _lines(handoffs: Iterable[Row]) -> Iterable[Row]:
    return [line for handoff in handoffs for line in handoff["brief"]]


def _is_said(evidence: list[dict[str, Any]], said: dict[UUID, str]) -> None:
    for item in evidence:
        text = said[UUID(item["message_id"])]
        assert text[item["start"] : item["end"]] == item["quote"]
        assert item["quote"].strip()


def _says_the_value(desk: Desk, answer: Row) -> None:
    """The value has to be readable from the words alone, in one of the business's languages."""
    assert answer["evidence"]
    assert answer["cause"] == "agent"
    field = desk.playbook.field(answer["field"])
    assert field is not None
    if answer["status"] == "declined":
        return
    value, business = value_from_json(answer["value"], field.type), desk.playbook.business
    contexts = [
        reading_context(field, business, language, desk.clock().astimezone(business.zone).date())
        for language in business.languages
    ]
    quotes = [item["quote"] for item in answer["evidence"]]
    read = [each.value for quote in quotes for context in contexts for each in read_values(quote, field.type, context)]
    assert value in read


async def _is_justified(desk: Desk, conversation_id: UUID, event: Row) -> None:
    """A stage is entered by its own rule on what is recorded now, or with the contact's words if it has none."""
    async with desk.database.reading() as connection:
        snapshot = await load_snapshot(connection, conversation_id, desk.playbook, desk.clock())
    assert snapshot is not None
    stage = desk.playbook.lifecycle.find(event["to_stage"])
    assert stage is not None
    assert stage.name != desk.playbook.lifecycle.stages[-1].name
    assert event["cause"] in ("agent", "rule")
    if event["cause"] == "agent":
        assert event["evidence"]
    facts = replace(snapshot.facts, stage=event["from_stage"])
    if stage.enter_when is not None:
        assert evaluate(stage.enter_when, facts, desk.playbook).holds
    elif event["cause"] == "rule":
        assert stage is desk.playbook.lifecycle.stages[0]


def _is_owned_once(conversation: Row, handoffs: list[Row]) -> None:
    waiting = [handoff for handoff in handoffs if handoff["state"] in ("waiting", "claimed")]
    assert len(waiting) <= 1
    assert (conversation["mode"] == "human") is bool(waiting)


def _is_traced(turn: Row) -> None:
    calls = turn["trace"].get("calls", [])
    assert all(call["accepted"] or call["reason"] for call in calls)


def _is_answered(conversation: Row, turns: list[Row], replies: list[Row], turn: Row) -> None:
    assert len(replies) == 1
    assert conversation["answered_seq"] == turn["through_seq"] == conversation["inbound_seq"]
    assert [each["after_seq"] for each in turns[1:]] == [each["through_seq"] for each in turns[:-1]]


def _is_grounded(desk: Desk, reply: Row, messages: list[Row], passages: tuple[RetrievedPassage, ...]) -> None:
    assert 0 < len(reply["text"]) <= desk.text_limit
    cited = {item["passage_id"] for item in reply["attributes"]["citations"]}
    assert cited <= {str(passage.passage_id) for passage in passages}
    language = reply["attributes"]["language"]
    own_sentence = handoff_sentence(desk.playbook, language, desk.clock())
    sources = [
        *(f"{passage.text} {passage.title}" for passage in passages if str(passage.passage_id) in cited),
        *(message["text"] for message in messages if message["seq"] < reply["seq"]),
        *(standing_text(desk.playbook, key, language) for key in StandingText),
        desk.playbook.model_dump_json(),
    ]
    own_words = reply["text"].replace(own_sentence, "")
    assert not unsupported(claims_in(own_words), sources)
    assert not misquoted(own_words, sources, language, desk.playbook.business.currency)
