"""Sending a text through the Bot API, and what its answers mean (`POST /bot<token>/sendMessage`)."""

import json
from datetime import timedelta

from frontdesk.channels.contract import (
    ChannelAccount,
    Disable,
    OutboundMessage,
    PayloadUnreadableError,
    Rejected,
    Retry,
    SendRequest,
    SendResponse,
    SendResult,
    Sent,
)
from frontdesk.channels.json_access import JsonObject, child, flag, identifier, label, read_object, whole_number
from frontdesk.channels.telegram.address import message_key, parts_of
from frontdesk.channels.telegram.settings import TelegramSecrets, TelegramSettings
from frontdesk.retry_after import bounded, retry_after

_REASON_LIMIT = 300


def render(account: ChannelAccount, message: OutboundMessage) -> SendRequest:
    """The request that sends a text. The bot's token is part of its address."""
    settings = TelegramSettings.model_validate(account.settings)
    secrets = TelegramSecrets.model_validate(account.secrets)
    chat_id, connection_id = parts_of(message.address)
    body: JsonObject = {"chat_id": chat_id, "text": message.text}
    if connection_id:
        body["business_connection_id"] = connection_id
    return SendRequest(
        method="POST",
        url=f"{settings.base_url}/bot{secrets.bot_token}/sendMessage",
        headers={"Content-Type": "application/json"},
        body=json.dumps(body, ensure_ascii=False).encode(),
    )


def interpret(account: ChannelAccount, response: SendResponse) -> SendResult:
    """What an answer means. Only an answer in the Bot API's own form can reject a message or disable the bot."""
    try:
        answer = read_object(response.body)
    except PayloadUnreadableError:
        return Retry(f"HTTP {response.status} without a readable answer", after=retry_after(response.headers))
    if flag(answer, "ok"):
        return Sent(_sent_id(child(answer, "result")))
    if answer.get("ok") is not False:
        return Retry(f"HTTP {response.status} without an answer of the Bot API", after=retry_after(response.headers))
    return _failure(answer, response)


def _failure(answer: JsonObject, response: SendResponse) -> SendResult:
    code = whole_number(answer, "error_code") or response.status
    reason = f"{code}: {label(answer, 'description') or 'no description'}"[:_REASON_LIMIT]
    match code:
        case 401 | 404:
            return Disable(f"{reason} (the bot token is not valid)")
        case 400 | 403:
            return Rejected(reason)
        case _:
            return Retry(reason, after=_wait(answer) or retry_after(response.headers))


def _wait(answer: JsonObject) -> timedelta | None:
    seconds = whole_number(child(answer, "parameters"), "retry_after")
    return bounded(min(seconds, 86_400)) if seconds is not None and seconds >= 0 else None


def _sent_id(result: JsonObject) -> str | None:
    return message_key(identifier(child(result, "chat"), "id"), identifier(result, "message_id"))
