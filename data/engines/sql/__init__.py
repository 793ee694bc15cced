"""Engines of SQL: the four questions asked of a database that reads the files of the store itself.

```
files of one version --prepared--> a table of facets, kept in the database --asking--> answers, small
                 └---------------- pages of articles and texts are read from the files --^
```

The questions are Ibis expressions, so that one text serves DuckDB, in this process, and Apache Spark: on this machine,
on a cluster, or behind Spark Connect. Answers are those of :mod:`data.engines.memory` to the digit. Texts are searched
with the store's own index.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from data.engines.sql.engine import SqlEngine
from data.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.corrections import Correction
    from data.engines.sql.platforms import Platform
    from data.store import Store

NAMES = ("duckdb", "local[…]", "spark://…", "sc://…")
"""What an engine of SQL is called: DuckDB, Spark on this machine, a Spark master, a Spark Connect server."""


def open_sql(where: str, store: Store, version: int | None = None, corrections: Sequence[Correction] = ()) -> SqlEngine:
    """The engine called `where` (see NAMES) over `version`, by default the latest, with the corrections applied.

    Hold the version as long as the engine is used, see :func:`data.engines.stored.open_stored`. StoreError if there is
    no such engine, what it needs is not installed, or it cannot be reached.
    """
    number = store.version() if version is None else version
    return SqlEngine(platform(where), store, number, tuple(corrections))


@lru_cache(maxsize=4)
def platform(where: str) -> Platform:
    """The one connection of this process to what is called `where`."""
    try:
        if where == "duckdb":
            from data.engines.sql.duck import Duck

            return Duck()
        if where.startswith(("local", "spark://", "sc://")):
            from data.engines.sql.spark import Spark

            return Spark(where)
    except ImportError as error:
        extra = "sql" if where == "duckdb" else "spark"
        raise StoreError(
            f"The engine {where} needs what is not installed ({error}): pip install '.[{extra}]'."
        ) from error
    raise StoreError(f"No engine {where!r}; choose one of {', '.join(NAMES)}.")
