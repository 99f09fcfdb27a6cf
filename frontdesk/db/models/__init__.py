"""The tables, one module for each part of the domain."""

from frontdesk.db.models.access import ApiKey, OutgoingEvent, WebhookEndpoint
from frontdesk.db.models.base import Base, Json, JsonList
from frontdesk.db.models.channels import Channel, Delivery, RawEvent
from frontdesk.db.models.contacts import Contact, ContactEvent, Identity
from frontdesk.db.models.conversations import Answer, Conversation, Message, SeenIntent, Turn
from frontdesk.db.models.knowledge import EMBEDDING_DIMENSIONS, Document, Passage, PassageVector, Source
from frontdesk.db.models.lifecycle import FollowUp, Handoff, StageEvent

__all__ = [
    "EMBEDDING_DIMENSIONS",
    "Answer",
    "ApiKey",
    "Base",
    "Channel",
    "Contact",
    "ContactEvent",
    "Conversation",
    "Delivery",
    "Document",
    "FollowUp",
    "Handoff",
    "Identity",
    "Json",
    "JsonList",
    "Message",
    "OutgoingEvent",
    "Passage",
    "PassageVector",
    "RawEvent",
    "SeenIntent",
    "Source",
    "StageEvent",
    "Turn",
    "WebhookEndpoint",
]
