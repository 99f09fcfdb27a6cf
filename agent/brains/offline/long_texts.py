"""Reading what may be long: the event loop has others to serve, and a thread costs more than a short text takes."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

READ_AT_ONCE = 300
"""Characters, some ten milliseconds of reading."""

_Given = ParamSpec("_Given")
_Read = TypeVar("_Read")


async def reading(characters: int, read: Callable[_Given, _Read], *args: _Given.args, **kwargs: _Given.kwargs) -> _Read:
    """Return what `read` makes of a text of that length: called at once for a short one, else in a thread."""
    if characters <= READ_AT_ONCE:
        return read(*args, **kwargs)
    return await asyncio.to_thread(read, *args, **kwargs)
