"""Connected channels, what they sent us, and what we sent them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.db.models.base import Base, ChannelId, ConversationId, Id, Json


class Channel(Base):
    """A connected account; `secrets` is an encrypted JSON object."""

    __tablename__ = "channels"

    id: Mapped[Id]
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(unique=True)
    settings: Mapped[Json]
    secrets: Mapped[bytes]
    state: Mapped[str] = mapped_column(server_default="active")
    state_reason: Mapped[str | None]
    created_at: Mapped[datetime]


class RawEvent(Base):
    """A webhook body as it arrived, once per digest: the record that parsing can be judged by."""

    __tablename__ = "raw_events"
    __table_args__ = (UniqueConstraint("channel_id", "digest"),)

    id: Mapped[Id]
    channel_id: Mapped[ChannelId]
    digest: Mapped[bytes]
    body: Mapped[bytes]
    notes: Mapped[Json | None]
    received_at: Mapped[datetime]


class Delivery(Base):
    """One outbound message on its way; its id is the reference that the channel carries back where it can."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("ix_deliveries_open", "due_at", postgresql_where=text("state IN ('pending', 'sending')")),
        Index(
            "ix_deliveries_conversation_id_open",
            "conversation_id",
            postgresql_where=text("state IN ('pending', 'sending')"),
        ),
        Index(
            "ix_deliveries_external_id", "channel_id", "external_id", postgresql_where=text("external_id IS NOT NULL")
        ),
    )

    id: Mapped[Id]
    message_id: Mapped[UUID] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), unique=True)
    conversation_id: Mapped[ConversationId]
    channel_id: Mapped[ChannelId]
    epoch: Mapped[int | None]
    """The conversation's epoch that an agent's message belongs to; None: a person's, sent whoever owns it."""
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(server_default="0")
    due_at: Mapped[datetime]
    """Pending: not before this. Sending: the outcome counts as unknown after this."""
    external_id: Mapped[str | None]
    reason: Mapped[str | None]
    updated_at: Mapped[datetime]
