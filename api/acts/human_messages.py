"""A person's message to a contact, sent once however often the request is repeated."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from api.records import repository, views
from api.records.conversations import summary_of
from frontdesk.channels.adapters import ADAPTERS
from frontdesk.channels.contract import ChannelKind
from frontdesk.conversations import ownership
from frontdesk.conversations.ownership import HumanMessage
from frontdesk.conversations.repository import lock_conversation
from frontdesk.errors import FrontdeskError
from frontdesk.jobs.enqueue import JobQueue


class TextTooLongError(FrontdeskError):
    """The channel takes no text of this length."""

    code = "text_too_long"


class IdempotencyKeyReusedError(FrontdeskError):
    """The key came before with another message."""

    code = "idempotency_key_reused"


async def send(
    connection: AsyncConnection,
    jobs: JobQueue,
    conversation_id: UUID,
    message: HumanMessage,
    now: datetime,
    *,
    idempotency_key: str | None,
) -> views.Message:
    """Store the message with its delivery, or return the one that the same key stored before.

    Raises TextTooLongError, IdempotencyKeyReusedError, and what `frontdesk.conversations.ownership` raises.
    """
    await lock_conversation(connection, conversation_id)
    if idempotency_key is not None:
        repeated = await repository.find_repeated(connection, conversation_id, idempotency_key)
        if repeated is not None:
            return _same(repeated, message)
    conversation = await ownership.locked(connection, conversation_id)
    await _check_length(connection, conversation_id, message.text)
    stored = await ownership.send_as_human(connection, conversation, message, jobs, now)
    if idempotency_key is not None:
        await repository.keep_idempotency_key(connection, stored.message_id, idempotency_key)
    return await repository.get_message(connection, stored.message_id)


def _same(repeated: views.Message, message: HumanMessage) -> views.Message:
    cited = [each.passage_id for each in repeated.citations]
    if repeated.text != message.text or cited != [str(each.passage_id) for each in message.citations]:
        raise IdempotencyKeyReusedError("this Idempotency-Key came before with another message; use a new key")
    return repeated


async def _check_length(connection: AsyncConnection, conversation_id: UUID, text: str) -> None:
    channel = (await summary_of(connection, conversation_id)).channel
    limit = ADAPTERS[ChannelKind(channel.kind)].text_limit
    length = len(text.encode("utf-16-le")) // 2
    if length > limit:
        raise TextTooLongError(f"{channel.kind} takes at most {limit} characters, this text has {length}")
