"""The offline brain with its real embeddings."""

from dataclasses import replace

import pytest

from agent.brains.offline.brain import OfflineBrain
from agent.brains.protocol import Round
from frontdesk.lifecycle.facts import AnswerFact
from frontdesk.playbook.texts import StandingText, standing_text
from knowledge.embedding import UseEmbedder
from tests.fakes.travel import travel_playbook, travel_view


async def intents(embedder: UseEmbedder, text: str, language: str) -> set[object]:
    decision = await OfflineBrain(embedder).decide(travel_view(text, language=language))
    return {
        call.arguments["intent"]
        for call in decision.calls
        if call.name == "classify_intent" and isinstance(call.arguments, dict)
    }


@pytest.mark.parametrize(
    ("language", "text", "intent"),
    [
        ("en", "what is the price for one person?", "pricing"),
        ("pl", "a ile to kosztuje za jedną osobę?", "pricing"),
        ("es", "me gustaría cancelar y que me devuelvan el dinero", "refund"),
        ("zh", "去中国要办签证吗", "visa"),
        ("en", "can I talk to a real person please", "wants_human"),
        ("pl", "chcę rozmawiać z człowiekiem", "wants_human"),
        ("es", "prefiero hablar con una persona", "wants_human"),
        ("zh", "转人工", "wants_human"),
        ("en", "STOP", "opt_out"),
        ("en", "we already booked with another agency", "chose_competitor"),
        ("en", "are you hiring? I'd like to send you my CV", "job_seeker"),
    ],
)
async def test_that_an_intent_is_seen(embedder: UseEmbedder, language: str, text: str, intent: str) -> None:
    assert intent in await intents(embedder, text, language)


async def test_that_small_talk_shows_no_business_intent(embedder: UseEmbedder) -> None:
    assert await intents(embedder, "my neighbour's cat is purple", "en") == set()


@pytest.mark.parametrize("yes", ["yes please", "sure", "ok"])
async def test_that_yes_to_the_offer_of_a_person_hands_off(embedder: UseEmbedder, yes: str) -> None:
    offer = standing_text(travel_playbook(), StandingText.UNKNOWN_ANSWER, "en")
    decision = await OfflineBrain(embedder).decide(travel_view(yes, asked_text=offer))
    assert "hand_off" in {call.name for call in decision.calls}


async def test_that_every_decision_ends_with_one_reply(embedder: UseEmbedder) -> None:
    for text in ("hi", "", "Rome, 4 people, 3000 EUR", "!!!", "why?"):
        decision = await OfflineBrain(embedder).decide(travel_view(text))
        assert [call.name for call in decision.calls].count("reply") == 1
        assert decision.calls[-1].name == "reply"
        assert decision.usage.model_calls == 0


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "Lizbona w kwietniu, 3 osoby, budżet 2500 euro"),
        ("en", "Crete in August, 5 people, 4500 EUR"),
        ("es", "somos cuatro, en mayo, a Roma, unos 3000 euros"),
        ("zh", "我们四个人，五月去里斯本，预算三千欧元"),
    ],
)
async def test_that_a_second_round_of_a_turn_sees_nothing_else_in_the_same_words(
    embedder: UseEmbedder, language: str, text: str
) -> None:
    brain, view = OfflineBrain(embedder), travel_view(text, language=language)
    first = await brain.decide(view)
    recorded = [call.arguments for call in first.calls if call.name == "record_answer"]
    fields = [str(given["field"]) for given in recorded if isinstance(given, dict)]
    assert len(fields) >= 3
    facts = replace(view.facts, answers={name: AnswerFact("known") for name in fields})
    again = replace(view, rounds=(Round(first.calls, ()),), facts=facts, missing=())
    second = await brain.decide(again)
    assert [call for call in second.calls if call.name == "classify_intent"] == []
