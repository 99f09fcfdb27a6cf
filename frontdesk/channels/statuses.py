"""What a channel's status report changes: forward only, never from read back to delivered."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.channels import repository
from frontdesk.channels.contract import DeliveryStatus, Disable, Rejected, Retry, StatusReported
from frontdesk.conversations.model import DeliveryState

_PROGRESS = (
    DeliveryState.PENDING,
    DeliveryState.SENDING,
    DeliveryState.SENT,
    DeliveryState.DELIVERED,
    DeliveryState.READ,
)


async def apply_status(connection: AsyncConnection, channel_id: UUID, report: StatusReported, now: datetime) -> None:
    """Record a report; one about a message that is not ours changes nothing."""
    found = await repository.find_for_status(connection, channel_id, as_reference(report.reference), report.external_id)
    if found is None:
        return
    delivery_id, state = found
    if report.status is DeliveryStatus.FAILED:
        await _apply_failure(connection, channel_id, delivery_id, state, report, now)
    elif is_progress(state, DeliveryState(report.status)):
        await repository.update_delivery(
            connection, delivery_id, state=report.status, external_id=report.external_id, reason=None, updated_at=now
        )


def is_progress(state: DeliveryState, reported: DeliveryState) -> bool:
    """Whether the report says more than is known; a failed or withdrawn delivery that arrived after all counts."""
    if state not in _PROGRESS:
        return reported in _PROGRESS
    return _PROGRESS.index(reported) > _PROGRESS.index(state)


async def _apply_failure(
    connection: AsyncConnection,
    channel_id: UUID,
    delivery_id: UUID,
    state: DeliveryState,
    report: StatusReported,
    now: datetime,
) -> None:
    if state in (DeliveryState.DELIVERED, DeliveryState.READ):
        return
    failure = report.failure
    reason = failure.reason if isinstance(failure, Retry | Rejected | Disable) else "the channel reports a failure"
    if isinstance(failure, Retry):
        due_at = now + failure.after if failure.after is not None else now
        await repository.update_delivery(
            connection, delivery_id, state=DeliveryState.PENDING, due_at=due_at, reason=reason, updated_at=now
        )
        return
    await repository.update_delivery(connection, delivery_id, state=DeliveryState.FAILED, reason=reason, updated_at=now)
    if isinstance(failure, Disable):
        await repository.update_channel(connection, channel_id, state="disabled", state_reason=reason)


def as_reference(carried: str | None) -> UUID | None:
    """Our delivery's id, if what the channel carried is one."""
    try:
        return UUID(carried) if carried else None
    except ValueError:
        return None
