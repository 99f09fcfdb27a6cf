"""What the agent knows: searched as it searches itself, and what it was asked in vain."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import StringConstraints

from api.deps import Services
from api.problems import openapi_responses
from api.rest import knowledge_views as views
from api.rest.auth import KnowledgeReader, KnowledgeWriter
from api.rest.bodies import Body
from api.rest.paging import DEFAULT_LIMIT, Cursor, Limit, Page, page_of, read_cursor
from frontdesk.text import storable
from knowledge.explain import asker_language, search
from knowledge.gaps.answers import GapAnswer
from knowledge.gaps.repository import GapState
from knowledge.search.query import Filters

router = APIRouter(prefix="/v1/knowledge", tags=["knowledge"], responses=openapi_responses())

Language = Annotated[str, StringConstraints(pattern="^[a-z]{2,3}$")]
"""An ISO 639 code."""
_Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)]
_Answer = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]


class AnswerGap(Body):
    """An answer to be given from now on."""

    answer: _Answer
    question: _Question | None = None
    """In place of the contact's wording, which is found all the same."""
    language: Language | None = None
    """Of the answer; detected if it is not said."""
    valid_until: date | None = None
    """The last day on which it holds."""


@router.get("/search")
async def search_knowledge(
    caller: KnowledgeReader,
    services: Services,
    q: Annotated[str, Query(min_length=1, max_length=1_000, description="What a contact might ask.")],
    language: Annotated[Language | None, Query(description="Only passages in this language.")] = None,
    source: Annotated[UUID | None, Query(description="Only passages of this source.")] = None,
    limit: Annotated[int, Query(ge=1, le=20, description="Most passages.")] = 6,
) -> views.SearchResult:
    """Search as the agent does, and see why it finds what it finds."""
    business = services.playbook.playbook.business
    filters = Filters((language,) if language else None, (source,) if source else None)
    query = storable(q)
    asked_in = language or asker_language(query, business.languages)
    return views.search_result(await search(services.retriever, query, asked_in, services.today, limit, filters))


@router.get("/gaps")
async def list_gaps(
    caller: KnowledgeReader,
    services: Services,
    state: GapState = GapState.OPEN,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[views.Gap]:
    """What contacts asked and no passage answered; what asks the same is one gap, the most asked first."""
    found = await services.gaps.most_asked([state], read_cursor(cursor), limit + 1)
    return page_of([views.Gap.model_validate(gap) for gap in found], limit, lambda gap: gap.id)


@router.get("/gaps/{gap_id}")
async def get_gap(caller: KnowledgeReader, gap_id: UUID, services: Services) -> views.Gap:
    """One gap."""
    return views.Gap.model_validate(await services.gaps.find(gap_id))


@router.post("/gaps/{gap_id}/answer")
async def answer_gap(caller: KnowledgeWriter, gap_id: UUID, services: Services, body: AnswerGap) -> views.Gap:
    """Answer once for all: every wording of the question finds this from now on. A second answer replaces the first."""
    answer = GapAnswer(body.answer, body.question, body.language, body.valid_until)
    return views.Gap.model_validate(await services.gaps.answer(gap_id, answer, services.clock()))


@router.post("/gaps/{gap_id}/dismiss")
async def dismiss_gap(caller: KnowledgeWriter, gap_id: UUID, services: Services) -> views.Gap:
    """Leave it unanswered for good; what asks the same later joins it."""
    return views.Gap.model_validate(await services.gaps.dismiss(gap_id, services.clock()))
