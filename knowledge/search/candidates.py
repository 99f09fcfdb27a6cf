"""What a search found, compared with the query."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.embedding import Vector
from knowledge.embedding.models import ServedModel
from knowledge.search.centring import Kind, form_shares
from knowledge.search.legs.repository import find_ids
from knowledge.search.passages.known import KnownPassages
from knowledge.search.query import Query
from knowledge.search.ranking import Candidate, SearchedPassage
from knowledge.search.statistics import Statistics

_ATTEMPTS = 3


async def find_candidates(
    connection: AsyncConnection, model: ServedModel, query: Query, statistics: Statistics, known: KnownPassages
) -> list[Candidate]:
    """Return what either leg finds, compared.

    A document that is replaced between the search and the reading is searched for again, so that a question meets what
    it said before or what it says now.
    """
    passages: list[SearchedPassage] | None = None
    for _ in range(_ATTEMPTS):
        ids = await find_ids(connection, model, query, statistics)
        passages = await known.read(connection, model.id, ids)
        if passages is not None:
            break
    # The statistics may be half a minute old, and a document limited since.
    allowed = [each for each in passages or () if each.holds(query.today, query.filters.channel)]
    return compare(allowed, query.vector, query.shares, form_shares(query.vector, statistics.centroids))


def compare(
    passages: Sequence[SearchedPassage], query: Vector, shares: Mapping[str, float], forms: Mapping[Kind, float]
) -> list[Candidate]:
    """Return the passages with how near each is to a query, given by its vector and the shares of its lexemes.

    `forms` is what each kind of passage owes to its form alone.
    """
    if not passages:
        return []
    cosines: list[float] = (np.concatenate([passage.vectors for passage in passages]) @ query).tolist()
    ends = accumulate(len(passage.vectors) for passage in passages)
    quoted = [(f"'{lexeme}'", share) for lexeme, share in shares.items()]
    return [
        Candidate(
            passage=passage,
            similarities=tuple(cosines[end - len(passage.vectors) : end]),
            form=forms.get((passage.question is not None, passage.language), 0.0),
            overlap=passage.overlap(quoted),
        )
        for passage, end in zip(passages, ends, strict=True)
    ]
