"""A whole conversation in each language over each wire: answered, qualified, handed over, and given back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from frontdesk.playbook.loading import load_playbook
from frontdesk.playbook.models import Playbook
from frontdesk.playbook.scalars import text_in
from tests.acceptance.service import EXAMPLE, Json
from tests.acceptance.town import Town, Wire
from tests.acceptance.travellers import TRAVELLERS, Question, Traveller
from tests.fakes.patience import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

REPLY_SECONDS = 20.0
MOST_TURNS = 12
_TELLS_WHEN = re.compile(r"(?<!\d)(15|0?9:00|10:00)(?!\d)")
"""The playbook's 15 minutes if the office is open, else the hour at which it opens."""
_COMMON_WORDS: Mapping[str, str] = {
    "en": "the and to of a is are i you your we can will would how many which this here at for in",
    "pl": "i w na do się jest czy to nie jaki jaką kiedy dla ile osób my tutaj osoba od za tu można",
    "es": "el la los las de del y a en es para su con le por cuál cuándo qué una aquí puede cuántas",
}


@dataclass(slots=True)
class Conversation:
    """A contact at one wire."""

    town: Town
    wire: Wire
    address: str
    traveller: Traveller
    playbook: Playbook
    asked: list[str] = field(default_factory=list)
    """The fields that were asked for, in order."""

    async def say(self, text: str) -> str:
        """Write, and return the one reply."""
        known = len(self.wire.texts_to(self.address))
        await self.wire.says(self.address, text)
        return await self.hears(known)

    async def hears(self, known: int) -> str:
        """The next message on the wire after so many."""
        await until(
            lambda: len(self.wire.texts_to(self.address)) > known,
            REPLY_SECONDS,
            f"a message to {self.address} after {self.wire.texts_to(self.address)}",
        )
        reply = self.wire.texts_to(self.address)[known]
        assert detected(reply) == self.traveller.language, reply
        return reply

    async def shown(self) -> Json:
        """The conversation as the REST API shows it."""
        return await self.town.service.conversation(self.address)

    def asks(self, reply: str) -> str | None:
        """The field that a reply asks for; fails if it asks for two, or for one that was asked before."""
        assert len(re.findall(r"[?？]", reply)) <= 1, f"more than one question: {reply}"
        found = [each.name for each in self.playbook.fields if any(text in reply for text in self._wordings(each.name))]
        assert len(found) <= 1, f"asks for {found}: {reply}"
        assert not set(found) & set(self.asked), f"asks for {found} again: {reply}"
        self.asked.extend(found)
        return found[0] if found else None

    def _wordings(self, name: str) -> list[str]:
        asked = self.playbook.field(name)
        assert asked is not None
        wordings = [asked.ask, *([asked.ask_again] if asked.ask_again is not None else [])]
        return [text_in(wording, self.traveller.language, "en") for wording in wordings]


def detected(text: str) -> str:
    """The language of a text by its commonest words: a judge that the service has no hand in."""
    if re.search(r"[\u4e00-\u9fff]", text):
        return "zh"
    words = set(re.findall(r"\w+", text.lower()))
    return max(_COMMON_WORDS, key=lambda language: len(words & set(_COMMON_WORDS[language].split())))


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return load_playbook(EXAMPLE / "playbook.yaml").playbook


@pytest.mark.parametrize("language", TRAVELLERS)
@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
async def test_that_a_lead_is_answered_qualified_handed_over_and_given_back(
    town: Town, playbook: Playbook, channel: str, language: str
) -> None:
    number = list(TRAVELLERS).index(language)
    wire, address = (town.telegram, f"810{number}") if channel == "telegram" else (town.whatsapp, f"4860081000{number}")
    conversation = Conversation(town, wire, address, TRAVELLERS[language], playbook)

    farewell = await qualify(conversation)
    assert _TELLS_WHEN.search(farewell), f"does not say when a person answers: {farewell}"
    shown = await conversation.shown()
    assert_qualified(shown, conversation.traveller)
    assert_handed_over(shown, conversation.traveller)

    await talk_to_a_person(conversation, shown["id"])
    await is_served_by_the_agent_again(conversation)


