"""A conversation as the rules see it, for a request that is about to change it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.repository import load_snapshot
from frontdesk.conversations.model import Snapshot
from frontdesk.conversations.ownership import ConversationNotFoundError
from frontdesk.conversations.repository import lock_conversation
from frontdesk.playbook.models import Playbook


async def locked_snapshot(
    connection: AsyncConnection, conversation_id: UUID, playbook: Playbook, now: datetime
) -> Snapshot:
    """Lock a conversation, closed ones too, and read it. Raises ConversationNotFoundError."""
    await lock_conversation(connection, conversation_id)
    snapshot = await load_snapshot(connection, conversation_id, playbook, now)
    if snapshot is None:
        raise ConversationNotFoundError(conversation_id)
    return snapshot
