"""The settings as they are, secrets left out."""

from collections.abc import Iterable, Iterator

from pydantic import SecretStr
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from frontdesk.cli.doctor.checkup import Verdict, note
from frontdesk.config import Settings
from frontdesk.playbook.findings import suggestion

_PREFIX = "FRONTDESK_"


def setting_lines(settings: Settings) -> Iterator[str]:
    """One line for each environment variable: its value, and whether it was set or is the default."""
    for name, field in Settings.model_fields.items():
        origin = "set" if name in settings.model_fields_set else "default"
        yield f"{field.validation_alias} = {_shown(name, getattr(settings, name))} ({origin})"


def check_names(environment: Iterable[str]) -> Iterator[Verdict]:
    """Variables that look like settings and are none, as a misspelt one would be ignored without a word."""
    known = {str(field.validation_alias) for field in Settings.model_fields.values()}
    for name in sorted(set(environment) - known):
        if name.startswith(_PREFIX):
            yield note("settings", f"{name} is set, but there is no such setting", suggestion(name, known))


def _shown(name: str, value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, SecretStr):
        return "hidden"
    if name == "database_url":
        return _without_password(str(value))
    return str(value)


def _without_password(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "not a URL"
