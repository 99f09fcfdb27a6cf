"""The address of an outside API as a setting."""

from typing import Annotated

from pydantic import AfterValidator, HttpUrl, TypeAdapter

_HTTP_URL = TypeAdapter(HttpUrl)


def _checked(value: str) -> str:
    _HTTP_URL.validate_python(value)
    return value.rstrip("/")


BaseUrl = Annotated[str, AfterValidator(_checked)]
"""An http or https address, kept as written but for a slash at the end."""
