"""The inbox's address. Its pages are to come; until then it says how people work without them."""

from importlib.resources import files

from fastapi import APIRouter
from starlette.responses import HTMLResponse

router = APIRouter(prefix="/inbox", include_in_schema=False)

_PAGE = files("api.inbox").joinpath("page.html").read_text("utf-8")


@router.get("", response_class=HTMLResponse)
async def show_inbox() -> HTMLResponse:
    """Say where hand-offs are found."""
    return HTMLResponse(_PAGE)
