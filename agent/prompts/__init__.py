"""What a model is told: the texts lie beside this module, one file for each message."""

import json
from hashlib import sha256
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined, select_autoescape

TEMPLATES = ("system.md", "turn.md", "mend.md")


def data(value: object) -> str:
    """Write untrusted data as JSON on one line that can neither end its string nor open or close a tag."""
    written = json.dumps(value, ensure_ascii=False)
    for character in "<>\u2028\u2029\x85":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return written


def _environment() -> Environment:
    folder = files("agent.prompts")
    environment = Environment(
        loader=DictLoader({name: folder.joinpath(name).read_text("utf-8") for name in TEMPLATES}),
        autoescape=select_autoescape(()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["data"] = data
    return environment


_ENVIRONMENT = _environment()


def render(name: str, **values: object) -> str:
    """Fill one of the templates."""
    return _ENVIRONMENT.get_template(name).render(values).strip()


def fingerprint(*further: bytes) -> str:
    """Return twelve hex digits that change with any of the texts, or with what is sent along with them."""
    digest = sha256()
    for name in TEMPLATES:
        digest.update(files("agent.prompts").joinpath(name).read_bytes())
    for part in further:
        digest.update(part)
    return digest.hexdigest()[:12]
