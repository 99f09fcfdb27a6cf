"""The way most tutorials build it: LangGraph's prebuilt agent with its PostgreSQL checkpointer, answering at once."""

import os
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvloop
from fastapi import FastAPI, Request
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.prebuilt import create_react_agent
from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from bench.systems.floor import Answered, Asked
from bench.systems.serving import serve

_PROMPT = "You answer customers of a travel agency. Search the knowledge base before you answer."
_PASSAGE = "Our trips include the hotel with breakfast, the guide, entry fees and transfers. Flights are on request."


@tool
async def search_knowledge(query: str) -> str:
    """Find what the business says about a topic."""
    # No search at all: it costs this system less than any real one would.
    return _PASSAGE


async def answer(asked: Asked, request: Request) -> Answered:
    """Run the agent on the contact's thread."""
    result: dict[str, Any] = await request.app.state.agent.ainvoke(
        {"messages": [("user", asked.text)]}, {"configurable": {"thread_id": asked.contact}}
    )
    return Answered(text=result["messages"][-1].text)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    pool: AsyncConnectionPool[AsyncConnection[DictRow]] = AsyncConnectionPool(
        os.environ["DATABASE_URL"],
        min_size=4,
        max_size=20,
        open=False,
        kwargs={"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row},
    )
    async with pool:
        saver = AsyncPostgresSaver(pool)
        await saver.setup()
        app.state.agent = _agent(saver)
        yield


def _agent(saver: AsyncPostgresSaver) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it has moved to a package of its own, and is the same
        return create_react_agent(ChatOpenAI(model="bench"), [search_knowledge], prompt=_PROMPT, checkpointer=saver)


def create_app() -> FastAPI:
    """Make the application."""
    app = FastAPI(lifespan=_lifespan)
    app.post("/messages")(answer)
    return app


if __name__ == "__main__":
    uvloop.run(serve(create_app()))
