"""What an operator chooses for the chat on their own web site."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Origin = Annotated[str, Field(pattern=r"^https?://[A-Za-z0-9.\-\[\]:]+$")]
"""Scheme, host and port, as browsers send it in the `Origin` header."""

LanguageTag = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class WebChatSettings(BaseModel):
    """How the chat looks, and where it may be embedded."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    allowed_origins: tuple[Origin, ...] = Field(default=(), examples=["https://shop.example"])
    """Sites that may embed the chat; empty: any site. The service's own page always may."""
    title: Annotated[str, Field(min_length=1, max_length=80)] = "Chat"
    greeting: dict[LanguageTag, Annotated[str, Field(min_length=1, max_length=500)]] = {}
    """The first line that a visitor sees, by language tag."""
    accent_colour: Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$", examples=["#1f5fbf"])] = "#1f5fbf"


class WebChatSecrets(BaseModel):
    """Secrets of one web chat, stored encrypted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    visitor_key: Annotated[str, Field(min_length=32, repr=False)]
    """Signs the tokens by which a returning visitor is known."""
