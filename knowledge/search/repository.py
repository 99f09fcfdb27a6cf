"""SQL of what a collection tells about itself."""

from collections.abc import Mapping
from uuid import UUID

import numpy as np
from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.db.models import EmbeddingModel, Passage, PassageVector
from knowledge.embedding import Vector
from knowledge.embedding.halfvec import read_vectors
from knowledge.search.calibration import Calibration, CorpusPassage, read_calibration
from knowledge.search.centring import Kind
from knowledge.search.vocabulary import Vocabulary

SAMPLED_VECTORS = 5_000
"""Over which a kind's mean vector is taken."""
SAMPLED_PASSAGES = 2_000
"""Over which lexemes are counted, and a calibration is fitted."""
KNOWN_LEXEMES = 5_000
"""The most frequent ones; all others count as rare."""


async def kind_centroids(connection: AsyncConnection, model_id: UUID) -> Mapping[Kind, tuple[Vector, int]]:
    """The mean vector by a model of each kind of passage, over a bounded sample, and of how many vectors it is."""
    rows = await connection.execute(_KIND_CENTROIDS, {"model_id": model_id})
    return {(row.is_pair, row.language): (np.array(row.centroid, np.float32), row.vectors) for row in rows}


async def read_vocabulary(connection: AsyncConnection) -> Vocabulary:
    """In how many passages of a bounded sample each lexeme is."""
    row = (await connection.execute(_VOCABULARY)).one()
    scale = max(1.0, row.known / max(row.passages, 1))
    return Vocabulary(row.passages, dict(zip(row.words or (), row.frequencies or (), strict=True)), scale)


async def any_limited(connection: AsyncConnection) -> bool:
    """Whether any document holds for a time only, or on some channels only."""
    return bool(await connection.scalar(_ANY_LIMITED))


async def calibration_of(connection: AsyncConnection, model_id: UUID) -> Calibration:
    """What was fitted to the passages' vectors by a model."""
    stored = await connection.scalar(select(EmbeddingModel.calibration).where(EmbeddingModel.id == model_id))
    return read_calibration(stored)


async def store_calibration(connection: AsyncConnection, model_id: UUID, calibration: Calibration) -> None:
    """Keep what was fitted."""
    values = {"calibration": calibration.to_json()}
    await connection.execute(update(EmbeddingModel).where(EmbeddingModel.id == model_id).values(values))


async def analyze(connection: AsyncConnection) -> None:
    """Have the planner's statistics made anew."""
    await connection.execute(text("ANALYZE documents, passages, passage_vectors"))


async def corpus_sample(connection: AsyncConnection, model_id: UUID) -> list[CorpusPassage]:
    """Passages of a bounded sample with their vectors by a model."""
    rows = (await connection.execute(_CORPUS, {"model_id": model_id})).all()
    return [CorpusPassage(read_vectors(row.vectors), row.language) for row in rows]


_SAMPLE = (
    select(Passage.question.is_not(None).label("is_pair"), Passage.language, PassageVector.embedding)
    .join(Passage, Passage.id == PassageVector.passage_id)
    .where(PassageVector.model_id == bindparam("model_id"))
    .limit(SAMPLED_VECTORS)
    .subquery()
)
_KIND_CENTROIDS = select(
    _SAMPLE.c.is_pair,
    _SAMPLE.c.language,
    func.avg(_SAMPLE.c.embedding, type_=HALFVEC()).label("centroid"),
    func.count().label("vectors"),
).group_by(_SAMPLE.c.is_pair, _SAMPLE.c.language)

_ANY_LIMITED = text("""
SELECT EXISTS (
    SELECT FROM documents WHERE valid_from IS NOT NULL OR valid_until IS NOT NULL OR channels IS NOT NULL
) OR EXISTS (SELECT FROM sources WHERE channels IS NOT NULL)
""")

# A table that was never analysed has -1 rows, and is read whole.
_SAMPLED = f"""passages TABLESAMPLE SYSTEM ((
    SELECT CASE WHEN reltuples > {SAMPLED_PASSAGES} THEN 100 * {SAMPLED_PASSAGES} / reltuples ELSE 100 END
    FROM pg_class WHERE oid = 'passages'::regclass))"""  # noqa: S608

_VOCABULARY = text(f"""
WITH sampled AS MATERIALIZED (SELECT lexemes FROM {_SAMPLED} LIMIT {2 * SAMPLED_PASSAGES}),
counted AS (
    SELECT lexeme, count(*) AS passages FROM sampled, unnest(tsvector_to_array(lexemes)) AS lexeme
    GROUP BY lexeme HAVING count(*) > 1 ORDER BY count(*) DESC LIMIT {KNOWN_LEXEMES}
)
SELECT (SELECT count(*) FROM sampled) AS passages,
    (SELECT reltuples FROM pg_class WHERE oid = 'passages'::regclass) AS known,
    array_agg(lexeme) AS words, array_agg(passages) AS frequencies
FROM counted
""")  # noqa: S608

_CORPUS = text(f"""
WITH sampled AS MATERIALIZED (SELECT id, language FROM {_SAMPLED} LIMIT {SAMPLED_PASSAGES})
SELECT language, array_agg(halfvec_send(embedding) ORDER BY ordinal) AS vectors
FROM sampled JOIN passage_vectors ON passage_vectors.passage_id = sampled.id
WHERE model_id = :model_id GROUP BY sampled.id, language
""")  # noqa: S608
