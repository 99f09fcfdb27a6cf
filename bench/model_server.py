"""A model server that costs next to nothing: each chat completion is answered after the delay that its path names.

`http://…/400/v1` is a base URL whose completions take 400 ms; `GET /calls` tells how many were asked for so far.
An agent that offers a `reply` tool gets one call of it that cites the first passage it showed; one that offers other
tools has the first of them called, and then gets text; everybody else gets text at once.
"""

import argparse
import asyncio
import re
from typing import Any

import orjson
import uvloop
from aiohttp import web

TEXT = "Thank you for asking. Our programme says what the trip includes, and we are happy to plan it with you."
USAGE = {"prompt_tokens": 1500, "completion_tokens": 60, "total_tokens": 1560}

_PASSAGE_ID = re.compile(r'"id": "([0-9a-f-]{36})"')

Json = dict[str, Any]


class ModelServer:
    """Counts what it answers."""

    def __init__(self) -> None:
        self._calls = 0

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Answer any request."""
        if request.path == "/calls":
            return web.Response(text=str(self._calls))
        body = orjson.loads(await request.read())
        self._calls += 1
        await asyncio.sleep(int(request.path.split("/")[1]) / 1000)
        return web.Response(body=orjson.dumps(completion(body)), content_type="application/json")


def completion(body: Json) -> Json:
    """A completion that ends the turn, or asks for the first tool if that is not `reply`."""
    message: Json = {"role": "assistant", "content": TEXT}
    names = [tool["function"]["name"] for tool in body.get("tools", ())]
    if "reply" in names:
        arguments: Json = {"text": TEXT, "citations": _first_passage(body["messages"]), "asks": None}
        message = _calling("reply", arguments)
    elif names and body["messages"][-1]["role"] == "user":
        message = _calling(names[0], {"query": body["messages"][-1]["content"]})
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    head = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": body["model"]}
    return {**head, "choices": [choice], "usage": USAGE}


def _calling(name: str, arguments: Json) -> Json:
    function = {"name": name, "arguments": orjson.dumps(arguments).decode()}
    call = {"id": "call_1", "type": "function", "function": function}
    return {"role": "assistant", "content": None, "tool_calls": [call]}


def _first_passage(messages: list[Json]) -> list[str]:
    notes = next((message["content"] for message in reversed(messages) if message["role"] == "system"), "")
    found = _PASSAGE_ID.search(notes)
    return [found.group(1)] if found else []


async def serve() -> None:
    """Listen on a free port of loopback, print it, and serve until killed."""
    runner = web.ServerRunner(web.Server(ModelServer().handle, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=512).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__).parse_args()
    uvloop.run(serve())
