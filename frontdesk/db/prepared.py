"""Statements of the hot path: built and compiled once, then run on the driver's own connection.

SQLAlchemy's execution of a statement costs several times what the driver's does, and a turn runs many. What it adds
(parameters converted, rows with names) is prepared here, once for each statement.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import AsyncConnection as DriverConnection
from psycopg import AsyncCursor
from sqlalchemy import Insert
from sqlalchemy.dialects.postgresql.psycopg import PGDialectAsync_psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

_DIALECT = PGDialectAsync_psycopg()  # type: ignore[no-untyped-call]

Parameters = Mapping[str, object]
Row = Any
"""A named tuple of the columns, which only the statement knows."""


def driver_connection(connection: AsyncConnection) -> DriverConnection:
    """The driver's connection below; it shares the transaction."""
    assert connection.sync_connection is not None
    driver = connection.sync_connection.connection.driver_connection
    assert isinstance(driver, DriverConnection)
    return driver


class Prepared:
    """A statement whose text never changes; a list of varying length must be an array (`= ANY(:list)`).

    It runs in the connection's transaction. An insert takes its columns from the parameters of its first run.
    """

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._compiled: _Compiled | None = None

    async def run(self, connection: AsyncConnection, parameters: Parameters) -> None:
        """Execute it for its effect."""
        await self._execute(connection, parameters)

    async def all(self, connection: AsyncConnection, parameters: Parameters) -> Sequence[Row]:
        """Return every row."""
        cursor = await self._execute(connection, parameters)
        named = self._ready(parameters).row
        return [named(*row) for row in await cursor.fetchall()]

    async def first(self, connection: AsyncConnection, parameters: Parameters) -> Row | None:
        """Return the first row, None if there is none."""
        row = await (await self._execute(connection, parameters)).fetchone()
        return None if row is None else self._ready(parameters).row(*row)

    async def scalar(self, connection: AsyncConnection, parameters: Parameters) -> Any | None:
        """Return the first column of the first row, None if there is none."""
        row = await (await self._execute(connection, parameters)).fetchone()
        return None if row is None else row[0]

    async def _execute(self, connection: AsyncConnection, parameters: Parameters) -> AsyncCursor[tuple[Any, ...]]:
        compiled = self._ready(parameters)
        given = {**compiled.fixed, **parameters}
        for name, convert in compiled.converters:
            given[name] = convert(given[name])
        try:
            return await driver_connection(connection).execute(compiled.sql, given)
        except psycopg.Error as error:
            raise as_raised_by_sqlalchemy(error) from error

    def _ready(self, parameters: Parameters) -> "_Compiled":
        if self._compiled is None:
            self._compiled = _compile(self._statement, parameters)
        return self._compiled


def as_raised_by_sqlalchemy(error: psycopg.Error) -> BaseException:
    """The same class whichever way a statement was run; without the statement, which may hold what a contact wrote."""
    return DBAPIError.instance(None, None, error, psycopg.Error, hide_parameters=True, dialect=_DIALECT)


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: bytes
    fixed: Parameters
    """The values written into the statement itself."""
    converters: Sequence[tuple[str, Callable[[Any], Any]]]
    row: Callable[..., Row]


def _compile(statement: ClauseElement, parameters: Parameters) -> _Compiled:
    columns = list(parameters) if isinstance(statement, Insert) and not statement._values else None
    compiled = statement.compile(dialect=_DIALECT, column_keys=columns)
    assert isinstance(compiled, SQLCompiler)
    assert not compiled.post_compile_params, "the text of a prepared statement must not depend on its parameters"
    names = getattr(statement, "exported_columns", {}).keys()
    return _Compiled(
        sql=compiled.string.encode(),
        fixed={name: bound.effective_value for name, bound in compiled.binds.items() if not bound.required},
        converters=tuple(_single(name, convert) for name, convert in compiled._bind_processors.items()),
        row=namedtuple("Row", [str(name) for name in names], rename=True),
    )


def _single(name: str, convert: Any) -> tuple[str, Callable[[Any], Any]]:
    assert callable(convert), f"{name} has parts, which only SQLAlchemy's own execution converts"
    return name, convert
