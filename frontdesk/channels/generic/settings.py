"""What an operator gives us to connect anything that speaks Standard Webhooks."""

import binascii
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from standardwebhooks import Webhook
from standardwebhooks.webhooks import EmptyWebhookSecretError

from frontdesk.channels.base_url import BaseUrl


class GenericSettings(BaseModel):
    """Public settings of one generic webhook channel."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: BaseUrl
    """Where our messages go, by POST."""


def _usable(secret: str) -> str:
    try:
        Webhook(secret)
    except (binascii.Error, ValueError, EmptyWebhookSecretError) as error:
        raise ValueError("must be a Standard Webhooks secret: whsec_ and base64") from error
    return secret


class GenericSecrets(BaseModel):
    """Secrets of one generic webhook channel, stored encrypted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    secret: Annotated[str, Field(min_length=1, repr=False), AfterValidator(_usable)]
    """Signs both directions: `whsec_` and base64."""