async def qualify(conversation: Conversation) -> str:
    """Ask a question, then answer what is asked, until a person takes over; returns what the contact is told then."""
    reply = await conversation.say(conversation.traveller.first.text)
    await assert_answered(conversation, conversation.traveller.first, reply)
    for _ in range(MOST_TURNS):
        field = conversation.asks(reply)
        shown = await conversation.shown()
        if shown["mode"] == "human":
            return reply
        assert field is not None, f"neither asks nor hands over: {reply}"
        reply = await conversation.say(conversation.traveller.answers[field])
    raise AssertionError(f"still not handed over; asked for {conversation.asked}")


async def assert_answered(conversation: Conversation, question: Question, reply: str) -> None:
    """The reply holds the answer and cites the document that it stands in."""
    assert question.answered_with in reply, reply
    newest = (await conversation.shown())["messages"][-1]
    assert newest["text"] == reply
    cited = [citation["document"] for citation in newest["citations"]]
    assert any(question.document in document for document in cited), cited


def assert_qualified(shown: Json, traveller: Traveller) -> None:
    """Every required field is answered in the contact's own words, and the stage moved on their evidence."""
    assert shown["stage"] == "Hot Lead"
    answered = {answer["field"]: answer for answer in shown["answers"]}
    assert {"destination", "dates", "travellers", "budget", "email"} <= set(answered)
    for answer in answered.values():
        assert_evidence(answer["evidence"], shown)
    move = shown["stage_events"][-1]
    assert (move["from_stage"], move["to_stage"]) == ("New Lead", "Hot Lead")
    assert_evidence(move["evidence"], shown)


def assert_handed_over(shown: Json, traveller: Traveller) -> None:
    """One hand-off, to the right team, with a brief whose every line is proved."""
    [handoff] = shown["handoffs"]
    assert (handoff["team"], handoff["state"]) == (traveller.team, "waiting")
    assert shown["team"] == traveller.team
    assert len(handoff["brief"]) >= 5
    for line in handoff["brief"]:
        assert_evidence(line["evidence"], shown)


def assert_evidence(evidence: list[Json], shown: Json) -> None:
    """There is some, and each quote stands where it says in a message of the contact."""
    said = {message["id"]: message["text"] for message in shown["messages"] if message["author"] == "contact"}
    assert evidence
    for quoted in evidence:
        assert said[quoted["message_id"]][quoted["start"] : quoted["end"]] == quoted["quote"]
        assert quoted["quote"].strip()


async def talk_to_a_person(conversation: Conversation, conversation_id: str) -> None:
    """A person claims the hand-off, writes on the wire, hears the contact alone, and hands back."""
    service, traveller, wire = conversation.town.service, conversation.traveller, conversation.wire
    await service.act(conversation_id, "takeover", person="Kasia")
    known = len(wire.texts_to(conversation.address))
    await service.act(conversation_id, "messages", person="Kasia", text=traveller.human)
    assert await conversation.hears(known) == traveller.human
    await wire.says(conversation.address, traveller.human)
    await service.act(conversation_id, "messages", person="Kasia", text=traveller.human)
    assert await conversation.hears(known + 1) == traveller.human
    returned = await service.act(conversation_id, "return", person="Kasia")
    assert returned["mode"] == "agent"


async def is_served_by_the_agent_again(conversation: Conversation) -> None:
    """A later question is answered; nothing is asked again, nobody is called again."""
    reply = await conversation.say(conversation.traveller.later.text)
    await assert_answered(conversation, conversation.traveller.later, reply)
    assert conversation.asks(reply) is None
    shown = await conversation.shown()
    assert shown["mode"] == "agent"
    assert [handoff["state"] for handoff in shown["handoffs"]] == ["returned"]
    assert shown["stage"] == "Hot Lead"
    answered_by = [message["author"] for message in shown["messages"][-5:]]
    assert answered_by == ["human", "contact", "human", "contact", "agent"]
