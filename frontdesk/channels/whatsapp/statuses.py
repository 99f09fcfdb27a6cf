"""`statuses[]`: how far our own messages came."""

from collections.abc import Mapping

from pydantic import JsonValue

from frontdesk.channels.contract import DeliveryStatus, Ignored, InboundEvent, StatusReported
from frontdesk.channels.json_access import JsonObject, excerpt, identifier, label, objects
from frontdesk.channels.timestamps import from_unix
from frontdesk.channels.whatsapp.errors import result_of

_STATUSES: Mapping[str, DeliveryStatus] = {
    "sent": DeliveryStatus.SENT,
    "delivered": DeliveryStatus.DELIVERED,
    "read": DeliveryStatus.READ,
    "played": DeliveryStatus.READ,
    "failed": DeliveryStatus.FAILED,
}


def status_event(item: JsonValue) -> InboundEvent:
    """The event of one item of `statuses[]`."""
    if not isinstance(item, dict):
        return Ignored("statuses[] holds an item that is not an object")
    external_id = identifier(item, "id")
    status = _STATUSES.get((label(item, "status") or "").lower())
    if external_id is None or status is None:
        return Ignored(
            f"statuses[] holds an item without an id or with the unknown status {excerpt(label(item, 'status'))!r}"
        )
    return StatusReported(
        external_id=external_id,
        status=status,
        at=from_unix(item.get("timestamp")),
        reference=identifier(item, "biz_opaque_callback_data"),
        failure=result_of(_first_error(item)) if status is DeliveryStatus.FAILED else None,
    )


def _first_error(item: JsonObject) -> JsonObject:
    return next(iter(objects(item, "errors")), {})
