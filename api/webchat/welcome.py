"""What a visitor is told first: who answers, that it is an AI, and in which language."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from frontdesk.channels.webchat.settings import WebChatSettings
from frontdesk.playbook.models import Playbook
from frontdesk.playbook.texts import StandingText, standing_text


class Welcome(BaseModel):
    """The texts of an empty chat, in `language`."""

    model_config = ConfigDict(frozen=True)

    language: str
    languages: tuple[str, ...]
    """In which the business answers; the first is its default."""
    title: str
    business: str
    persona: str
    greeting: str
    ai: bool
    """Whether the persona is introduced as an AI."""
    disclosure: str | None


def welcome(playbook: Playbook, settings: WebChatSettings, wanted: Sequence[str]) -> Welcome:
    """Greet in the first of the visitor's languages that the business speaks, else in the business's own."""
    business, persona = playbook.business, playbook.persona
    language = choose_language(wanted, business.languages)
    disclosure = standing_text(playbook, StandingText.AI_DISCLOSURE, language) if persona.discloses_ai else None
    return Welcome(
        language=language,
        languages=tuple(business.languages),
        title=settings.title,
        business=business.name,
        persona=persona.name,
        greeting=_greeting(playbook, settings, language),
        ai=persona.discloses_ai,
        disclosure=disclosure,
    )


def choose_language(wanted: Sequence[str], spoken: Sequence[str]) -> str:
    """The first wanted tag whose language is spoken, else the first spoken; `en-GB` asks for `en`."""
    primary = (tag.partition("-")[0].lower() for tag in wanted)
    return next((language for language in primary if language in spoken), spoken[0])


def _greeting(playbook: Playbook, settings: WebChatSettings, language: str) -> str:
    own = {tag.partition("-")[0].lower(): text for tag, text in reversed(settings.greeting.items())}
    if language in own:
        return own[language]
    opening = (StandingText.GREETING, StandingText.HOW_CAN_I_HELP)
    return "\n".join(standing_text(playbook, key, language) for key in opening)
