"""Whatever the model does, the contact has a reply by the playbook's deadline."""

import time
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from tests.acceptance.conftest import DEADLINE_SECONDS, Mood
from tests.acceptance.service import Json
from tests.acceptance.town import Town
from tests.fakes.model_server import Answer, ModelServer, call, completion, error, reply
from tests.fakes.patience import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

OVERHEAD_SECONDS = 2.5
"""The quiet window of a second, and storing, waking and sending on a busy machine."""

TROUBLES: Mapping[str, Callable[[], Answer]] = {
    "slow beyond the deadline": lambda: completion(content="Too late.", delay=60),
    "too many requests": lambda: error(429, "rate_limit_exceeded", {"Retry-After": "30"}),
    "out of credit": lambda: error(429, "insufficient_quota"),
    "internal error": lambda: error(500),
    "broken JSON": lambda: Answer(200, b'{"id": "chatcmpl-1", "choices": [{"mess'),
    "a web page": lambda: Answer(200, b"<html><body>Bad gateway</body></html>", {"Content-Type": "text/html"}),
    "broken arguments": lambda: completion({"name": "reply", "arguments": '{"text": "Hel'}),
    "an unknown tool": lambda: completion(call("delete_everything")),
    "a refusal": lambda: completion(refusal="I cannot help with that."),
    "an empty answer": lambda: completion(content=""),
    "a closed connection": lambda: Answer(hang_up=True),
}


@pytest.fixture(scope="module")
def lone_worker(modelled: Town) -> Iterator[Town]:
    """One worker only: each remembers for itself how often the model has failed it."""
    second = modelled.service.processes["worker-2"]
    second.kill()
    yield modelled
    second.start()


@pytest_asyncio.fixture(loop_scope="session")
async def healthy(lone_worker: Town, mood: Mood, request: pytest.FixtureRequest) -> Town:
    """A model that answers: so no earlier trouble is remembered against it, and no start-up is measured."""
    mood.answer = lambda: completion(reply("Hello! How can I help you?"))
    known = await answer_to(lone_worker, f"before {request.node.name}")
    assert known["brain"] == "openai", known
    return lone_worker


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_that_the_contact_is_answered_by_the_deadline(
    healthy: Town, model: ModelServer, mood: Mood, trouble: str
) -> None:
    asked = len(model.received)
    mood.answer = TROUBLES[trouble]
    await answer_to(healthy, trouble)
    assert len(model.received) > asked


async def test_that_the_contact_is_answered_while_the_model_server_is_down(healthy: Town, model: ModelServer) -> None:
    port = urlsplit(model.base_url).port
    assert port is not None
    await model.stop()
    try:
        answer = await answer_to(healthy, "down")
    finally:
        await model.start(port)
    assert answer["brain"] == "offline"


async def answer_to(town: Town, contact: str) -> Json:
    """What a contact is sent who says hello; fails if it is nothing, or comes too late."""
    started = time.monotonic()
    await town.site.says(contact, "Hello! I would like to travel with my family.")
    await until(
        lambda: town.site.messages_to(contact),
        DEADLINE_SECONDS + OVERHEAD_SECONDS,
        f"an answer by the deadline of {DEADLINE_SECONDS:g} s",
    )
    assert time.monotonic() - started <= DEADLINE_SECONDS + OVERHEAD_SECONDS
    [answer] = town.site.messages_to(contact)
    assert str(answer["text"]).strip()
    return answer
