"""The least that answers and remembers: one insert, one call through the client, one update."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvloop
from fastapi import FastAPI, Request
from openai import AsyncOpenAI
from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel

from bench.systems.serving import serve

_SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contact text NOT NULL,
    text text NOT NULL,
    reply text,
    created_at timestamptz NOT NULL DEFAULT now(),
    replied_at timestamptz
)
"""
_PROMPT = "You answer customers of a travel agency."


class Asked(BaseModel):
    """A contact's message."""

    contact: str
    text: str


class Answered(BaseModel):
    """The reply."""

    text: str


async def answer(asked: Asked, request: Request) -> Answered:
    """Store the message, ask the model, store the reply."""
    pool: AsyncConnectionPool = request.app.state.pool
    client: AsyncOpenAI = request.app.state.client
    async with pool.connection() as connection:
        cursor = await connection.execute(
            "INSERT INTO messages (contact, text) VALUES (%s, %s) RETURNING id", (asked.contact, asked.text)
        )
        [message_id] = await cursor.fetchone() or (None,)
    completion = await client.chat.completions.create(
        model="bench",
        messages=[{"role": "system", "content": _PROMPT}, {"role": "user", "content": asked.text}],
    )
    reply = completion.choices[0].message.content or ""
    async with pool.connection() as connection:
        await connection.execute(
            "UPDATE messages SET reply = %s, replied_at = now() WHERE id = %s", (reply, message_id)
        )
    return Answered(text=reply)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    pool = AsyncConnectionPool(
        os.environ["DATABASE_URL"], min_size=4, max_size=20, open=False, kwargs={"autocommit": True}
    )
    async with pool, AsyncOpenAI() as client:
        async with pool.connection() as connection:
            await connection.execute(_SCHEMA)
        app.state.pool, app.state.client = pool, client
        yield


def create_app() -> FastAPI:
    """Make the application."""
    app = FastAPI(lifespan=_lifespan)
    app.post("/messages")(answer)
    return app


if __name__ == "__main__":
    uvloop.run(serve(create_app()))
