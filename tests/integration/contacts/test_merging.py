"""Two contacts made one and taken apart again, over rows of every kind."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import insert, select, text

from frontdesk.channels.contract import ChannelKind, Person
from frontdesk.contacts import merging
from frontdesk.contacts.merges.repository import list_suggested
from frontdesk.contacts.merging import MergeNotFoundError, MergeRefusedError
from frontdesk.contacts.standing.repository import ContactNotFoundError, family, standing
from frontdesk.db.models import (
    Answer,
    Contact,
    ContactEvent,
    Conversation,
    Delivery,
    Handoff,
    Identity,
    Message,
    SeenIntent,
    StageEvent,
)
from frontdesk.ids import new_id
from tests.integration.desk import Desk, connect

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TABLES = (Contact, Identity, Conversation, Message, Delivery, Answer, SeenIntent, StageEvent, Handoff, ContactEvent)
FIELDS = ("party_size", "budget", "city")


async def everything(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """All rows; without the epoch, which only ever counts up."""
    rows = {}
    async with desk.database.reading() as connection:
        for model in TABLES:
            columns = [column for column in model.__table__.columns if column.name != "epoch"]
            found = await connection.execute(select(*columns).order_by(model.id))
            rows[model.__tablename__] = [tuple(row) for row in found]
    return rows


def answers(rng: Random) -> Iterator[dict[str, object]]:
    """Up to three answers to each field, of which the last stands."""
    for field in FIELDS:
        minutes = sorted(rng.sample(range(100), rng.randint(0, 3)))
        for minute, later in zip(minutes, [*minutes[1:], None], strict=False):
            yield {
                "field": field,
                "status": "answered",
                "value": minute,
                "evidence": [],
                "cause": "agent",
                "created_at": NOW + timedelta(minutes=minute),
                "superseded_at": None if later is None else NOW + timedelta(minutes=later),
            }


async def add_contact(desk: Desk, channel_id: UUID, rng: Random) -> UUID:
    """A contact with some of everything."""
    contact_id, conversation_id = new_id(), new_id()
    maybe = [value if rng.random() < 0.5 else None for value in ("Ola", "ola@example.com", "+48600100200")]
    out = NOW + timedelta(hours=rng.randint(0, 9)) if rng.random() < 0.5 else None
    referral = {"campaign": "spring"} if rng.random() < 0.5 else None
    base = {"contact_id": contact_id, "created_at": NOW}
    talk = {"conversation_id": conversation_id, "channel_id": channel_id}
    async with desk.database.transaction() as connection:

        async def add(model: type[object], **values: object) -> None:
            await connection.execute(insert(model).values(id=values.pop("id", None) or new_id(), **values))

        await add(
            Contact,
            id=contact_id,
            name=maybe[0],
            email=maybe[1],
            phone=maybe[2],
            referral=referral,
            opted_out_at=out,
            created_at=NOW,
        )
        address = str(contact_id)
        await add(Identity, channel_id=channel_id, address=address, **base)
        opened = {"channel_id": channel_id, "address": address, "opened_at": NOW, "contact_id": contact_id}
        await add(Conversation, id=conversation_id, mode=rng.choice(("agent", "human", "closed")), **opened)
        message_id = new_id()
        said = {"seq": 1, "direction": "outbound", "author": "agent", "kind": "text", "text": "Hello", "attributes": {}}
        await add(Message, id=message_id, sent_at=NOW, created_at=NOW, **talk, **said)
        await add(Delivery, message_id=message_id, epoch=1, state="pending", due_at=NOW, updated_at=NOW, **talk)
        for answer in answers(rng):
            await add(Answer, contact_id=contact_id, conversation_id=conversation_id, **answer)
        await add(SeenIntent, conversation_id=conversation_id, intent="pricing", evidence=[], **base)
        await add(StageEvent, to_stage="New Lead", cause="start", reason="wrote", evidence=[], **base)
        handed = {"team": "sales", "cause": "rule", "reason": "hot", "brief": [], "state": "returned"}
        when = {"requested_at": NOW, "due_at": NOW}
        await add(Handoff, contact_id=contact_id, conversation_id=conversation_id, **handed, **when)
        await add(ContactEvent, external_id=str(new_id()), name="purchase", data={}, occurred_at=NOW, **base)
    return contact_id


@pytest.fixture
async def second_channel(desk: Desk) -> UUID:
    return (await connect(desk.database, desk.box, ChannelKind.WEBCHAT, {}, {"secret": "s"})).id


async def merge(desk: Desk, kept: UUID, other: UUID) -> UUID:
    async with desk.database.transaction() as connection:
        return await merging.merge(connection, kept, other, "ada@reed-boats.example", desk.clock())


async def undo(desk: Desk, merge_id: UUID) -> None:
    async with desk.database.transaction() as connection:
        await merging.undo(connection, merge_id, desk.clock())


@pytest.mark.parametrize("seed", range(12))
async def test_that_undoing_a_merge_restores_every_row(desk: Desk, second_channel: UUID, seed: int) -> None:
    rng = Random(seed)
    kept = await add_contact(desk, desk.account.id, rng)
    others = [await add_contact(desk, second_channel, rng) for _ in range(2)]
    async with desk.database.transaction() as connection:  # one open conversation on a channel
        await connection.execute(
            text("UPDATE conversations SET mode = 'closed' WHERE contact_id = :id"), {"id": others[1]}
        )
    before = await everything(desk)
    first = await merge(desk, kept, others[0])
    between = await everything(desk)
    second = await merge(desk, kept, others[1])
    assert await desk.scalar("SELECT count(*) FROM identities WHERE contact_id = :id", id=kept) == 3
    await undo(desk, second)
    assert await everything(desk) == between
    await undo(desk, first)
    assert await everything(desk) == before


async def test_that_the_newer_answer_stands_and_the_other_is_history(desk: Desk, second_channel: UUID) -> None:
    kept, other = [await add_contact(desk, each, Random(3)) for each in (desk.account.id, second_channel)]
    async with desk.database.transaction() as connection:
        await connection.execute(text("DELETE FROM answers"))
        for contact, field, value, minute in (
            (kept, "a", 1, 1),
            (other, "a", 2, 2),
            (kept, "b", 3, 9),
            (other, "b", 4, 2),
        ):
            at = NOW + timedelta(minutes=minute)
            values = {"status": "answered", "value": value, "evidence": [], "cause": "agent", "created_at": at}
            await connection.execute(insert(Answer).values(id=new_id(), contact_id=contact, field=field, **values))
    await merge(desk, kept, other)
    rows = await desk.rows("SELECT field, value FROM answers WHERE superseded_at IS NULL ORDER BY field")
    assert [tuple(row) for row in rows] == [("a", 2), ("b", 3)]
    assert await desk.scalar("SELECT count(*) FROM answers WHERE contact_id = :id", id=kept) == 4


@pytest.mark.parametrize(("mine", "theirs"), [(None, 5), (5, None), (7, 5)])
async def test_that_an_opt_out_of_either_holds_for_both(
    desk: Desk, second_channel: UUID, mine: int | None, theirs: int | None
) -> None:
    kept, other = [await add_contact(desk, each, Random(1)) for each in (desk.account.id, second_channel)]
    async with desk.database.transaction() as connection:
        for contact, hour in ((kept, mine), (other, theirs)):
            at = NOW + timedelta(hours=hour) if hour else None
            await connection.execute(
                text("UPDATE contacts SET opted_out_at = :at WHERE id = :id"), {"at": at, "id": contact}
            )
    await merge(desk, kept, other)
    found = await desk.scalar("SELECT opted_out_at FROM contacts WHERE id = :id", id=kept)
    assert found == NOW + timedelta(hours=5)


async def test_that_an_opt_out_after_the_merge_holds_for_both_when_they_part(desk: Desk, second_channel: UUID) -> None:
    kept, other = [await add_contact(desk, each, Random(1)) for each in (desk.account.id, second_channel)]
    async with desk.database.transaction() as connection:
        await connection.execute(text("UPDATE contacts SET opted_out_at = NULL"))
    made = await merge(desk, kept, other)
    async with desk.database.transaction() as connection:
        await connection.execute(
            text("UPDATE contacts SET opted_out_at = :now WHERE id = :id"), {"now": NOW, "id": kept}
        )
    await undo(desk, made)
    assert [row[0] for row in await desk.rows("SELECT opted_out_at FROM contacts")] == [NOW, NOW]


async def test_that_a_merge_leaves_the_stage_of_the_kept_contact(desk: Desk, second_channel: UUID) -> None:
    kept, other = [await add_contact(desk, each, Random(2)) for each in (desk.account.id, second_channel)]
    async with desk.database.transaction() as connection:
        values = {"to_stage": "Customer", "cause": "event", "reason": "paid", "evidence": [], "created_at": NOW}
        await connection.execute(insert(StageEvent).values(id=new_id(), contact_id=other, **values))
    await merge(desk, kept, other)
    newest = await desk.scalar("SELECT to_stage FROM stage_events WHERE contact_id = :id", id=kept)
    assert newest == "New Lead"


async def test_that_a_conversation_since_the_merge_goes_back_with_its_address(desk: Desk, second_channel: UUID) -> None:
    await desk.says("hello", contact="a")
    kept = await desk.scalar("SELECT id FROM contacts")
    assert isinstance(kept, UUID)
    other = await add_contact(desk, second_channel, Random(4))
    async with desk.database.transaction() as connection:
        await connection.execute(text("UPDATE conversations SET mode = 'closed' WHERE contact_id = :id"), {"id": other})
    made = await merge(desk, kept, other)
    async with desk.database.transaction() as connection:
        opened = {"channel_id": second_channel, "address": str(other), "opened_at": NOW, "contact_id": kept}
        await connection.execute(insert(Conversation).values(id=new_id(), mode="agent", **opened))
    await undo(desk, made)
    assert await desk.scalar("SELECT count(*) FROM conversations WHERE contact_id = :id", id=other) == 2
    assert await desk.scalar("SELECT count(*) FROM conversations WHERE contact_id = :id", id=kept) == 1


async def test_that_a_turn_that_runs_meanwhile_notices_and_its_deliveries_go_on(
    desk: Desk, second_channel: UUID
) -> None:
    talk = await desk.says("hello", contact="a")
    await desk.agent_replies(talk)
    other = await desk.scalar("SELECT id FROM contacts")
    kept = await add_contact(desk, second_channel, Random(4))
    assert isinstance(other, UUID)
    before = (await desk.conversation(talk)).epoch
    await merge(desk, kept, other)
    after = (await desk.conversation(talk)).epoch
    assert after > before
    assert await desk.scalar("SELECT epoch FROM deliveries WHERE conversation_id = :id", id=talk) == after


async def test_that_merges_that_cannot_be_are_refused(desk: Desk, second_channel: UUID) -> None:
    kept = await add_contact(desk, desk.account.id, Random(1))
    other = await add_contact(desk, second_channel, Random(1))
    twin = await add_contact(desk, desk.account.id, Random(1))
    async with desk.database.transaction() as connection:
        await connection.execute(text("UPDATE conversations SET mode = 'agent'"))
    for one, another, error in (
        (kept, kept, MergeRefusedError),
        (kept, twin, MergeRefusedError),
        (kept, new_id(), ContactNotFoundError),
    ):
        with pytest.raises(error):
            await merge(desk, one, another)
    made = await merge(desk, kept, other)
    for one, another in ((kept, other), (other, twin)):
        with pytest.raises(MergeRefusedError):
            await merge(desk, one, another)
    await undo(desk, made)
    with pytest.raises(MergeNotFoundError):
        await undo(desk, made)


async def test_that_merges_are_followed_and_taken_back_newest_first(desk: Desk, second_channel: UUID) -> None:
    kept, other, third = [
        await add_contact(desk, each, Random(5)) for each in (desk.account.id, second_channel, second_channel)
    ]
    async with desk.database.transaction() as connection:
        await connection.execute(text("UPDATE conversations SET mode = 'closed'"))
    first = await merge(desk, other, third)
    second = await merge(desk, kept, other)
    async with desk.database.reading() as connection:
        assert await standing(connection, third) == kept
        assert set(await family(connection, kept)) == {kept, other, third}
    with pytest.raises(MergeRefusedError):
        await undo(desk, first)
    await undo(desk, second)
    await undo(desk, first)
    async with desk.database.reading() as connection:
        assert await standing(connection, third) == third


async def test_that_the_same_phone_on_two_channels_is_suggested_once_and_never_after_a_no(desk: Desk) -> None:
    for number, contact in enumerate(("a", "b", "c")):
        person = Person((contact,), phone="+48600100200" if contact != "c" else "+48600100299")
        await desk.take(desk.message("hi", f"m{number}", person=person))
    async with desk.database.reading() as connection:
        [suggestion] = await list_suggested(connection, 10)
    assert suggestion.because == "phone"
    assert suggestion.kept_id < suggestion.other_id
    async with desk.database.transaction() as connection:
        await merging.dismiss(connection, suggestion.id, "ada", desk.clock())
        assert await merging.suggest(connection, suggestion.kept_id, desk.clock()) == 0
        assert await list_suggested(connection, 10) == []


async def test_that_a_suggestion_is_accepted(desk: Desk, second_channel: UUID) -> None:
    kept, other = [await add_contact(desk, each, Random(1)) for each in (desk.account.id, second_channel)]
    async with desk.database.transaction() as connection:
        await connection.execute(text("UPDATE contacts SET email = 'ola@example.com', phone = NULL"))
        assert await merging.suggest(connection, other, desk.clock()) == 1
        [suggestion] = await list_suggested(connection, 10)
        await merging.accept(connection, suggestion.id, "ada", desk.clock())
    async with desk.database.reading() as connection:
        assert await standing(connection, other) == kept
    states = await desk.rows("SELECT state, because FROM contact_merges")
    assert [tuple(row) for row in states] == [("merged", "email")]
