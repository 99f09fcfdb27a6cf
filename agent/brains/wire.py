"""Write a view as the body of a chat-completions request (the OpenAI wire)."""

import re
from functools import lru_cache
from itertools import chain

import orjson
from pydantic import JsonValue

from agent.brains.protocol import Round, View
from agent.prompts import fingerprint, render
from agent.prompts.system import system_prompt
from agent.prompts.turn import turn_prompt
from frontdesk.conversations.model import Author, StoredMessage
from frontdesk.playbook.models import Playbook
from frontdesk.text import storable
from tools import TOOLS
from tools.execute import ToolCall, ToolResult

LONGEST_MESSAGE = 8_000
"""Characters of one message that a model is shown."""

Message = dict[str, JsonValue]

_NOT_A_NAME = re.compile(r"[^A-Za-z0-9_-]")

_MARKS = {Author.HUMAN: "[written by a colleague, a person] ", Author.SYSTEM: "[automatic notice] "}


def request_body(view: View) -> dict[str, JsonValue]:
    """Return the body without `model`: what stays the same first, so that servers can reuse their work on it."""
    return {
        "messages": [*_messages(view)],
        "tools": [*tool_schemas()],
        "tool_choice": "required",
        "parallel_tool_calls": True,
    }


@lru_cache(maxsize=1)
def tool_schemas() -> tuple[JsonValue, ...]:
    """Return every tool as the wire wants it."""
    return tuple(tool.schema() for tool in TOOLS.values())


@lru_cache(maxsize=1)
def prompt_hash() -> str:
    """Return twelve hex digits that change with the prompt's texts and the tools."""
    return fingerprint(orjson.dumps(tool_schemas(), option=orjson.OPT_SORT_KEYS))


def _messages(view: View) -> list[Message]:
    shown = (*view.snapshot.history, *view.new_messages)
    rounds = (_round(number, done) for number, done in enumerate(view.rounds))
    return [
        {"role": "system", "content": _SYSTEM.of(view.playbook)},
        *(message for stored in shown for message in _stored(stored)),
        {"role": "system", "content": storable(turn_prompt(view))},
        *chain.from_iterable(rounds),
        *_mend(view.mend),
    ]


class _SystemPrompts:
    """The system message of the playbook in use: rendered once, not for every turn."""

    def __init__(self) -> None:
        self._latest: tuple[Playbook, str] | None = None

    def of(self, playbook: Playbook) -> str:
        if self._latest is None or self._latest[0] is not playbook:
            self._latest = (playbook, storable(system_prompt(playbook)))
        return self._latest[1]


_SYSTEM = _SystemPrompts()


def _stored(message: StoredMessage) -> list[Message]:
    text = storable(message.text)[:LONGEST_MESSAGE]
    if message.kind != "text":
        text = f"[{message.kind}] {text}".rstrip()
    if not text:
        return []
    if message.author is Author.CONTACT:
        return [{"role": "user", "content": text}]
    return [{"role": "assistant", "content": _MARKS.get(message.author, "") + text}]


def _round(number: int, done: Round) -> list[Message]:
    """The calls and their results, as the wire wants them back: each call answered, in valid JSON."""
    if not done.results:
        return []
    ids = _distinct_ids([result.call for result in done.results], number)
    answered = list(zip(ids, done.results, strict=True))
    calls: list[JsonValue] = [_call(name, result.call) for name, result in answered]
    results: list[Message] = [
        {"role": "tool", "tool_call_id": name, "content": _result(result)} for name, result in answered
    ]
    return [{"role": "assistant", "content": None, "tool_calls": calls}, *results]


def _distinct_ids(calls: list[ToolCall], number: int) -> list[str]:
    """The calls' own ids where they are distinct, else made ones."""
    own = [call.id for call in calls]
    return own if all(own) and len(set(own)) == len(own) else [f"call_{number}_{index}" for index in range(len(own))]


def _call(name: str, call: ToolCall) -> JsonValue:
    function = _NOT_A_NAME.sub("_", call.name)[:64] or "unknown"
    return {"id": name, "type": "function", "function": {"name": function, "arguments": _arguments(call.arguments)}}


def _arguments(arguments: JsonValue) -> str:
    """JSON of an object, also for what was none: servers parse it."""
    sent = arguments if isinstance(arguments, dict) else {"unreadable": str(arguments)[:200]}
    try:
        return orjson.dumps(sent).decode()
    except orjson.JSONEncodeError:  # nested too deeply, or a number too large
        return "{}"


def _result(result: ToolResult) -> str:
    return storable(result.message if result.accepted else f"Refused: {result.message}")


def _mend(problems: str | None) -> list[Message]:
    return [] if problems is None else [{"role": "system", "content": storable(render("mend.md", problems=problems))}]
