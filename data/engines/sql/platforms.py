"""What a database must be able to do to serve as an engine, and tables in it that go when nobody holds them."""

from __future__ import annotations

import uuid
import weakref
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

Table = Any
"""An Ibis table; Ibis has no types that a checker could read."""


class Platform(Protocol):
    """A database that runs SQL; safe to share between threads. Its methods raise StoreError where it fails.

    A query that takes long can be stopped, see :func:`data.engines.stopping.stoppable`.
    """

    dialect: str
    """Its SQL, as Ibis calls it."""
    epoch: int
    """Grows when the connection was lost, and all tables with it."""

    def read(self, name: str, files: Sequence[str]) -> None:
        """Makes a view `name` of Parquet files with the columns of the store's articles; those missing are null."""
        ...

    def give(self, name: str, table: pa.Table) -> None:
        """Puts a small table there."""
        ...

    def keep(self, name: str, query: str) -> None:
        """Runs a query once and keeps its answer as the table `name`."""
        ...

    def fetch(self, query: str) -> pa.Table:
        """The answer to a query."""
        ...

    def drop(self, name: str) -> None:
        """Forgets a table or view; quietly, as it may be gone together with the connection."""
        ...


class Held:
    """A table in a database, there as long as this object is."""

    def __init__(self, platform: Platform, schema: Any) -> None:
        """`schema` is one of pyarrow or of Ibis."""
        import ibis

        self.platform = platform
        self.name = f"news_{uuid.uuid4().hex}"
        self.table: Table = ibis.table(schema, name=self.name)
        weakref.finalize(self, platform.drop, self.name).atexit = False

    @classmethod
    def read(cls, platform: Platform, schema: pa.Schema, files: Sequence[str]) -> Held:
        """A view of files."""
        held = cls(platform, schema)
        platform.read(held.name, files)
        return held

    @classmethod
    def given(cls, platform: Platform, table: pa.Table) -> Held:
        """A small table from here."""
        held = cls(platform, table.schema)
        platform.give(held.name, table)
        return held

    @classmethod
    def kept(cls, platform: Platform, expression: Table) -> Held:
        """The answer to an expression."""
        held = cls(platform, expression.schema())
        platform.keep(held.name, written(platform, expression))
        return held


def written(platform: Platform, expression: Table) -> str:
    """The expression in the SQL of the database."""
    import ibis

    return str(ibis.to_sql(expression, dialect=platform.dialect))
