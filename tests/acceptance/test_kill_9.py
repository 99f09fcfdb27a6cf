"""Processes killed at a hundred random moments under load: nothing lost, nothing done twice, order kept."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable
from itertools import pairwise
from random import Random

import pytest
import pytest_asyncio

from tests.acceptance.load import Load, steady_load
from tests.acceptance.processes import ServiceProcess, Start
from tests.acceptance.service import Json
from tests.acceptance.town import Town, running_town
from tests.fakes.model_server import ModelServer, completion, reply
from tests.fakes.patience import until

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(600)]

SEED = 20_261_122
KILLS = 100
CONTACTS = 30
PAUSES = (3.0, 7.0)
"""Seconds between two messages of one contact."""
BETWEEN_KILLS = (0.0, 1.2)
"""Seconds."""
KILLED_WHILE_STARTING = 0.2
"""The share of kills that do not wait until their victim is at work."""
START_SECONDS = 60.0
QUIET_SECONDS = 90.0
"""By then everything that was interrupted has to be finished: an unknown outcome is looked into after 16 s."""

_OPEN = """
    SELECT (SELECT count(*) FROM conversations WHERE inbound_seq > answered_seq) AS unanswered,
           (SELECT count(*) FROM deliveries WHERE state IN ('pending', 'sending')) AS undelivered
"""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A fast model, two workers, and sweeps that look often."""
    directory = tmp_path_factory.mktemp("killed")
    answering = ModelServer(lambda _: completion(reply("Thank you, that is noted.")), delay=0.05)
    async with (
        answering.running() as model,
        running_town(
            directory,
            limits={"quiet_window": "0.1s", "turn_deadline": "10s"},
            workers=2,
            start_as=Start.FORKED,
            OPENAI_API_KEY="a-key-of-the-tests",
            OPENAI_BASE_URL=model.base_url,
            FRONTDESK_SWEEP_SECONDS="0.5",
            FRONTDESK_STALLED_SECONDS="3",
            FRONTDESK_RECONCILE_SECONDS="1",
        ) as running,
    ):
        yield running


async def test_that_killed_processes_lose_nothing_and_do_nothing_twice(town: Town) -> None:
    rng = Random(SEED)
    async with steady_load(town, CONTACTS, rng, PAUSES) as load:
        killed = await kill_at_random_moments(town, rng)
        [served] = await town.service.rows("SELECT count(*) AS turns FROM turns")
    await town.whatsapp.reported()
    await everything_is_finished(town)

    assert killed.total() >= KILLS
    assert min(killed.values()) >= KILLS // 5, killed
    assert served["turns"] > KILLS, "too little was going on while processes were killed"
    await assert_stored_once_and_in_order(town, load)
    await assert_covered_by_one_turn_each(town)
    await assert_delivered_once_and_in_order(town)


async def kill_at_random_moments(town: Town, rng: Random) -> Counter[str]:
    """Kill one process after the other, starting each again at once; returns how often each was killed."""
    killed: Counter[str] = Counter()
    for _ in range(KILLS):
        name = rng.choice(sorted(town.service.processes))
        process = town.service.processes[name]
        if rng.random() >= KILLED_WHILE_STARTING:
            await comes_to_work(process)
        await asyncio.sleep(rng.uniform(*BETWEEN_KILLS))
        assert process.is_running, f"{name} has ended by itself"
        await asyncio.to_thread(process.kill)
        await asyncio.to_thread(process.start)
        killed[name] += 1
    return killed


async def comes_to_work(process: ServiceProcess) -> None:
    """Wait until a process that was killed before is up again."""
    await until(lambda: process.is_at_work, START_SECONDS, f"{process.log.stem} is at work")


async def everything_is_finished(town: Town) -> None:
    """Wait until no message is unanswered and no delivery open."""
    deadline = time.monotonic() + QUIET_SECONDS
    while True:
        [still] = await town.service.rows(_OPEN)
        if not any(still.values()):
            return
        assert time.monotonic() < deadline, still
        await asyncio.sleep(0.5)


async def assert_stored_once_and_in_order(town: Town, load: Load) -> None:
    """Each message that a channel was told is stored, is stored once, in the order in which its contact wrote."""
    rows = await town.service.rows(
        """
        SELECT conversations.address, messages.external_id
        FROM messages JOIN conversations ON conversations.id = messages.conversation_id
        WHERE messages.direction = 'in' ORDER BY conversations.id, messages.seq
        """
    )
    assert _grouped(rows, "address", "external_id") == dict(load.said)
    assert len(load.said) == CONTACTS
    assert all(len(ids) > 10 for ids in load.said.values())


async def assert_covered_by_one_turn_each(town: Town) -> None:
    """The turns of a conversation join up without gap or overlap, and reach its newest message."""
    turns = await town.service.rows(
        "SELECT conversation_id, after_seq, through_seq, outcome FROM turns ORDER BY conversation_id, through_seq"
    )
    newest = await town.service.rows("SELECT id AS conversation_id, inbound_seq FROM conversations")
    by_conversation: dict[object, list[Json]] = defaultdict(list)
    for turn in turns:
        by_conversation[turn["conversation_id"]].append(turn)
    assert len(by_conversation) == CONTACTS
    for row in newest:
        ranges = by_conversation[row["conversation_id"]]
        assert ranges[0]["after_seq"] == 0
        assert all(earlier["through_seq"] == later["after_seq"] for earlier, later in pairwise(ranges))
        assert ranges[-1]["through_seq"] == row["inbound_seq"]
    replies = await town.service.rows("SELECT turn_id FROM messages WHERE direction = 'out'")
    assert {turn["outcome"] for turn in turns} == {"replied"}
    assert len({row["turn_id"] for row in replies}) == len(replies) == len(turns)


async def assert_delivered_once_and_in_order(town: Town) -> None:
    """Every reply reached its contact, in order, and twice at most where the channel cannot tell."""
    deliveries = await town.service.rows(
        """
        SELECT deliveries.id::text, messages.id::text AS message_id, deliveries.state, channels.kind,
               conversations.address
        FROM deliveries
        JOIN messages ON messages.id = deliveries.message_id
        JOIN conversations ON conversations.id = deliveries.conversation_id
        JOIN channels ON channels.id = deliveries.channel_id
        ORDER BY conversations.id, messages.seq
        """
    )
    assert {row["state"] for row in deliveries} <= {"sent", "delivered"}
    ours = {kind: _grouped((row for row in deliveries if row["kind"] == kind), "address", "id") for kind in KINDS}

    accepted: dict[str, list[str]] = defaultdict(list)
    for message in town.whatsapp.accepted:
        accepted[message.to].append(str(message.reference))
    assert accepted == ours["whatsapp"]

    received: dict[str, list[str]] = defaultdict(list)
    for each in town.site.received:
        contact = each.data["contact"]
        assert isinstance(contact, dict)
        received[contact["id"]].append(each.webhook_id)
    assert received == ours["generic"]
    assert not town.site.refused

    for address, references in ours["telegram"].items():
        assert len(town.telegram.texts_to(address)) >= len(references)


KINDS = ("telegram", "whatsapp", "generic")


def _grouped(rows: Iterable[Json], by: str, what: str) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        grouped[row[by]].append(row[what])
    return dict(grouped)
