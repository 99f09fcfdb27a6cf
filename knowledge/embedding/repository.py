"""SQL of embedding models and their vectors."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from psycopg.types.numeric import Int4
from sqlalchemy import ColumnElement, Row, delete, exists, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.bulk import copy_rows
from frontdesk.db.models import EmbeddingModel, Passage, PassageVector
from frontdesk.errors import FrontdeskError
from knowledge.embedding.halfvec import half_vector
from knowledge.embedding.protocol import Vector

_MODELS_LOCK = 7_239_114_511
"""An arbitrary advisory lock number that only the registration of a model takes."""
_REEMBEDDING_LOCK = 7_239_114_512
"""The same, of the process that embeds passages anew."""
_BEFORE_ALL = UUID(int=0)
_EF_CONSTRUCTION = 128
"""Vectors that an index looks at to place a new one, twice the default. With the default, of a million passages some of
the nearest are not found, however many it keeps in view while it searches."""


class ModelRetiredError(FrontdeskError):
    """Vectors were to be written for a model that is no longer the active one; embed again with the one that is."""

    code = "embedding_model_retired"


class ModelState(StrEnum):
    """What a model's vectors are for."""

    BUILDING = "building"
    """Its vectors are being made; nobody asks them yet."""
    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A model, and where it runs: `base_url` of an OpenAI-compatible server, or None when the package carries it.

    `shortened`: the server is asked for that many dimensions, instead of giving the model's own number.
    """

    name: str
    dimensions: int
    base_url: str | None = None
    shortened: bool = False
    query_prefix: str = ""
    passage_prefix: str = ""


@dataclass(frozen=True, slots=True)
class StoredModel:
    """A model that the database knows."""

    id: UUID
    spec: ModelSpec
    state: ModelState


@dataclass(frozen=True, slots=True)
class EmbeddedPassage:
    """The texts of a passage that are searched for, and a vector for each. `is_pair`: it is a question's answer."""

    passage_id: UUID
    is_pair: bool
    wordings: Sequence[str]
    vectors: Sequence[Vector]


@dataclass(frozen=True, slots=True)
class UnembeddedPassage:
    """The texts of a passage for which a model has no vectors yet."""

    passage_id: UUID
    is_pair: bool
    wordings: Sequence[str]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the passages have vectors of a model."""

    embedded: int
    passages: int


async def lock_models(connection: AsyncConnection) -> None:
    """Wait until no other transaction registers or switches models."""
    await connection.execute(select(func.pg_advisory_xact_lock(_MODELS_LOCK)))


async def models_in_use(connection: AsyncConnection) -> dict[ModelState, StoredModel]:
    """The active model and the building one, as far as there are any."""
    rows = await connection.execute(select(EmbeddingModel.__table__).where(EmbeddingModel.state != ModelState.RETIRED))
    return {model.state: model for model in map(_stored, rows)}


async def find_model(connection: AsyncConnection, spec: ModelSpec) -> StoredModel | None:
    """The model whose vectors are the ones that this specification makes, in whatever state."""
    row = (await connection.execute(select(EmbeddingModel.__table__).where(*_same_vectors(spec)))).one_or_none()
    return None if row is None else _stored(row)


async def insert_model(
    connection: AsyncConnection, new_id: UUID, spec: ModelSpec, state: ModelState, now: datetime
) -> StoredModel:
    """Write down a model."""
    values = {name: getattr(spec, name) for name in spec.__slots__}
    activated = now if state is ModelState.ACTIVE else None
    await connection.execute(
        insert(EmbeddingModel).values(id=new_id, state=state, created_at=now, activated_at=activated, **values)
    )
    return StoredModel(new_id, spec, state)


async def set_state(connection: AsyncConnection, model_id: UUID, state: ModelState, now: datetime) -> None:
    """Move a model to another state."""
    moments = {ModelState.ACTIVE: {"activated_at": now}, ModelState.RETIRED: {"retired_at": now}}
    values: dict[str, object] = {"state": state, **moments.get(state, {})}
    await connection.execute(update(EmbeddingModel).where(EmbeddingModel.id == model_id).values(values))


async def set_access(connection: AsyncConnection, model_id: UUID, spec: ModelSpec) -> None:
    """Take over how the model is reached and asked, none of which changes the passages' vectors."""
    await connection.execute(
        update(EmbeddingModel)
        .where(EmbeddingModel.id == model_id)
        .values(base_url=spec.base_url, shortened=spec.shortened, query_prefix=spec.query_prefix)
    )


