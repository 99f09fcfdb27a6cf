"""Who may call the API, and who is told what happens."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.db.models.base import Base, Id, Json


class ApiKey(Base):
    """A bearer key; only its digest is kept."""

    __tablename__ = "api_keys"

    id: Mapped[Id]
    name: Mapped[str]
    digest: Mapped[bytes] = mapped_column(unique=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class WebhookEndpoint(Base):
    """A subscriber to our outgoing events; `secret` is encrypted."""

    __tablename__ = "webhook_endpoints"

    id: Mapped[Id]
    url: Mapped[str]
    secret: Mapped[bytes]
    events: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    """Event types; empty: all of them."""
    state: Mapped[str] = mapped_column(server_default="active")
    created_at: Mapped[datetime]


class OutgoingEvent(Base):
    """One event on its way to one subscriber; its id is the `webhook-id`."""

    __tablename__ = "outgoing_events"
    __table_args__ = (Index("ix_outgoing_events_open", "due_at", postgresql_where=text("state = 'pending'")),)

    id: Mapped[Id]
    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoints.id", ondelete="CASCADE"))
    type: Mapped[str]
    payload: Mapped[Json]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(server_default="0")
    due_at: Mapped[datetime]
    reason: Mapped[str | None]
    created_at: Mapped[datetime]
