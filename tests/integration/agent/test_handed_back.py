"""After a person has talked to the contact, the agent goes on from there."""

from datetime import timedelta
from uuid import UUID

import pytest

from agent.brains.offline.brain import OfflineBrain
from agent.brains.wire import request_body
from frontdesk.conversations.ownership import HumanMessage, locked, send_as_human
from frontdesk.db.engine import Database
from frontdesk.playbook.models import Playbook
from frontdesk.playbook.texts import StandingText, standing_text, standing_wordings
from knowledge.embedding import UseEmbedder
from tests.fakes.brains import ScriptedBrain, reply
from tests.fakes.travel import travel_playbook
from tests.integration.agent.desk import Desk, Ticking
from tests.integration.agent.talk import MONDAY, Documents, Talk


def at_once() -> Playbook:
    """The example playbook, answering without waiting for more messages."""
    playbook, now = travel_playbook(), timedelta(0)
    limits = playbook.limits.model_copy(update={"quiet_window": now, "quiet_window_cap": now})
    return playbook.model_copy(update={"limits": limits})


@pytest.fixture
async def talk(database: Database, embedder: UseEmbedder) -> Talk:
    desk = Desk(database, OfflineBrain(embedder), playbook=at_once(), library=Documents(), clock=Ticking(MONDAY))
    return Talk(await desk.open(), "ana")


async def writes(desk: Desk, conversation_id: UUID, words: str) -> None:
    """The person who took over writes."""
    async with desk.database.transaction() as connection:
        conversation = await locked(connection, conversation_id)
        await send_as_human(connection, conversation, HumanMessage(words, "bo"), desk.jobs, desk.clock())


async def the_conversation(desk: Desk) -> UUID:
    found = (await desk.one("SELECT id FROM conversations"))["id"]
    assert isinstance(found, UUID)
    return found


def begins_anew(text: str, language: str) -> bool:
    """Whether a reply greets, or says who is speaking."""
    playbook = at_once()
    greetings = standing_wordings(playbook, StandingText.GREETING, language)
    return any(said in text for said in (*greetings, standing_text(playbook, StandingText.AI_DISCLOSURE, language)))


def asks_for(name: str, text: str, language: str) -> bool:
    """Whether a reply asks for a field, in either wording of the playbook."""
    field = at_once().field(name)
    assert field is not None
    assert isinstance(field.ask, dict)
    assert isinstance(field.ask_again, dict)
    return field.ask[language] in text or field.ask_again[language] in text


@pytest.mark.parametrize(
    ("language", "wish", "summary", "then"),
    [
        (
            "en",
            "Can I talk to a person, please?",
            "So you are 4 people and would like to go to Rome in May.",
            "anna@firma.pl",
        ),
        (
            "pl",
            "Chcę rozmawiać z człowiekiem",
            "Czyli jadą państwo do Rzymu w maju, 4 osoby.",
            "anna@firma.pl",
        ),
        (
            "es",
            "Quiero hablar con una persona",
            "Entonces son 4 personas y quieren ir a Roma en mayo.",
            "anna@firma.pl",
        ),
        (
            "zh",
            "我要人工客服",
            "那么你们一共4个人，五月去罗马。",
            "anna@firma.pl",
        ),
    ],
)
async def test_that_what_a_person_summed_up_is_not_asked_again(
    talk: Talk, language: str, wish: str, summary: str, then: str
) -> None:
    await talk.says(wish)
    conversation_id = await the_conversation(talk.desk)
    await talk.desk.take_over(conversation_id)
    await writes(talk.desk, conversation_id, summary)
    await talk.desk.hand_back(conversation_id)
    text = await talk.says(then)
    assert not begins_anew(text, language)
    assert {name for name in ("destination", "dates", "travellers", "budget") if asks_for(name, text, language)} == {
        "budget"
    }


async def test_that_what_the_contact_told_the_person_is_recorded_with_their_words(talk: Talk) -> None:
    await talk.says("Can I talk to a person, please?")
    conversation_id = await the_conversation(talk.desk)
    await talk.desk.take_over(conversation_id)
    await writes(talk.desk, conversation_id, "Hello, how can I help?")
    await talk.desk.says("We are 4 people and would like to go to Rome in May", contact="ana")
    await writes(talk.desk, conversation_id, "Lovely, my colleague will note the rest.")
    await talk.desk.hand_back(conversation_id)
    text = await talk.says("ok, our budget is 3000 euros")
    recorded = await talk.recorded()
    assert {"destination", "dates", "travellers", "budget"} <= recorded.keys()
    rows = await talk.desk.rows("SELECT evidence FROM answers WHERE field = 'travellers'")
    assert rows[0]["evidence"][0]["quote"] in "We are 4 people and would like to go to Rome in May"
    assert not begins_anew(text, "en")


async def test_that_a_correction_after_the_hand_back_holds(talk: Talk) -> None:
    await talk.says("Can I talk to a person, please?")
    conversation_id = await the_conversation(talk.desk)
    await talk.desk.take_over(conversation_id)
    await talk.desk.says("We are 4 people", contact="ana")
    await writes(talk.desk, conversation_id, "Noted.")
    await talk.desk.hand_back(conversation_id)
    await talk.says("We are 6 people now, to Rome")
    recorded = await talk.recorded()
    assert recorded["travellers"] == 6


async def test_that_the_agent_does_not_introduce_itself_again_after_a_long_talk_of_a_person(database: Database) -> None:
    desk = Desk(database, ScriptedBrain([[reply("Yes, we do.")], [reply("Gladly.")]]), playbook=at_once())
    await desk.open()
    await desk.answers("Do you go to Rome?")
    conversation_id = await the_conversation(desk)
    await desk.take_over(conversation_id)
    for number in range(45):
        await writes(desk, conversation_id, f"Message {number}")
    await desk.hand_back(conversation_id)
    await desk.answers("Thanks, and to Crete?")
    rows = await desk.rows("SELECT text FROM messages WHERE author = 'agent' ORDER BY seq")
    assert [begins_anew(row["text"], "en") for row in rows] == [True, False]


async def test_that_a_model_sees_what_the_person_wrote_and_that_it_was_a_person(database: Database) -> None:
    brain = ScriptedBrain([[reply("Hello.")], [reply("Gladly.")]])
    desk = await Desk(database, brain, playbook=at_once()).open()
    await desk.answers("Do you go to Rome?")
    conversation_id = await the_conversation(desk)
    await desk.take_over(conversation_id)
    await writes(desk, conversation_id, "You are four, in May.")
    await desk.hand_back(conversation_id)
    await desk.answers("Yes")
    shown = str(request_body(brain.views[-1])["messages"])
    assert "[written by a colleague, a person] You are four, in May." in shown
