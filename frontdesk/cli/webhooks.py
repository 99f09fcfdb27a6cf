"""Webhook endpoints, managed from the command line."""

from collections.abc import Sequence

from pydantic import HttpUrl, TypeAdapter, ValidationError

from frontdesk.channels.generic.signature import new_secret
from frontdesk.cli.database import with_database
from frontdesk.cli.installation import now, secret_box
from frontdesk.cli.tables import print_table
from frontdesk.config import Settings
from frontdesk.db.engine import Database
from frontdesk.errors import FrontdeskError
from frontdesk.outgoing import repository
from frontdesk.outgoing.emit import EventType
from frontdesk.outgoing.repository import Endpoint
from frontdesk.playbook.findings import suggestion

_URL = TypeAdapter(HttpUrl)


class SubscriptionInvalidError(FrontdeskError):
    """The URL or an event's name cannot be used."""

    code = "subscription_invalid"


class EndpointUnknownError(FrontdeskError):
    """Nothing is subscribed under this URL or id."""

    code = "endpoint_unknown"


def add_endpoint(settings: Settings, url: str, events: Sequence[str]) -> str:
    """Subscribe a URL; returns the secret of its signatures, which cannot be shown again."""
    checked, wanted = _checked_url(url), tuple(dict.fromkeys(_event(name) for name in events))
    secret, box = new_secret(), secret_box(settings)

    async def work(database: Database) -> None:
        async with database.transaction() as connection:
            await repository.insert_endpoint(connection, checked, box.seal(secret.encode()), wanted, now())

    with_database(settings, work)
    return secret


def print_endpoints(settings: Settings) -> None:
    """Print the endpoints that were not removed."""
    rows = [
        (endpoint.url, " ".join(endpoint.events) or "all", endpoint.state, str(endpoint.id))
        for endpoint in with_database(settings, _all)
    ]
    empty = "Nothing is subscribed yet; subscribe a URL with frontdesk webhooks add."
    print_table(("url", "events", "state", "id"), rows, empty=empty)


def remove_endpoint(settings: Settings, url: str) -> str:
    """Remove every endpoint of this URL, or the one with this id; raises EndpointUnknownError."""

    async def work(database: Database) -> int:
        found = [endpoint for endpoint in await _all(database) if url in (endpoint.url, str(endpoint.id))]
        async with database.transaction() as connection:
            for endpoint in found:
                await repository.set_endpoint_state(connection, endpoint.id, "removed")
        return len(found)

    if not with_database(settings, work):
        raise EndpointUnknownError(f"{url} is not subscribed; frontdesk webhooks list shows what is")
    return f"Removed {url}"


def _checked_url(url: str) -> str:
    try:
        return str(_URL.validate_python(url))
    except ValidationError:
        raise SubscriptionInvalidError(f"{url} is no web address; write https://host/path") from None


def _event(name: str) -> str:
    if name not in list(EventType):
        raise SubscriptionInvalidError(f"there is no event {name}; {suggestion(name, list(EventType))}")
    return name


async def _all(database: Database) -> tuple[Endpoint, ...]:
    async with database.reading() as connection:
        return await repository.list_endpoints(connection)
