"""Webhooks of the channels: check the signature, store everything, answer. No model is ever called here."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from api.deps import ApiServices, services_of
from api.problems import openapi_responses
from frontdesk.channels.adapters import ADAPTERS
from frontdesk.channels.contract import (
    ChallengeRefusedError,
    ChannelAccount,
    PayloadUnreadableError,
    SignatureRefusedError,
)
from frontdesk.errors import FrontdeskError
from frontdesk.ids import read_id


class ChannelNotFoundError(FrontdeskError):
    """No connected channel has this id."""

    code = "channel_not_found"


def webhooks_router() -> APIRouter:
    """The routes under `/webhooks`."""
    router = APIRouter(prefix="/webhooks", tags=["webhooks"], responses=openapi_responses())

    @router.post("/{channel_id}", response_class=Response)
    async def receive(channel_id: str, request: Request) -> Response:
        """Take in what the channel sends; 200 means that it is stored."""
        services = await services_of(request)  # not as a dependency: that costs more than the signature
        account = await _account(services, channel_id)
        try:
            await _take_in(services, account, request)
        except (SignatureRefusedError, PayloadUnreadableError) as error:
            services.metrics.count_webhook(str(account.id), error.code)
            raise
        services.metrics.count_webhook(str(account.id), "stored")
        return Response(status_code=200)

    @router.get("/{channel_id}", response_class=PlainTextResponse)
    async def challenge(channel_id: str, request: Request) -> Response:
        """Answer the channel's question whether this webhook is wanted."""
        account = await _account(await services_of(request), channel_id)
        answer = ADAPTERS[account.kind].challenge
        if answer is None:
            raise ChallengeRefusedError(f"a {account.kind} channel asks for no challenge")
        return PlainTextResponse(answer(account, request.query_params))

    return router


async def _take_in(services: ApiServices, account: ChannelAccount, request: Request) -> None:
    body = await request.body()
    now = services.clock()
    ADAPTERS[account.kind].verify(account, request.headers, body, now)
    await services.intake.take_in(account, body, now)


async def _account(services: ApiServices, channel_id: str) -> ChannelAccount:
    known = read_id(channel_id)
    account = await services.channels.get(known) if known is not None else None
    if account is None:
        raise ChannelNotFoundError("no connected channel has this id; frontdesk channels list shows them")
    return account
