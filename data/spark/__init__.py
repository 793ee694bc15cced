"""Adding on Apache Spark: for archives that do not fit one machine. They become one addition to the same store.

```
locations --plan--> File* --> Task* --> Wave*      (here)
Wave --tasks, in mapInPandas on the workers--> tagged rows, as Parquet in folder/staging      (two waves at a time)
staged rows --storing.Heap--> Addition.write: ids, copies, stories, one commit a batch --> journal      (here, in order)
```

Reading, normalising and tagging are those of ``python -m data add``, and so are ids and tags. What is left to this
process is what has to know all articles: which are there already, and which are copies or belong to a story. It takes
them in the order in which they are read, so that copies and stories come out as without Spark where files come in the
order of time, and in any case where all fit into one batch (see :mod:`data.grouping.grouper`). This is where this way
ends: that one process holds the ids of all articles, 40 bytes each, and the last 30 days of texts, and is no faster
than a core is at grouping.

A worker that is lost costs the time of its tasks: Spark gives them to another, and rows are only seen once all of a
wave are there. A wave that is stored is in the journal (:mod:`data.spark.journal`) and is not read again.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from data.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.engines.sql.spark import Spark


@contextmanager
def opened(where: str) -> Iterator[Spark]:
    """Spark at `where`: ``spark://HOST:7077``, ``local[2]``, ``sc://HOST``; its session ends with the block.

    StoreError where that is no address of Spark, or what it needs is not installed; whether it answers shows later.
    """
    if not where.startswith(("local", "spark://", "sc://")):
        raise StoreError(f"Nothing can be added with {where!r}; choose local[…], spark://… or sc://….")
    try:
        from data.engines.sql.spark import Spark
    except ImportError as error:
        raise StoreError(f"Spark needs what is not installed ({error}): pip install '.[spark]'.") from error
    spark = Spark(where)
    try:
        yield spark
    finally:
        spark.close()
