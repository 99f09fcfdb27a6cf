"""What is read from a model's answer."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brains.completion import read_completion
from agent.brains.failure import FailureKind, ModelFailedError, Tokens
from tests.fakes.model_server import call, completion, reply


def failure(body: bytes) -> ModelFailedError:
    """The failure that reading these bytes raises."""
    with pytest.raises(ModelFailedError) as caught:
        read_completion(body)
    return caught.value


def with_message(**message: Any) -> bytes:
    """A completion with exactly this message."""
    return json.dumps({"choices": [{"message": message}]}).encode()


def test_that_every_tool_call_is_read_in_order_with_its_tokens() -> None:
    read = read_completion(completion(call("classify_intent", intent="repair", quote="zip"), reply("Hi")).body)
    assert [asked.name for asked in read.calls] == ["classify_intent", "reply"]
    assert read.calls[0].arguments == {"intent": "repair", "quote": "zip"}
    assert read.tokens == Tokens(1000, 50)


@pytest.mark.parametrize("content", ["Hi there", [{"type": "text", "text": "Hi "}, {"type": "text", "text": "there"}]])
def test_that_plain_text_becomes_a_reply_without_citations(content: object) -> None:
    [asked] = read_completion(completion(content=content).body).calls
    assert (asked.name, asked.arguments) == ("reply", {"text": "Hi there", "citations": [], "asks": None})


def test_that_thoughts_written_into_the_text_are_not_part_of_the_reply() -> None:
    [asked] = read_completion(completion(content="<think>they want\na zip</think>\nHi").body).calls
    assert asked.arguments == {"text": "Hi", "citations": [], "asks": None}


def test_that_arguments_which_are_no_json_are_passed_on_as_they_are() -> None:
    [asked] = read_completion(completion({"name": "reply", "arguments": '{"text": "Hel'}).body).calls
    assert asked.arguments == '{"text": "Hel'


def test_that_arguments_sent_as_an_object_are_understood() -> None:
    body = with_message(tool_calls=[{"function": {"name": "reply", "arguments": {"text": "Hi"}}}])
    assert read_completion(body).calls[0].arguments == {"text": "Hi"}


@given(st.lists(st.sampled_from([None, "", "a", "call_0", "call_1", "call_2"]), min_size=1, max_size=8))
def test_that_every_call_has_an_id_of_its_own(ids: list[str | None]) -> None:
    body = with_message(tool_calls=[{"id": given, "function": {"name": "reply", "arguments": "{}"}} for given in ids])
    read = [asked.id for asked in read_completion(body).calls]
    assert all(read)
    assert len(set(read)) == len(ids)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FailureKind.UNREADABLE),
        (b"<html>Bad gateway</html>", FailureKind.UNREADABLE),
        (b"[1, 2]", FailureKind.UNREADABLE),
        (b'{"choices": []}', FailureKind.UNREADABLE),
        (b'{"error": {"message": "overloaded"}}', FailureKind.UNREADABLE),
        (b'{"choices": [{"message": {"content": "x"}}', FailureKind.UNREADABLE),
        (completion(content="").body, FailureKind.UNREADABLE),
        (completion(content="<think>still thinking").body, FailureKind.UNREADABLE),
        (completion(refusal="I can't help with that").body, FailureKind.REFUSED),
        (completion(content="Hm", finish_reason="content_filter").body, FailureKind.REFUSED),
        (completion(content="We charge 12 E", finish_reason="length").body, FailureKind.TRUNCATED),
        (completion({"name": "reply", "arguments": '{"te'}, finish_reason="length").body, FailureKind.TRUNCATED),
    ],
)
def test_that_an_unusable_answer_says_why(body: bytes, kind: FailureKind) -> None:
    assert failure(body).kind is kind


def test_that_the_complete_calls_of_a_truncated_answer_are_kept() -> None:
    body = completion(reply("Hi"), {"name": "record_answer", "arguments": '{"fie'}, finish_reason="length").body
    assert [asked.arguments for asked in read_completion(body).calls][1:] == ['{"fie']


def test_that_a_refusal_still_counts_its_tokens() -> None:
    assert failure(completion(refusal="no", tokens=(7, 3)).body).tokens == Tokens(7, 3)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "function", "x"]), inner),
    max_leaves=8,
)


@given(st.binary(max_size=60) | st.builds(lambda value: json.dumps(value).encode(), JSON))
def test_that_arbitrary_bytes_raise_nothing_but_a_model_failure(body: bytes) -> None:
    assert failure(body).kind is FailureKind.UNREADABLE


@given(JSON, JSON, JSON)
def test_that_arbitrary_messages_are_read_or_refused(content: object, calls: object, arguments: object) -> None:
    bodies = (
        with_message(content=content, tool_calls=calls),
        with_message(tool_calls=[{"id": "a", "function": {"name": "reply", "arguments": arguments}}]),
    )
    for body in bodies:
        with suppress(ModelFailedError):
            assert read_completion(body).calls
