import json
from typing import Any
from uuid import uuid4

from bench.model_server import TEXT, completion


def _tool(name: str) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name}}


def _message(**body: Any) -> dict[str, Any]:
    message: dict[str, Any] = completion({"model": "m", **body})["choices"][0]["message"]
    return message


def test_that_text_is_answered_where_no_tools_are_offered() -> None:
    assert _message(messages=[{"role": "user", "content": "Hi"}])["content"] == TEXT


def test_that_a_reply_cites_the_first_passage_shown() -> None:
    first, second = str(uuid4()), str(uuid4())
    notes = "\n".join(json.dumps({"id": name, "text": "…"}) for name in (first, second))
    message = _message(messages=[{"role": "system", "content": notes}], tools=[_tool("search"), _tool("reply")])
    [call] = message["tool_calls"]
    assert call["function"]["name"] == "reply"
    assert json.loads(call["function"]["arguments"]) == {"text": TEXT, "citations": [first], "asks": None}


def test_that_another_agent_calls_its_tool_once_and_then_answers() -> None:
    asked = {"role": "user", "content": "Prices?"}
    [call] = _message(messages=[asked], tools=[_tool("search")])["tool_calls"]
    assert json.loads(call["function"]["arguments"]) == {"query": "Prices?"}
    assert _message(messages=[asked, {"role": "tool", "content": "…"}], tools=[_tool("search")])["content"] == TEXT
