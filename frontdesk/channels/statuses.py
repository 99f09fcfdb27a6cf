"""What a channel's status report changes: forward only, never from read back to delivered."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.channels import repository
from frontdesk.channels.contract import DeliveryStatus, Disable, Rejected, Retry, SendResult, StatusReported
from frontdesk.channels.delivery import wait_after
from frontdesk.channels.repository import ReportedDelivery
from frontdesk.conversations.model import DeliveryState
from frontdesk.ids import read_id

_PROGRESS = (
    DeliveryState.PENDING,
    DeliveryState.SENDING,
    DeliveryState.SENT,
    DeliveryState.DELIVERED,
    DeliveryState.READ,
)
_UNDECIDED = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT)
"""What may still fail: a message that arrived cannot, and one that was given up stays so."""


async def apply_status(connection: AsyncConnection, channel_id: UUID, report: StatusReported, now: datetime) -> None:
    """Record a report; one about a message that is not ours changes nothing."""
    delivery = await repository.find_reported(connection, channel_id, read_id(report.reference), report.external_id)
    if delivery is None:
        return
    if report.status is DeliveryStatus.FAILED:
        if delivery.state in _UNDECIDED:
            await _apply_failure(connection, channel_id, delivery, report.failure, now)
    elif is_progress(delivery.state, DeliveryState(report.status)):
        await repository.update_delivery(
            connection, delivery.id, state=report.status, external_id=report.external_id, reason=None, updated_at=now
        )


def is_progress(state: DeliveryState, reported: DeliveryState) -> bool:
    """Whether the report says more than is known; a failed or withdrawn delivery that arrived after all counts."""
    if state not in _PROGRESS:
        return reported in _PROGRESS
    return _PROGRESS.index(reported) > _PROGRESS.index(state)


async def _apply_failure(
    connection: AsyncConnection,
    channel_id: UUID,
    delivery: ReportedDelivery,
    failure: SendResult | None,
    now: datetime,
) -> None:
    reason = failure.reason if isinstance(failure, Retry | Rejected | Disable) else "the channel reports a failure"
    wait = wait_after(delivery.attempts, failure) if isinstance(failure, Retry) else None
    if wait is not None:
        await repository.update_delivery(
            connection, delivery.id, state=DeliveryState.PENDING, due_at=now + wait, reason=reason, updated_at=now
        )
        return
    await repository.update_delivery(connection, delivery.id, state=DeliveryState.FAILED, reason=reason, updated_at=now)
    if isinstance(failure, Disable):
        await repository.update_channel(connection, channel_id, state="disabled", state_reason=reason)
