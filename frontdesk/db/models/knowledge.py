"""What was ingested: sources, their documents, and the passages that retrieval returns."""

from datetime import date, datetime
from uuid import UUID

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.db.models.base import Base, Id

EMBEDDING_DIMENSIONS = 512
"""Of the embedded multilingual model."""


class Source(Base):
    """Where documents come from, for example a folder."""

    __tablename__ = "sources"

    id: Mapped[Id]
    kind: Mapped[str]
    location: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    ingested_at: Mapped[datetime | None]


class Document(Base):
    """One ingested file; `content_hash` tells whether it changed."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("source_id", "path"),)

    id: Mapped[Id]
    source_id: Mapped[UUID] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"))
    path: Mapped[str]
    title: Mapped[str]
    url: Mapped[str | None]
    language: Mapped[str | None]
    content_hash: Mapped[str]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    ingested_at: Mapped[datetime]


class Passage(Base):
    """The unit that retrieval returns and a reply cites."""

    __tablename__ = "passages"
    __table_args__ = (
        UniqueConstraint("document_id", "ordinal"),
        Index("ix_passages_lexemes", "lexemes", postgresql_using="gin"),
    )

    id: Mapped[Id]
    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    anchor: Mapped[str]
    """Where in the document: a slug of the heading or question, for citations such as `prices.md#family`."""
    heading: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    question: Mapped[str | None]
    text: Mapped[str]
    url: Mapped[str | None]
    """Of this passage alone; else the document's holds."""
    language: Mapped[str | None]
    lexemes: Mapped[str] = mapped_column(TSVECTOR)


class PassageVector(Base):
    """One embedding of a passage: of the whole of it (`ordinal` 0), of its question, or of another wording of that.

    A row holds one vector only, so that it stays in the table's own pages: two would be moved out of line.
    """

    __tablename__ = "passage_vectors"
    __table_args__ = (
        Index(
            "ix_passage_vectors_embedding",
            "embedding",
            postgresql_using="hnsw",
            postgresql_ops={"embedding": "halfvec_cosine_ops"},
        ),
    )

    passage_id: Mapped[UUID] = mapped_column(ForeignKey("passages.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    embedding: Mapped[list[float]] = mapped_column(HALFVEC(EMBEDDING_DIMENSIONS))
