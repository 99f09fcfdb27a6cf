"""What the agent knows: what it was asked in vain, where its knowledge comes from, and what a question finds."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.deps import ApiServices, Reading, Services
from api.inbox.access import LookingAfterKnowledge
from api.inbox.errors import InboxRoute
from api.inbox.pages import render
from api.records.sources import find_source, source_of
from frontdesk.errors import FrontdeskError
from frontdesk.text import storable
from knowledge.documents.repository import get_document, list_documents, list_passages
from knowledge.explain import Explanation, asker_language, search
from knowledge.gaps.answers import GapAnswer
from knowledge.gaps.repository import GapState
from knowledge.search.confidence import ANSWER_THRESHOLD
from knowledge.sources.repository import list_sources

PAGE = 50
PASSAGES = 200
"""Of a document on one page."""
FOUND = 6
"""Passages shown of a test."""

router = APIRouter(prefix="/inbox/knowledge", include_in_schema=False, route_class=InboxRoute)

Question = Annotated[str, Query(max_length=1_000)]


class AnswerMissingError(FrontdeskError):
    """A gap is answered by words."""

    code = "answer_missing"


@router.get("")
async def show_knowledge(
    request: Request, person: LookingAfterKnowledge, services: Services, q: Question = ""
) -> Response:
    """The page; `q` is a question to be tested."""
    asked = storable(q).strip()
    gaps = await services.gaps.most_asked([GapState.OPEN], None, PAGE)
    async with services.database.reading() as connection:
        sources = await list_sources(connection, None, 200)
    return render(
        request,
        services,
        person,
        "knowledge.html",
        gaps=gaps,
        sources=[source_of(row, services.clock()) for row in sources],
        asked=asked,
        found=await _search(services, asked) if asked else None,
        threshold=ANSWER_THRESHOLD,
        business_languages=services.playbook.playbook.business.languages,
    )


@router.post("/gaps/{gap_id}/answer")
async def answer_gap(
    person: LookingAfterKnowledge,
    services: Services,
    gap_id: UUID,
    answer: Annotated[str, Form(max_length=10_000)] = "",
    question: Annotated[str, Form(max_length=1_000)] = "",
    language: Annotated[str, Form(max_length=3)] = "",
) -> Response:
    """Answer once for all; the page then tests the question, so that the answer is seen to be found."""
    given, asked = storable(answer).strip(), storable(question).strip()
    if not given:
        raise AnswerMissingError("write what the agent is to say")
    known = language if language in services.playbook.playbook.business.languages else None
    gap = await services.gaps.answer(gap_id, GapAnswer(given, asked or None, known), services.clock())
    return RedirectResponse(f"/inbox/knowledge?q={quote(asked or gap.question, safe='')}#test", status_code=303)


@router.post("/gaps/{gap_id}/dismiss")
async def dismiss_gap(person: LookingAfterKnowledge, services: Services, gap_id: UUID) -> Response:
    """Leave it unanswered for good."""
    await services.gaps.dismiss(gap_id, services.clock())
    return RedirectResponse("/inbox/knowledge", status_code=303)


@router.get("/sources/{source_id}")
async def show_source(
    request: Request,
    person: LookingAfterKnowledge,
    services: Services,
    connection: Reading,
    source_id: UUID,
    after: Annotated[str, Query(max_length=4_000)] = "",
) -> Response:
    """A source's documents, its last ingest, and what could not be read."""
    source = await find_source(connection, source_id, services.clock())
    documents = await list_documents(connection, source_id, storable(after) or None, PAGE + 1)
    shown = documents[:PAGE]
    return render(
        request,
        services,
        person,
        "source.html",
        source=source,
        documents=shown,
        after=quote(shown[-1].path, safe="") if len(documents) > PAGE else "",
    )


@router.get("/documents/{document_id}")
async def show_document(
    request: Request,
    person: LookingAfterKnowledge,
    services: Services,
    connection: Reading,
    document_id: UUID,
    after: Annotated[int, Query(ge=-1, le=2**31 - 1)] = -1,
) -> Response:
    """A document's passages, as replies cite them."""
    document = await get_document(connection, document_id)
    passages = await list_passages(connection, document_id, after, PASSAGES + 1)
    shown = passages[:PASSAGES]
    rest = shown[-1].ordinal if len(passages) > PASSAGES else None
    return render(request, services, person, "document.html", document=document, passages=shown, after=rest)


async def _search(services: ApiServices, asked: str) -> Explanation:
    language = asker_language(asked, services.playbook.playbook.business.languages)
    return await search(services.retriever, asked, language, services.today, FOUND)
