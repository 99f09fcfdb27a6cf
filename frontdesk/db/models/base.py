"""What all tables share: naming of constraints, ids, UTC times."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from sqlalchemy import ForeignKey, MetaData
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Json = dict[str, object]
JsonList = list[Json]


class Base(DeclarativeBase):
    """The root of all mapped tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012
        datetime: TIMESTAMP(timezone=True),
        Json: JSONB,
        JsonList: JSONB,
    }


Id = Annotated[UUID, mapped_column(primary_key=True)]
ContactId = Annotated[UUID, mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))]
ConversationId = Annotated[UUID, mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))]
ChannelId = Annotated[UUID, mapped_column(ForeignKey("channels.id"))]
