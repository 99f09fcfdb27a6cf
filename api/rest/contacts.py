"""Contacts: what is known of a person across channels."""

from uuid import UUID

from fastapi import APIRouter

from api.deps import Reading
from api.problems import openapi_responses
from api.rest import repository, views
from api.rest.auth import Reader
from api.rest.conversations import Text
from api.rest.paging import DEFAULT_LIMIT, Cursor, Limit, Page, page_of, read_cursor
from frontdesk.errors import FrontdeskError
from frontdesk.text import storable


class ContactNotFoundError(FrontdeskError):
    """There is no such contact."""

    code = "contact_not_found"


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