async def create_indexes(connection: AsyncConnection, model: StoredModel, *, concurrently: bool) -> None:
    """Make the model's indexes over its own rows; one that an interrupted attempt left unusable is made anew.

    Concurrently means without keeping anyone from writing, on a connection in no transaction.
    """
    for is_pair in (True, False):
        await _create_index(connection, model, is_pair, "CONCURRENTLY" if concurrently else "")


async def _create_index(connection: AsyncConnection, model: StoredModel, is_pair: bool, how: str) -> None:
    name = index_name(model.id, is_pair=is_pair)
    valid = await connection.scalar(_INDEX_VALID, {"name": name})
    if valid:
        return
    if valid is False:
        await connection.execute(text(f"DROP INDEX {how} IF EXISTS {name}"))
    await connection.execute(
        text(
            f"CREATE INDEX {how} IF NOT EXISTS {name} ON passage_vectors USING hnsw"
            f" ((embedding::halfvec({model.spec.dimensions})) halfvec_cosine_ops)"
            f" WITH (ef_construction = {_EF_CONSTRUCTION})"
            f" WHERE {index_condition(model.id, is_pair=is_pair)}"
        )
    )


async def drop_indexes(connection: AsyncConnection, model_id: UUID) -> None:
    """Drop the model's indexes without keeping anyone from writing, on a connection in no transaction."""
    for is_pair in (True, False):
        await connection.execute(text(f"DROP INDEX CONCURRENTLY IF EXISTS {index_name(model_id, is_pair=is_pair)}"))


def index_name(model_id: UUID, *, is_pair: bool) -> str:
    """The index over one model's vectors of question-answer pairs, or over those of prose."""
    return f"ix_passage_vectors_{model_id.hex}_{'pairs' if is_pair else 'prose'}"


def index_condition(model_id: UUID, *, is_pair: bool) -> str:
    """What is in that index: only a query that says the same, word for word, is served by it."""
    return f"model_id = '{model_id}' AND {'is_pair' if is_pair else 'NOT is_pair'}"


async def insert_passage_vectors(
    connection: AsyncConnection, model_id: UUID, passages: Sequence[EmbeddedPassage]
) -> None:
    """Write new passages' wordings and their vectors of the active model; the building one's follow by themselves.

    The model stays the active one until this transaction ends; raises ModelRetiredError if it no longer is.
    """
    await hold_active(connection, model_id)
    await copy_rows(connection, _COPY_WORDINGS, _wording_rows(passages))
    await copy_rows(connection, _COPY_VECTORS, _vector_rows(model_id, passages))


async def hold_active(connection: AsyncConnection, model_id: UUID) -> None:
    """Keep a model the active one until this transaction ends; raises ModelRetiredError if it no longer is."""
    held = select(EmbeddingModel.state).where(EmbeddingModel.id == model_id).with_for_update(read=True)
    if await connection.scalar(held) != ModelState.ACTIVE:
        raise ModelRetiredError("the embedding model was changed meanwhile; try again")


async def passages_without(
    connection: AsyncConnection, model_id: UUID, after: UUID, limit: int
) -> list[UnembeddedPassage]:
    """The next passages that have no vectors of a model, in the order of their ids."""
    rows = await connection.execute(_WITHOUT_VECTORS, {"model_id": model_id, "after": after, "limit": limit})
    return [UnembeddedPassage(row.passage_id, row.is_pair, row.wordings) for row in rows]


async def add_vectors(connection: AsyncConnection, model_id: UUID, passages: Sequence[EmbeddedPassage]) -> None:
    """Write vectors of a model for passages that have none of it; a passage deleted meanwhile is passed over."""
    has_vectors = exists().where(PassageVector.passage_id == Passage.id, PassageVector.model_id == model_id)
    wanting = select(Passage.id).where(Passage.id.in_([passage.passage_id for passage in passages]), ~has_vectors)
    ids = set(await connection.scalars(wanting.with_for_update(key_share=True)))
    rows = _vector_rows(model_id, [passage for passage in passages if passage.passage_id in ids])
    await copy_rows(connection, _COPY_VECTORS, rows)


async def switch_to(connection: AsyncConnection, building: StoredModel, now: datetime) -> bool:
    """Make the building model the active one if every passage has its vectors, and nobody is writing passages.

    The caller holds the models' lock. From the commit on, whoever asks anew is answered by this model.
    """
    rows = select(EmbeddingModel.id).where(EmbeddingModel.state == ModelState.ACTIVE)
    active_id = await connection.scalar(rows.with_for_update(key_share=True, skip_locked=True))
    if active_id is None or await passages_without(connection, building.id, _BEFORE_ALL, 1):
        return False
    await set_state(connection, active_id, ModelState.RETIRED, now)
    await set_state(connection, building.id, ModelState.ACTIVE, now)
    return True


