"""Read a chat completion (the OpenAI wire): what a model asked for, whatever shape it is in."""

import re
from dataclasses import dataclass
from typing import NoReturn

import orjson
from pydantic import BaseModel, JsonValue, NonNegativeInt, ValidationError

from agent.brains.failure import FailureKind, ModelFailedError, Tokens
from frontdesk.text import storable
from tools.execute import ToolCall

_THINKING = re.compile(r"<think>.*?(</think>|\Z)", re.DOTALL)
"""Some open models write their thoughts into the answer."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A usable answer: at least one call."""

    calls: tuple[ToolCall, ...]
    tokens: Tokens
    finish_reason: str | None = None
    model: str | None = None


class _Function(BaseModel):
    name: str
    arguments: JsonValue = None


class _Call(BaseModel):
    id: str | None = None
    function: _Function


class _Part(BaseModel):
    text: str | None = None


class _Message(BaseModel):
    content: str | list[_Part] | None = None
    refusal: str | None = None
    tool_calls: list[_Call] | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: NonNegativeInt | None = None
    completion_tokens: NonNegativeInt | None = None


class _Body(BaseModel):
    choices: list[_Choice]
    usage: _Usage | None = None
    model: str | None = None


def read_completion(body: bytes) -> Completion:
    """Return the calls that the model asked for; plain text becomes a proposed `reply` without citations.

    Arguments that are no JSON are passed on as they are, for the tool to refuse. Raises ModelFailedError.
    """
    try:
        read = _Body.model_validate_json(body)
    except ValidationError:
        raise ModelFailedError(FailureKind.UNREADABLE, "the answer is not a chat completion") from None
    tokens = _tokens(read.usage)
    if not read.choices:
        raise ModelFailedError(FailureKind.UNREADABLE, "the answer has no choices", tokens=tokens)
    choice = read.choices[0]
    calls = _calls(choice, tokens)
    return Completion(calls, tokens, choice.finish_reason, read.model)


def _calls(choice: _Choice, tokens: Tokens) -> tuple[ToolCall, ...]:
    message = choice.message
    if message.refusal or choice.finish_reason == "content_filter":
        raise ModelFailedError(FailureKind.REFUSED, tokens=tokens)
    calls = _tool_calls(message.tool_calls or [])
    if choice.finish_reason == "length" and not any(isinstance(call.arguments, dict) for call in calls):
        raise ModelFailedError(FailureKind.TRUNCATED, tokens=tokens)
    if calls:
        return calls
    text = _text(message.content)
    if not text:
        _empty(tokens)
    return (ToolCall("call_0", "reply", {"text": text, "citations": [], "asks": None}),)


def _empty(tokens: Tokens) -> NoReturn:
    raise ModelFailedError(FailureKind.UNREADABLE, "the answer is empty", tokens=tokens)


def _tool_calls(calls: list[_Call]) -> tuple[ToolCall, ...]:
    """The calls in order, each with an id of its own."""
    read: dict[str, ToolCall] = {}
    for index, call in enumerate(calls):
        name = call.id if call.id and call.id not in read else _free_id(index, read)
        read[name] = ToolCall(name, storable(call.function.name), _arguments(call.function.arguments))
    return tuple(read.values())


def _free_id(index: int, taken: dict[str, ToolCall]) -> str:
    return next(name for number in range(index, index + len(taken) + 1) if (name := f"call_{number}") not in taken)


def _arguments(sent: JsonValue) -> JsonValue:
    if not isinstance(sent, str):
        return sent
    try:
        parsed: JsonValue = orjson.loads(sent)
    except orjson.JSONDecodeError:
        return storable(sent)
    return parsed


def _text(content: str | list[_Part] | None) -> str:
    text = content if isinstance(content, str) else "".join(part.text or "" for part in content or [])
    return _THINKING.sub("", storable(text)).strip()


def _tokens(usage: _Usage | None) -> Tokens:
    if usage is None:
        return Tokens()
    return Tokens(usage.prompt_tokens or 0, usage.completion_tokens or 0)
