"""The page's style sheet and scripts, served under a name that changes with their content."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_MEDIA_TYPES: Mapping[str, str] = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is served."""

    body: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All files by name, and the hash of all of them: scripts import one another by relative name."""

    version: str
    by_name: Mapping[str, Asset]


@lru_cache(maxsize=1)
def load_assets() -> Assets:
    """Read the files that come with the package."""
    folder = files("api.webchat").joinpath("assets")
    found = {entry.name: entry.read_bytes() for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)}
    digest = hashlib.sha256(b"\0".join(part for name, body in found.items() for part in (name.encode(), body)))
    by_name = {name: Asset(body, _MEDIA_TYPES[name.rpartition(".")[2]]) for name, body in found.items()}
    return Assets(digest.hexdigest()[:16], by_name)
