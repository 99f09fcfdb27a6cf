"""Our messages to the generic channel: a signed POST of `message.send`, and what its answers mean.

The receiver drops a repeated `webhook-id`, which is the same for every attempt at one message.
"""

import json
from datetime import UTC

from pydantic import JsonValue

from frontdesk.channels.contract import (
    ChannelAccount,
    Citation,
    Disable,
    OutboundMessage,
    PayloadUnreadableError,
    Retry,
    SendRequest,
    SendResponse,
    SendResult,
    Sent,
)
from frontdesk.channels.generic.settings import GenericSecrets, GenericSettings
from frontdesk.channels.generic.signature import sign
from frontdesk.channels.json_access import JsonObject, child, identifier, read_object
from frontdesk.retry_after import retry_after

_GONE = 410


def render(account: ChannelAccount, message: OutboundMessage) -> SendRequest:
    """The signed request that sends a message; signed anew for each attempt, as its time must be current."""
    settings = GenericSettings.model_validate(account.settings)
    secrets = GenericSecrets.model_validate(account.secrets)
    body = json.dumps(_body(message), ensure_ascii=False)
    return SendRequest(
        method="POST",
        url=settings.url,
        headers={
            "Content-Type": "application/json",
            **sign(secrets.secret, message.reference, message.attempted_at, body),
        },
        body=body.encode(),
    )


def interpret(account: ChannelAccount, response: SendResponse) -> SendResult:
    """Any 2xx is success; 410 asks to be left alone; everything else is tried again (Standard Webhooks)."""
    if 200 <= response.status < 300:
        return Sent(_id_in(response.body))
    if response.status == _GONE:
        return Disable("HTTP 410: the receiver is gone")
    if 300 <= response.status < 400:
        return Retry(f"HTTP {response.status}: redirects are not followed, the channel's url has to be the final one")
    return Retry(f"HTTP {response.status}", after=retry_after(response.headers))


def _body(message: OutboundMessage) -> JsonObject:
    return {
        "type": "message.send",
        "timestamp": message.attempted_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "data": {
            "id": str(message.message_id),
            "conversation_id": str(message.conversation_id),
            "contact": {"id": message.address},
            "text": message.text,
            "in_reply_to": list(message.in_reply_to),
            "citations": [_citation(citation) for citation in message.citations],
            "brain": message.brain,
            "author": message.author,
        },
    }


def _citation(citation: Citation) -> dict[str, JsonValue]:
    return {
        "document": citation.document,
        "passage_id": citation.passage_id,
        "title": citation.title,
        "url": citation.url,
    }


def _id_in(body: bytes) -> str | None:
    """The receiver's own id, if it answers with one."""
    try:
        answer = read_object(body)
    except PayloadUnreadableError:
        return None
    return identifier(answer, "id") or identifier(child(answer, "data"), "id")
