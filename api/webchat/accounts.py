"""The chat and the visitor that a request is about."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import Depends, Header
from starlette.requests import Request

from api.deps import Services
from api.webchat.visitors import Visitor, bearer_token, read_token
from api.webhooks.routes import ChannelNotFoundError
from frontdesk.channels.contract import ChannelAccount, ChannelKind
from frontdesk.channels.webchat.settings import WebChatSecrets, WebChatSettings
from frontdesk.ids import read_id


@dataclass(frozen=True, slots=True)
class Chat:
    """One web chat, its settings and secrets read."""

    account: ChannelAccount
    settings: WebChatSettings
    secrets: WebChatSecrets


async def _chat(channel_id: str, services: Services) -> Chat:
    known = read_id(channel_id)
    account = await services.channels.get(known) if known is not None else None
    if account is None or account.kind is not ChannelKind.WEBCHAT:
        raise ChannelNotFoundError("no web chat has this id; frontdesk channels list shows them")
    settings = WebChatSettings.model_validate(dict(account.settings))
    return Chat(account, settings, WebChatSecrets.model_validate(dict(account.secrets)))


ThisChat = Annotated[Chat, Depends(_chat)]
"""The web chat in the path; raises ChannelNotFoundError."""

Authorization = Annotated[str | None, Header(include_in_schema=False)]


async def _visitor(chat: ThisChat, services: Services, authorization: Authorization = None) -> Visitor:
    return read_token(bearer_token(authorization), chat.account.id, chat.secrets.visitor_key, services.clock())


ThisVisitor = Annotated[Visitor, Depends(_visitor)]
"""Who asks; raises VisitorUnknownError."""


async def _returning(chat: ThisChat, services: Services, authorization: Authorization = None) -> Visitor | None:
    read = partial(read_token, channel_id=chat.account.id, key=chat.secrets.visitor_key, now=services.clock())
    return read(bearer_token(authorization)) if authorization else None


ReturningVisitor = Annotated[Visitor | None, Depends(_returning)]
"""Who asks, or None for someone without a token; raises VisitorUnknownError for a bad one."""


def client_address(request: Request) -> str:
    """The network address that the request came from, as the server in front of us reports it."""
    return request.client.host if request.client else ""
