"""Vectors from before models were named keep their place, and lose nothing."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from frontdesk.db.engine import sqlalchemy_url
from frontdesk.db.migrate import upgrade
from frontdesk.ids import new_id

ALONG_X = "[" + ",".join(["1"] + ["0"] * 511) + "]"


@pytest.fixture
def connection(server_url: str) -> Iterator[Connection]:
    """A database with passages of the first schema, brought up to this one."""
    name = f"frontdesk_vectors_{new_id().hex}"
    server = create_engine(sqlalchemy_url(server_url), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with server.connect() as serving:
        serving.execute(text(f"CREATE DATABASE {name}"))
    url = make_url(server_url).set(database=name).render_as_string(hide_password=False)
    upgrade(url, "0001")
    with create_engine(sqlalchemy_url(url), poolclass=NullPool).connect() as made:
        insert_passages(made)
        made.commit()
        upgrade(url)
        yield made
    with server.connect() as serving:
        serving.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def insert_passages(connection: Connection) -> None:
    source, document, pair, prose = (new_id() for _ in range(4))
    connection.execute(
        text("INSERT INTO sources (id, kind, location, created_at) VALUES (:id, 'folder', '/d', now())"),
        {"id": source},
    )
    connection.execute(
        text(
            "INSERT INTO documents (id, source_id, path, title, content_hash, ingested_at)"
            " VALUES (:id, :source, 'a.md', 'A', 'x', now())"
        ),
        {"id": document, "source": source},
    )
    for ordinal, (id, question, heading) in enumerate(((pair, "Open?", []), (prose, None, ["Prices", "Family"]))):
        connection.execute(
            text(
                "INSERT INTO passages (id, document_id, ordinal, anchor, heading, question, text, lexemes)"
                " VALUES (:id, :document, :ordinal, 'a', :heading, :question, 'Daily.', '')"
            ),
            {"id": id, "document": document, "ordinal": ordinal, "heading": heading, "question": question},
        )
        connection.execute(
            text("INSERT INTO passage_vectors (passage_id, ordinal, embedding) VALUES (:id, 0, :vector)"),
            {"id": id, "vector": ALONG_X},
        )


def test_that_stored_vectors_belong_to_the_model_that_made_them(connection: Connection) -> None:
    model = connection.execute(text("SELECT id, name, dimensions, state FROM embedding_models")).one()
    assert model[1:] == ("use-multilingual-3", 512, "active")
    assert connection.scalars(text("SELECT DISTINCT model_id FROM passage_vectors")).all() == [model.id]
    assert connection.scalar(text("SELECT count(*) FROM passage_vectors")) == 2


def test_that_the_model_s_own_index_answers(connection: Connection) -> None:
    model = connection.scalar(text("SELECT id FROM embedding_models"))
    connection.execute(text("SET enable_seqscan = off"))
    plan = connection.scalars(
        text(
            f"EXPLAIN SELECT passage_id FROM passage_vectors WHERE model_id = '{model}' AND is_pair"
            f" ORDER BY embedding::halfvec(512) <=> '{ALONG_X}'::halfvec(512) LIMIT 1"
        )
    ).all()
    assert any(f"ix_passage_vectors_{model.hex}_pairs" in line for line in plan)
    kinds = connection.execute(
        text("SELECT question IS NOT NULL, is_pair FROM passages JOIN passage_vectors ON passage_id = id")
    )
    assert sorted(tuple(row) for row in kinds) == [(False, False), (True, True)]


def test_that_what_was_embedded_is_written_down_as_far_as_it_is_known(connection: Connection) -> None:
    rows = connection.execute(text("SELECT ordinal, text FROM passage_wordings ORDER BY ordinal, text")).all()
    assert [tuple(row) for row in rows] == [(0, "Open?\nDaily."), (0, "Prices › Family\nDaily."), (1, "Open?")]


def test_that_both_indexes_place_new_vectors_with_care(connection: Connection) -> None:
    found = "SELECT indexdef FROM pg_indexes WHERE tablename = 'passage_vectors' AND indexdef LIKE '%hnsw%'"
    definitions = connection.scalars(text(found)).all()
    assert len(definitions) == 2
    assert all("ef_construction" in definition and "128" in definition for definition in definitions)
