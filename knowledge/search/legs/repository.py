"""SQL of both legs: one statement that returns nothing but the passages' ids.

Every turn runs it, so what it costs beside the index is kept small: its parameters stand where they do not sway the
planner, which therefore plans it once for each connection; and what is known of the passages already is not sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from uuid import UUID

import psycopg
from psycopg.rows import scalar_row
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.prepared import driver_connection
from knowledge.embedding.halfvec import half_vector
from knowledge.embedding.models import ServedModel
from knowledge.embedding.repository import index_condition
from knowledge.search.query import Filters, Query
from knowledge.search.statistics import Statistics

NEAREST_VECTORS = 40
"""Read by the vector leg, of question-answer pairs and of prose alike."""
SEARCHED_VECTORS, SEARCHED_OF_MANY = 80, 160
"""How many the index keeps in view while it searches, twice what it is asked for, and more among many passages: so it
misses next to nothing."""
MANY_PASSAGES = 300_000
MOST_SCANNED = 20_000
"""Vectors that the index goes on to where few pass the filters. If these are too few, all that pass are compared."""
LOOKED_UP_PASSAGES = 64
"""Passages with one of the query's rare lexemes that the lexical leg looks at."""
MOST_OVERLAPPING = 12
"""Of those, how many it adds."""


def searched_vectors(passages: int) -> int:
    """Return how many vectors the index keeps in view among so many passages."""
    return SEARCHED_OF_MANY if passages > MANY_PASSAGES else SEARCHED_VECTORS


async def find_ids(connection: AsyncConnection, model: ServedModel, query: Query, statistics: Statistics) -> list[UUID]:
    """Return the passages that either leg finds among those that hold today and pass the filters."""
    kinds = statistics.kinds
    if not kinds:
        return []
    is_narrow = statistics.is_limited or query.filters.are_chosen
    searched = searched_vectors(statistics.passages)
    shape = _Shape(model.id, model.dimensions, tuple(kinds), searched, bool(query.seldom), is_narrow)
    driver, parameters = driver_connection(connection), _parameters(query, is_narrow=is_narrow)
    found = await _fetch_ids(driver, _legs_statement(shape), parameters)
    if is_narrow and len(found) < NEAREST_VECTORS * len(kinds):
        found += await _fetch_ids(driver, _exact_statement(shape), parameters)
    return list(dict.fromkeys(found))


async def _fetch_ids(driver: psycopg.AsyncConnection, statement: bytes, parameters: Mapping[str, object]) -> list[UUID]:
    async with driver.cursor(binary=True, row_factory=scalar_row) as cursor:
        await cursor.execute(statement, parameters)
        return await cursor.fetchall()


def _parameters(query: Query, *, is_narrow: bool) -> dict[str, object]:
    parameters: dict[str, object] = {"vector": half_vector(query.vector)}
    if query.seldom:
        parameters["lexemes"] = [f"'{lexeme}'" for lexeme in query.shares]
        parameters["shares"] = list(query.shares.values())
        parameters["seldom"] = " | ".join(f"'{lexeme}'" for lexeme in query.seldom)
    if is_narrow:
        parameters["today"] = query.today
        parameters |= _filter_parameters(query.filters)
    return parameters


def _filter_parameters(filters: Filters) -> dict[str, object]:
    languages, sources = filters.languages, filters.source_ids
    return {
        "languages": None if languages is None else list(languages),
        "sources": None if sources is None else list(sources),
        "channel": filters.channel,
    }


_OF_DOCUMENTS = """JOIN documents ON documents.id = passages.document_id
    JOIN sources ON sources.id = documents.source_id"""