async def coverage(connection: AsyncConnection, model_id: UUID) -> Coverage:
    """How far a model's vectors have come."""
    row = (await connection.execute(_COVERAGE, {"model_id": model_id})).one()
    return Coverage(row.embedded, row.passages)


async def retired_before(connection: AsyncConnection, moment: datetime) -> list[UUID]:
    """The models that nobody asks any more, and whose vectors may go."""
    retired = select(EmbeddingModel.id).where(EmbeddingModel.state == ModelState.RETIRED)
    return list(await connection.scalars(retired.where(EmbeddingModel.retired_at <= moment)))


async def delete_vectors(connection: AsyncConnection, model_id: UUID, after: UUID, limit: int) -> UUID | None:
    """Delete a model's vectors of the next passages behind `after`; returns the last of them, None if none are left."""
    parameters = {"model_id": model_id, "after": after, "limit": limit}
    deleted = list(await connection.scalars(_DELETE_VECTORS, parameters))
    return max(deleted, default=None)


async def delete_model(connection: AsyncConnection, model_id: UUID) -> None:
    """Forget a retired model without vectors."""
    of_model = (EmbeddingModel.id == model_id, EmbeddingModel.state == ModelState.RETIRED)
    await connection.execute(delete(EmbeddingModel).where(*of_model))


@asynccontextmanager
async def reembedding_lock(connection: AsyncConnection) -> AsyncIterator[bool]:
    """Let one process at a time embed anew; yields whether it is this one.

    The session holds the lock, since an open transaction would keep the index from being made; it ends with it, so that
    the lock cannot stay behind in the pool.
    """
    taken = bool(await connection.scalar(select(func.pg_try_advisory_lock(_REEMBEDDING_LOCK))))
    try:
        yield taken
    finally:
        if taken:
            await connection.invalidate()


def _wording_rows(passages: Sequence[EmbeddedPassage]) -> Iterator[tuple[object, ...]]:
    for passage in passages:
        for ordinal, wording in enumerate(passage.wordings):
            yield passage.passage_id, Int4(ordinal), wording


def _vector_rows(model_id: UUID, passages: Sequence[EmbeddedPassage]) -> Iterator[tuple[object, ...]]:
    for passage in passages:
        for ordinal, vector in enumerate(passage.vectors):
            yield passage.passage_id, model_id, Int4(ordinal), passage.is_pair, half_vector(vector)


def _same_vectors(spec: ModelSpec) -> tuple[ColumnElement[bool], ...]:
    return (
        EmbeddingModel.name == spec.name,
        EmbeddingModel.dimensions == spec.dimensions,
        EmbeddingModel.passage_prefix == spec.passage_prefix,
    )


def _stored(row: Row[tuple[object, ...]]) -> StoredModel:
    values = row._mapping
    spec = ModelSpec(**{name: values[name] for name in ModelSpec.__slots__})
    return StoredModel(row.id, spec, ModelState(row.state))


_COPY_WORDINGS = b"COPY passage_wordings (passage_id, ordinal, text) FROM STDIN (FORMAT BINARY)"
_COPY_VECTORS = b"""COPY passage_vectors (passage_id, model_id, ordinal, is_pair, embedding)
FROM STDIN (FORMAT BINARY)"""

_INDEX_VALID = text("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(:name)")

_WITHOUT_VECTORS = text("""
SELECT next.passage_id, (SELECT question IS NOT NULL FROM passages WHERE id = next.passage_id) AS is_pair,
    (SELECT array_agg(text ORDER BY ordinal) FROM passage_wordings WHERE passage_id = next.passage_id) AS wordings
FROM (
    SELECT passage_id FROM passage_wordings
    WHERE ordinal = 0 AND passage_id > :after AND NOT EXISTS (
        SELECT FROM passage_vectors
        WHERE passage_vectors.passage_id = passage_wordings.passage_id AND model_id = :model_id
    )
    ORDER BY passage_id LIMIT :limit
) AS next
ORDER BY next.passage_id
""")

_COVERAGE = text("""
SELECT (SELECT count(*) FROM passage_vectors WHERE model_id = :model_id AND ordinal = 0) AS embedded,
    (SELECT count(*) FROM passage_wordings WHERE ordinal = 0) AS passages
""")

_DELETE_VECTORS = text("""
DELETE FROM passage_vectors WHERE model_id = :model_id AND passage_id IN (
    SELECT DISTINCT passage_id FROM passage_vectors
    WHERE model_id = :model_id AND passage_id > :after ORDER BY passage_id LIMIT :limit
) RETURNING passage_id
""")
