"""Webhook endpoints: who is told of our events."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter

from api.deps import Reading, Services, Writing
from api.problems import openapi_responses
from api.records.views import View
from api.rest.auth import Administrator
from api.rest.bodies import AddEndpoint
from frontdesk.channels.generic.signature import new_secret
from frontdesk.errors import FrontdeskError
from frontdesk.outgoing import repository
from frontdesk.outgoing.emit import EventType


class EndpointNotFoundError(FrontdeskError):
    """There is no such webhook endpoint."""

    code = "endpoint_not_found"


class WebhookEndpoint(View):
    """A subscriber to our events."""

    id: UUID
    url: str
    events: list[EventType]
    """Empty: all events."""
    state: str
    created_at: datetime


class NewWebhookEndpoint(WebhookEndpoint):
    """A subscriber just added; the secret is shown this once."""

    secret: str


router = APIRouter(prefix="/v1/webhook-endpoints", tags=["webhook endpoints"], responses=openapi_responses())


@router.get("")
async def list_endpoints(caller: Administrator, connection: Reading) -> list[WebhookEndpoint]:
    """All endpoints, oldest first."""
    return [WebhookEndpoint.model_validate(row) for row in await repository.list_endpoints(connection)]


@router.post("", status_code=201)
async def add_endpoint(
    caller: Administrator, services: Services, connection: Writing, body: AddEndpoint
) -> NewWebhookEndpoint:
    """Subscribe a URL; requests to it are signed as the Standard Webhooks specification says."""
    secret = body.secret or new_secret()
    events = tuple(dict.fromkeys(body.events))
    now = services.clock()
    sealed = services.secrets.seal(secret.encode("ascii"))
    endpoint_id = await repository.insert_endpoint(connection, str(body.url), sealed, events, now)
    return NewWebhookEndpoint(
        id=endpoint_id, url=str(body.url), events=list(events), state="active", created_at=now, secret=secret
    )


@router.delete("/{endpoint_id}", status_code=204)
async def remove_endpoint(caller: Administrator, endpoint_id: UUID, connection: Writing) -> None:
    """Tell this endpoint nothing more."""
    if not await repository.set_endpoint_state(connection, endpoint_id, "removed"):
        raise EndpointNotFoundError(f"there is no webhook endpoint {endpoint_id}")
