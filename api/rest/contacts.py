"""Contacts: what is known of a person across channels, and that it may be asked for and forgotten."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import JsonValue, StringConstraints

from api import erasure
from api.deps import Reading, Services, Writing
from api.problems import openapi_responses
from api.records import repository, views
from api.rest.auth import Administrator, Reader
from api.rest.bodies import Body
from api.rest.conversations import Text
from api.rest.paging import DEFAULT_LIMIT, Cursor, Limit, Page, page_of, read_cursor
from frontdesk.contacts import privacy
from frontdesk.contacts.standing.repository import ContactNotFoundError
from frontdesk.text import storable


class EraseContact(Body):
    """An erasure, confirmed."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=320)]
    """The contact's name; of one without a name their phone, e-mail or id, whichever there is first."""


router = APIRouter(prefix="/v1/contacts", tags=["contacts"], responses=openapi_responses())


@router.get("")
async def list_contacts(
    caller: Reader,
    connection: Reading,
    address: Text = None,
    stage: Text = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[views.ContactSummary]:
    """Contacts, newest first; `address` is one on a channel, an e-mail or an E.164 phone number."""
    found = await repository.list_contacts(
        connection, address and storable(address), stage and storable(stage), read_cursor(cursor), limit + 1
    )
    return page_of(found, limit, lambda contact: contact.id)


@router.get("/{contact_id}")
async def get_contact(caller: Reader, contact_id: UUID, connection: Reading) -> views.Contact:
    """A person with their addresses, answers, stage and conversations."""
    contact = await repository.get_contact(connection, contact_id)
    if contact is None:
        raise ContactNotFoundError(f"there is no contact {contact_id}")
    return contact


@router.get("/{contact_id}/export")
async def export_contact(
    caller: Administrator, services: Services, contact_id: UUID, connection: Reading
) -> dict[str, JsonValue]:
    """Everything that is known of a contact, table by table."""
    return dict(await privacy.export(connection, contact_id, services.clock()))


@router.post("/{contact_id}/erase")
async def erase_contact(
    caller: Administrator, services: Services, contact_id: UUID, connection: Writing, body: EraseContact
) -> dict[str, int]:
    """Forget a contact for good: what they said and who they are goes, what is counted stays. Returns rows by table."""
    return dict(await erasure.erase_contact(connection, services, contact_id, body.name))
