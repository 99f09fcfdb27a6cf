"""The system message: everything that stays the same from turn to turn, so that servers can cache it."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError

from agent.prompts import render
from frontdesk.playbook.builtin_intents import all_intents
from frontdesk.playbook.models import DAYS, Business, Intent, Playbook, QualificationField, Team
from frontdesk.playbook.scalars import format_clock_range, text_in

_EXAMPLES = 3
"""Examples shown for an intent."""


def system_prompt(playbook: Playbook) -> str:
    """Render the system message of a playbook."""
    business = playbook.business
    return render(
        "system.md",
        persona=playbook.persona,
        business=business,
        languages=", ".join(language_name(code) for code in business.languages),
        hours=_hours(business),
        fields=[_field(field, business.default_language) for field in playbook.fields],
        intents=[_intent(intent) for intent in all_intents(playbook)],
        teams=[_team(team) for team in playbook.handoff.teams],
    )


@lru_cache(maxsize=64)
def language_name(code: str) -> str:
    """Return a language's English name; the code itself where it is not known."""
    try:
        return Locale.parse(code).get_language_name("en") or code
    except (UnknownLocaleError, ValueError):
        return code


def _hours(business: Business) -> list[str]:
    if not business.hours:
        return []
    return [
        f"{day}: {', '.join(format_clock_range(span) for span in business.hours.get(day, [])) or 'closed'}"
        for day in DAYS
    ]


def _field(field: QualificationField, language: str) -> str:
    parts = [
        f"{field.name} ({field.type}{'' if field.required else ', optional'})",
        text_in(field.ask, language, language),
    ]
    if field.description:
        parts.append(field.description)
    if field.options:
        parts.append("Options: " + ", ".join(option.name for option in field.options))
    if field.unit:
        parts.append(f"Unit: {field.unit}")
    if field.validate_ is not None:
        parts.append(_bounds(field))
    return ". ".join(part.rstrip(".") for part in parts if part)


def _bounds(field: QualificationField) -> str:
    bounds = field.validate_
    if bounds is None:
        return ""
    given = (("at least", bounds.min), ("at most", bounds.max))
    return ", ".join(f"{words} {bound}" for words, bound in given if bound is not None).capitalize()


def _intent(intent: Intent) -> str:
    examples = ", ".join(f'"{example}"' for example in intent.all_examples[:_EXAMPLES])
    about = ". ".join(
        part.rstrip(".") for part in (intent.description, f"Such as {examples}" if examples else "") if part
    )
    return f"{intent.name}: {about}" if about else intent.name


def _team(team: Team) -> str:
    return team.name
