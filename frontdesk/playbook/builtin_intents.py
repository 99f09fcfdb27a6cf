"""Intents that every business meets, with examples in each ready language."""

from functools import lru_cache
from importlib.resources import files

from pydantic import TypeAdapter

from frontdesk.playbook.models import Intent, Playbook
from frontdesk.playbook.source import read_source

_INTENTS = TypeAdapter(list[Intent])


@lru_cache(maxsize=1)
def builtin_intents() -> tuple[Intent, ...]:
    """Return the built-in intents."""
    content = files("frontdesk.playbook").joinpath("builtin_intents.yaml").read_text("utf-8")
    return tuple(_INTENTS.validate_python(read_source(content).data))


def all_intents(playbook: Playbook) -> tuple[Intent, ...]:
    """Return the playbook's intents, then the built-in ones that it does not define itself.

    A playbook's intent that bears a built-in name takes from it the description and examples that it does not state.
    """
    builtin = {intent.name: intent for intent in builtin_intents()}
    own = tuple(_completed(intent, builtin.pop(intent.name, None)) for intent in playbook.intents)
    return own + tuple(builtin.values())


def _completed(intent: Intent, builtin: Intent | None) -> Intent:
    if builtin is None:
        return intent
    return Intent(
        name=intent.name,
        description=intent.description or builtin.description,
        examples=intent.examples or builtin.examples,
    )
