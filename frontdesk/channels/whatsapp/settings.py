"""What an operator gives us to connect a WhatsApp number."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from frontdesk.channels.base_url import BaseUrl


class WhatsAppSettings(BaseModel):
    """Public settings of one business phone number on the WhatsApp Cloud API."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    phone_number_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    """Meta's id of the number (not the number itself); messages for another id are not ours."""
    api_version: Annotated[str, Field(pattern=r"^v[0-9]{1,3}\.[0-9]{1,3}$")] = "v25.0"
    """The Graph API version; Meta retires one about two years after its release."""
    base_url: BaseUrl = "https://graph.facebook.com"


class WhatsAppSecrets(BaseModel):
    """Secrets of one WhatsApp number, stored encrypted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    app_secret: Annotated[str, Field(min_length=1, repr=False)]
    """Signs what Meta sends us."""
    access_token: Annotated[str, Field(min_length=1, repr=False)]
    """Proves us to the Graph API."""
    verify_token: Annotated[str, Field(min_length=1, repr=False)]
    """Chosen by the operator, repeated by Meta when the webhook is subscribed."""
