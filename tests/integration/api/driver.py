"""How the tests reach the API from outside: keys, channels, a clock, and a site whose contacts write."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx

from api.deps import ApiServices
from frontdesk.access.scopes import Scope
from frontdesk.access.service import create_key
from frontdesk.channels.contract import ChannelKind
from frontdesk.channels.directory import seal_secrets
from frontdesk.channels.generic.signature import sign
from frontdesk.channels.repository import insert_channel
from frontdesk.conversations.draft import HandoffCause, HandoffRequest
from frontdesk.conversations.ownership import give_to_human, locked
from frontdesk.handoffs.repository import NewHandoff

SECRET = "whsec_" + "c2VjcmV0LW9mLXRoZS10ZXN0LXN1aXRlLTMyLWJ5dGVz"


@dataclass
class Clock:
    """A time that only the test moves."""

    now: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 10, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


async def key_with(services: ApiServices, *scopes: Scope, name: str = "Ada") -> dict[str, str]:
    """The header of a new key."""
    async with services.database.transaction() as connection:
        _, plaintext = await create_key(connection, name, scopes, services.clock())
    return {"Authorization": f"Bearer {plaintext}"}


@dataclass
class Site:
    """A generic channel, and how to write to it."""

    id: UUID
    client: httpx.AsyncClient
    clock: Clock

    async def send(self, body: bytes, message_id: str = "evt") -> httpx.Response:
        """Post a signed body."""
        headers = sign(SECRET, message_id, self.clock(), body.decode())
        return await self.client.post(f"/webhooks/{self.id}", content=body, headers=headers)

    async def says(self, text: str, message_id: str = "m1", contact: str = "c1") -> httpx.Response:
        """A contact's message arrives."""
        data = {"id": message_id, "contact": {"id": contact, "name": "Ina"}, "text": text}
        return await self.send(json.dumps({"type": "message.received", "data": data}).encode())


async def add_channel(
    services: ApiServices, kind: ChannelKind, name: str, settings: dict[str, object], secrets: dict[str, str]
) -> UUID:
    """Connect a channel."""
    async with services.database.transaction() as connection:
        return await insert_channel(
            connection,
            kind=kind,
            name=name,
            settings=settings,
            secrets=seal_secrets(secrets, services.secrets),
            now=services.clock(),
        )


def is_problem(response: httpx.Response, status: int, code: str) -> bool:
    """Whether the answer is a problem of this kind, complete as RFC 9457 wants it."""
    body = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert body["status"] == response.status_code
    assert body["type"].endswith(body["code"])
    assert body["title"]
    assert body["detail"]
    assert body["instance"] == response.request.url.path
    return (response.status_code, body["code"]) == (status, code)


async def hand_off(services: ApiServices, conversation_id: UUID, team: str = "sales") -> None:
    """The agent asks for a person, as at the end of a turn."""
    async with services.database.transaction() as connection:
        conversation = await locked(connection, conversation_id)
        await give_to_human(connection, conversation, None, team, services.clock())
        request = HandoffRequest(team, "qualified", HandoffCause.RULE)
        await services.handoffs.request(
            connection, NewHandoff(conversation_id, conversation.contact_id, request), services.clock()
        )
