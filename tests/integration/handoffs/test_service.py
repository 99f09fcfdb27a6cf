"""Hand-offs as people see them, and what subscribers are told."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from frontdesk.conversations.ownership import NotOwnerError
from frontdesk.jobs.engine import TaskName
from frontdesk.outgoing.repository import insert_endpoint, set_endpoint_state
from tests.integration.desk import Desk


async def subscribe(desk: Desk, *events: str) -> UUID:
    async with desk.database.transaction() as connection:
        return await insert_endpoint(connection, "http://127.0.0.1:9/", b"sealed", events, desk.clock())


async def told(desk: Desk) -> list[tuple[object, ...]]:
    """Who was told of what."""
    return [tuple(row) for row in await desk.rows("SELECT endpoint_id, type FROM outgoing_events ORDER BY id")]


async def handoff(desk: Desk) -> tuple[object, ...]:
    return tuple(await desk.one("SELECT state, owner, claimed_at, ended_at FROM handoffs"))


async def test_that_a_request_is_stored_with_its_team_owner_and_due_time_and_told(desk: Desk) -> None:
    conversation_id = await desk.says("Hello")
    endpoint_id = await subscribe(desk, "handoff.requested")
    handoff_id = await desk.hand_off(conversation_id)
    row = await desk.one("SELECT team, owner, cause, state, due_at FROM handoffs")
    assert tuple(row) == ("sales", "Ada", "rule", "waiting", desk.clock() + timedelta(minutes=15))
    event = await desk.one("SELECT endpoint_id, type, payload, state FROM outgoing_events")
    assert (event.endpoint_id, event.type, event.state) == (endpoint_id, "handoff.requested", "pending")
    assert event.payload["handoff_id"] == str(handoff_id)
    assert (event.payload["team"], event.payload["owner"], event.payload["brief"]) == ("sales", "Ada", [])
    assert len(await desk.waiting(TaskName.EMIT)) == 1


async def test_that_owners_take_turns(desk: Desk) -> None:
    for number in range(4):
        await desk.hand_off(await desk.says("Hello", f"m{number}", f"c{number}"))
    assert [row[0] for row in await desk.rows("SELECT owner FROM handoffs ORDER BY id")] == ["Ada", "Ben"] * 2


async def test_that_a_conversation_has_one_open_hand_off(desk: Desk) -> None:
    conversation_id = await desk.says("Hello")
    await desk.hand_off(conversation_id)
    with pytest.raises(IntegrityError):
        await desk.hand_off(conversation_id)


async def test_that_whoever_comes_first_claims_a_waiting_hand_off(desk: Desk) -> None:
    conversation_id = await desk.says("Hello")
    await desk.hand_off(conversation_id)
    desk.clock.advance(minutes=2)
    await desk.take_over(conversation_id, "Cyd")
    assert await handoff(desk) == ("claimed", "Cyd", desk.clock(), None)
    assert (await desk.conversation(conversation_id)).owner == "Cyd"


async def test_that_a_conversation_is_not_taken_from_the_person_who_answers_it(desk: Desk) -> None:
    conversation_id = await desk.says("Hello")
    await desk.hand_off(conversation_id)
    await desk.take_over(conversation_id, "Ada")
    with pytest.raises(NotOwnerError, match="Ada answers this conversation"):
        await desk.take_over(conversation_id, "Ben")
    assert (await desk.conversation(conversation_id)).owner == "Ada"


async def test_that_taking_over_twice_is_taking_over_once(desk: Desk) -> None:
    conversation_id = await desk.says("Hello")
    await subscribe(desk)
    await desk.take_over(conversation_id)
    await desk.take_over(conversation_id)
    assert (await desk.conversation(conversation_id)).epoch == 2
    assert [event for _, event in await told(desk)] == ["conversation.taken_over"]


async def test_that_a_conversation_returned_is_the_agent_s_and_may_be_handed_off_again(desk: Desk) -> None:
    conversation_id = await desk.says("Hello")
    await desk.hand_off(conversation_id)
    await desk.take_over(conversation_id)
    await desk.hand_back(conversation_id)
    assert await handoff(desk) == ("returned", "Ada", desk.clock(), desk.clock())
    with pytest.raises(NotOwnerError, match="the agent answers this conversation already"):
        await desk.hand_back(conversation_id)
    await desk.hand_off(conversation_id)
    assert await desk.scalar("SELECT count(*) FROM handoffs") == 2


async def test_that_closing_closes_the_hand_off_too(desk: Desk) -> None:
    conversation_id = await desk.says("Hello")
    await desk.hand_off(conversation_id)
    await desk.close(conversation_id)
    assert await handoff(desk) == ("closed", "Ada", None, desk.clock())


async def test_that_each_subscriber_is_told_what_it_wants_and_no_more(desk: Desk) -> None:
    everything = await subscribe(desk)
    closings = await subscribe(desk, "conversation.closed", "conversation.returned")
    switched_off = await subscribe(desk)
    async with desk.database.transaction() as connection:
        await set_endpoint_state(connection, switched_off, "disabled")
    conversation_id = await desk.says("Hello")
    await desk.hand_off(conversation_id)
    await desk.take_over(conversation_id)
    await desk.hand_back(conversation_id)
    await desk.close(conversation_id)
    events = await told(desk)
    assert [event for endpoint, event in events if endpoint == everything] == [
        "handoff.requested",
        "conversation.taken_over",
        "conversation.returned",
        "conversation.closed",
    ]
    assert [event for endpoint, event in events if endpoint == closings] == [
        "conversation.returned",
        "conversation.closed",
    ]
    assert switched_off not in {endpoint for endpoint, _ in events}
    assert len(await desk.waiting(TaskName.EMIT)) == len(events)


async def test_that_nothing_is_told_of_what_was_rolled_back(desk: Desk) -> None:
    await subscribe(desk)
    conversation_id = await desk.says("Hello")
    connection = await desk.database.engine.connect()
    await connection.begin()
    await desk.handoffs.take_over(connection, conversation_id, "Ada", desk.clock())
    await connection.rollback()
    await connection.close()
    assert await told(desk) == []
    assert await desk.waiting(TaskName.EMIT) == []


async def escalate(desk: Desk) -> int:
    async with desk.database.transaction() as connection:
        return await desk.handoffs.escalate_overdue(connection, desk.clock())


async def test_that_a_hand_off_that_nobody_claims_escalates_once(desk: Desk) -> None:
    await subscribe(desk, "handoff.escalated")
    conversation_id = await desk.says("Hello")
    await desk.hand_off(conversation_id)
    desk.clock.advance(minutes=14, seconds=59)
    assert await escalate(desk) == 0
    desk.clock.advance(seconds=1)
    assert await escalate(desk) == 1
    assert await escalate(desk) == 0
    assert [event for _, event in await told(desk)] == ["handoff.escalated"]
    assert tuple(await desk.one("SELECT state, escalated_at FROM handoffs")) == ("waiting", desk.clock())


@pytest.mark.parametrize("end", ["claimed", "returned", "closed"])
async def test_that_a_hand_off_that_somebody_dealt_with_does_not_escalate(desk: Desk, end: str) -> None:
    conversation_id = await desk.says("Hello")
    await desk.hand_off(conversation_id)
    if end == "closed":
        await desk.close(conversation_id)
    else:
        await desk.take_over(conversation_id)
    if end == "returned":
        await desk.hand_back(conversation_id)
    desk.clock.advance(days=1)
    assert await escalate(desk) == 0


async def test_that_two_sweeps_at_once_escalate_once(desk: Desk) -> None:
    await desk.hand_off(await desk.says("Hello"))
    desk.clock.advance(days=1)
    async with desk.database.transaction() as connection:
        assert await desk.handoffs.escalate_overdue(connection, desk.clock()) == 1
        assert await escalate(desk) == 0
    async with desk.database.reading() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM handoffs WHERE escalated_at IS NOT NULL")) == 1
