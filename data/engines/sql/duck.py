"""DuckDB, in this process: for tests of the questions, and for stores that memory does not hold."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import duckdb

from data.engines.stopping import stoppable
from data.errors import StoreError
from data.store import first_line
from data.store.schema import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class Duck:
    """A database in memory. Every question has a cursor of its own, so that several can be answered at once."""

    dialect = "duckdb"

    def __init__(self) -> None:
        self.epoch = 0
        self._base = _connected()

    def read(self, name: str, files: Sequence[str]) -> None:
        """See :class:`data.engines.sql.platforms.Platform`."""
        if not files:
            self.give(name, ARTICLES.empty_table())
            return
        found = f"read_parquet([{', '.join(map(_quoted, files))}], union_by_name = true)"
        there = self.fetch(f"SELECT column_name FROM (DESCRIBE SELECT * FROM {found})").column(0).to_pylist()
        columns = (
            f'"{field.name}"' if field.name in there else f'NULL::{_KINDS[str(field.type)]} AS "{field.name}"'
            for field in ARTICLES
        )
        self._run(f"CREATE VIEW {name} AS SELECT {', '.join(columns)} FROM {found}")

    def give(self, name: str, table: pa.Table) -> None:
        """See :class:`data.engines.sql.platforms.Platform`."""
        self._run(f"CREATE TABLE {name} AS SELECT * FROM given", given=table)

    def keep(self, name: str, query: str) -> None:
        """See :class:`data.engines.sql.platforms.Platform`."""
        self._run(f"CREATE TABLE {name} AS {query}")

    def fetch(self, query: str) -> pa.Table:
        """See :class:`data.engines.sql.platforms.Platform`."""
        try:
            cursor = self._base.cursor()
            with stoppable(cursor.interrupt):
                return cursor.sql(query).to_arrow_table()
        except duckdb.Error as error:
            raise self._refused(error) from error

    def drop(self, name: str) -> None:
        """See :class:`data.engines.sql.platforms.Platform`."""
        for kind in ("TABLE", "VIEW"):
            with suppress(duckdb.Error):
                self._base.cursor().execute(f"DROP {kind} IF EXISTS {name}")

    def _run(self, statement: str, **given: pa.Table) -> None:
        try:
            cursor = self._base.cursor()
            for name, table in given.items():
                cursor.register(name, table)
            cursor.execute(statement)
        except duckdb.Error as error:
            raise self._refused(error) from error

    def _refused(self, error: duckdb.Error) -> StoreError:
        """What to say; a connection that a fault has closed is made anew."""
        if isinstance(error, duckdb.FatalException | duckdb.ConnectionException):
            self._base = _connected()
            self.epoch += 1
        return StoreError(f"DuckDB gave no answer ({first_line(error)}). Try again, or open the page without --engine.")


def _connected() -> duckdb.DuckDBPyConnection:
    base = duckdb.connect(":memory:", config=_OFFLINE)
    base.execute("SET GLOBAL TimeZone = 'UTC'")
    return base


_KINDS = {
    "string": "VARCHAR",
    "list<item: string>": "VARCHAR[]",
    "list<element: string>": "VARCHAR[]",
    "timestamp[us, tz=UTC]": "TIMESTAMPTZ",
    "bool": "BOOLEAN",
    "float": "FLOAT",
}
"""Types of the store's columns in SQL."""


def _quoted(file: str) -> str:
    """A path as a text of SQL, in which no sign stands for others."""
    for sign in "[*?":
        file = file.replace(sign, f"[{sign}]")
    return "'" + file.replace("'", "''") + "'"