_ALLOWED = """coalesce(documents.valid_from <= %(today)s, true) AND coalesce(documents.valid_until >= %(today)s, true)
    AND coalesce(CAST(%(channel)s AS text) = ANY(coalesce(documents.channels, sources.channels)), true)
    AND (CAST(%(languages)s AS text[]) IS NULL OR passages.language = ANY(CAST(%(languages)s AS text[])))
    AND (CAST(%(sources)s AS uuid[]) IS NULL OR documents.source_id = ANY(CAST(%(sources)s AS uuid[])))"""


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a statement is made for: a part that a query does not need would still have to be planned."""

    model_id: UUID
    dimensions: int
    kinds: tuple[bool, ...]
    """Pairs (True), prose or both."""
    searched: int
    has_words: bool
    is_narrow: bool


@cache
def _legs_statement(shape: _Shape) -> bytes:
    """Return the statement for one model: an index serves only a query that names its model and dimensions outright.

    Only an id, numbers and constants are put in, the latter so that the planner knows the limits.
    """
    legs = [_vector_leg(shape, is_pair) for is_pair in shape.kinds]
    if shape.has_words:
        legs.append(_lexical_leg(shape))
    return _packed(f"{_ASKED if shape.has_words else ''} {' UNION ALL '.join(legs)}")


@cache
def _exact_statement(shape: _Shape) -> bytes:
    """Return the statement that compares every passage that passes the filters: adding nought keeps the index out."""
    return _packed(" UNION ALL ".join(f"({_nearest(shape, is_pair, '+ 0')})" for is_pair in shape.kinds))


def _packed(statement: str) -> bytes:
    """Return it without line breaks: the driver reads a statement for its parameters anew each time, unless it is a
    short one."""
    return " ".join(statement.split()).encode()


_ASKED = """WITH asked AS MATERIALIZED (
    SELECT lexeme, share
    FROM unnest(CAST(CAST(%(lexemes)s AS text[]) AS tsquery[]), CAST(%(shares)s AS float8[])) AS asked(lexeme, share)
)"""


def _lexical_leg(shape: _Shape) -> str:
    """Return the part that looks passages up by the rare lexemes: those that share the most with the query."""
    narrowed = f"{_OF_DOCUMENTS} WHERE {_ALLOWED} AND" if shape.is_narrow else "WHERE"
    # A lexeme in a subquery is none that the planner counts on: the plan is the same for all.
    return f"""(
        SELECT id FROM (
            SELECT passages.id, passages.lexemes
            FROM passages {narrowed} passages.lexemes @@ (SELECT CAST(%(seldom)s AS tsquery)) LIMIT {LOOKED_UP_PASSAGES}
        ) AS looked_up
        ORDER BY (SELECT sum(share) FROM asked WHERE looked_up.lexemes @@ lexeme) DESC LIMIT {MOST_OVERLAPPING}
    )"""  # noqa: S608


def _vector_leg(shape: _Shape, is_pair: bool) -> str:
    """Return one kind's part of the vector leg.

    The settings hold for this statement alone, and are made before the index is read. A scan goes on until enough
    vectors pass the filters.
    """
    return f"""SELECT passage_id AS id FROM (
        SELECT set_config('hnsw.iterative_scan', '{"relaxed_order" if shape.is_narrow else "off"}', true),
            set_config('hnsw.ef_search', '{shape.searched}', true),
            set_config('hnsw.max_scan_tuples', '{MOST_SCANNED}', true)
    ) AS settings CROSS JOIN LATERAL ({_nearest(shape, is_pair, "")}) AS nearest"""  # noqa: S608


def _nearest(shape: _Shape, is_pair: bool, added: str) -> str:
    conditions = index_condition(shape.model_id, is_pair=is_pair)
    joined = ""
    if shape.is_narrow:
        joined = f"JOIN passages ON passages.id = passage_vectors.passage_id {_OF_DOCUMENTS}"
        conditions += f" AND {_ALLOWED}"
    half = f"halfvec({shape.dimensions})"
    return f"""SELECT passage_vectors.passage_id FROM passage_vectors {joined} WHERE {conditions}
        ORDER BY (passage_vectors.embedding::{half} <=> CAST(%(vector)s AS {half})) {added}
        LIMIT {NEAREST_VECTORS}"""  # noqa: S608
