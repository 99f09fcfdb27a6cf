"""The intents that the offline brain sees, with its real embeddings."""

import asyncio
import time

import pytest

from agent.brains.offline.intents import IntentClassifier
from frontdesk.playbook.models import Playbook
from knowledge.embedding import UseEmbedder
from tests.fakes.travel import travel_playbook


@pytest.fixture(scope="module")
def classifier(embedder: UseEmbedder) -> IntentClassifier:
    return IntentClassifier(embedder)


async def names(classifier: IntentClassifier, text: str) -> list[str]:
    return [seen.name for seen in await classifier.classify(text, travel_playbook())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("how much is it and can I pay in zloty? also call me", ["pricing", "payment_methods", "wants_human"]),
        ("¿Cuánto cuesta por persona y hay descuento para grupos?", ["pricing", "group_discount"]),
        ("Czy potrzebna jest wiza do Chin i co obejmuje ubezpieczenie?", ["visa", "insurance"]),
        ("去中国要签证吗？另外可以分期付款吗", ["visa", "payment_methods"]),
    ],
)
async def test_that_every_clause_is_seen(classifier: IntentClassifier, text: str, expected: list[str]) -> None:
    seen = await classifier.classify(text, travel_playbook())
    assert [intent.name for intent in seen] == expected
    assert all(intent.quote in text and intent.quote != text for intent in seen)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Sorry, we went with a different agency", "chose_competitor"),
        ("Ya no nos interesa, gracias", "not_interested"),
        ("Szukam pracy, czy macie wolne stanowiska?", "job_seeker"),
        ("点击链接，日赚三千，稳赚不赔", "spam"),
        ("you stupid bastards, go to hell", "spam"),
    ],
)
async def test_that_what_ends_the_talk_is_seen_alone(classifier: IntentClassifier, text: str, ends: str) -> None:
    assert await names(classifier, text) == [ends]


@pytest.mark.parametrize(
    "text",
    [
        "The museum does not interest me, how much is the boat trip?",
        "My husband is looking for a job, so we cannot fix the date yet",
        "How do your prices compare with other agencies?",
        "damn, that's expensive, anything cheaper?",
        "No me llamen antes de las diez",
        "Nie chcę hotelu z basenem, tylko mały pensjonat",
        "不要太早出发",
        "Could the bus stop at our school?",
    ],
)
async def test_that_an_ordinary_message_neither_ends_the_talk_nor_acts(classifier: IntentClassifier, text: str) -> None:
    decisive = {"chose_competitor", "job_seeker", "not_interested", "spam", "opt_out", "wants_human"}
    assert not decisive & set(await names(classifier, text))


async def test_that_a_new_intent_works_from_its_examples_at_once(classifier: IntentClassifier) -> None:
    known = travel_playbook()
    parking = {"name": "parking", "examples": ["Where can we park?", "Is there a car park?", "Is parking free?"]}
    content = {"business": {"name": "Acme"}, "intents": [intent.model_dump() for intent in known.intents] + [parking]}
    playbook = Playbook.model_validate(content)
    assert [seen.name for seen in await classifier.classify("is there a place to park our car?", playbook)] == [
        "parking"
    ]


async def test_that_a_playbook_without_intents_still_has_the_built_in_ones(classifier: IntentClassifier) -> None:
    bare = Playbook.model_validate({"business": {"name": "Acme"}})
    assert [seen.name for seen in await classifier.classify("are you hiring drivers?", bare)] == ["job_seeker"]
    assert [seen.name for seen in await classifier.classify("is the lake cold?", bare)] == []


async def longest_hold(classifier: IntentClassifier) -> float:
    """The longest that the loop waited (seconds) while messages were classified."""
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - before)

    watching = asyncio.create_task(watch())
    for text in ("what is the price? and is it insured", "hello " * 300, "去罗马要多少钱，几点开门"):
        await classifier.classify(text, travel_playbook())
    watching.cancel()
    return longest


async def test_that_the_event_loop_is_not_held_up(classifier: IntentClassifier) -> None:
    await classifier.prepare(travel_playbook())
    # The best of three: what else the machine does at that moment is not ours.
    assert min([await longest_hold(classifier) for _ in range(3)]) < 0.05


class Opinion:
    """A second model that is sure of one intent and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def similarities(self, query: str, passages: object) -> list[float] | None:
        self.asked += 1
        return None


async def test_that_a_clear_message_does_not_trouble_the_second_model(embedder: UseEmbedder) -> None:
    opinion = Opinion()
    classifier = IntentClassifier(embedder, opinion)
    assert await names(classifier, "Do I need a visa for China?") == ["visa"]
    assert opinion.asked == 0
