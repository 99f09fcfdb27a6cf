"""What happens outside, such as a purchase: it is recorded once, and the lifecycle rules look at it at once."""

from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncConnection

from api.acts import stage_moves
from api.deps import Services, Writing
from api.problems import openapi_responses
from api.records.views import View
from api.rest.auth import Reporter
from api.rest.bodies import ContactReference, ReportEvent
from frontdesk.contacts import repository as contacts
from frontdesk.contacts.standing.repository import ContactNotFoundError, standing
from frontdesk.lifecycle.repository import current_stage

router = APIRouter(prefix="/v1/events", tags=["events"], responses=openapi_responses())


class Move(View):
    """A move that an event caused."""

    from_stage: str | None
    to_stage: str
    reason: str


class EventReceipt(View):
    """What became of a reported event."""

    id: str
    contact_id: UUID
    duplicate: bool
    """Whether an event of this id was known already; then nothing changed."""
    stage: str | None
    moves: list[Move]


@router.post("")
async def report_event(caller: Reporter, services: Services, connection: Writing, body: ReportEvent) -> EventReceipt:
    """Record an event about a contact; the same id again changes nothing."""
    contact_id = await _contact_of(connection, body.contact)
    now = services.clock()
    is_new = await contacts.insert_event(
        connection,
        external_id=body.id,
        contact_id=contact_id,
        name=body.name,
        data=dict(body.data),
        occurred_at=body.occurred_at or now,
        now=now,
    )
    moves = await stage_moves.move_by_event(connection, services, contact_id, actor=caller.name) if is_new else ()
    return EventReceipt(
        id=body.id,
        contact_id=contact_id,
        duplicate=not is_new,
        stage=await current_stage(connection, contact_id),
        moves=[Move.model_validate(move) for move in moves],
    )


async def _contact_of(connection: AsyncConnection, reference: ContactReference) -> UUID:
    if reference.id is not None:
        return await standing(connection, reference.id)
    assert reference.channel is not None
    assert reference.address is not None
    found = await contacts.find_by_address(connection, reference.channel, reference.address)
    if found is None:
        raise ContactNotFoundError("no contact has this address on this channel")
    return found
