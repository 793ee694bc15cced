"""Whether an engine of SQL agrees with memory: ``python -m tests.sql_agreement "local[2]" [STORE]``.

Asks both every kind of question about a store (by default one of some hundred made-up articles) and says how many
answers were the same; ends with 1 if any was not. For masters and servers, ``spark://…`` and ``sc://…``, each of which
needs a process of its own.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from data.engines import TIME_BINS, UNITS
from data.engines.sql import open_sql
from data.engines.stored import open_stored
from data.facets import FACETS, NONE
from data.selection import Selection
from data.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from data.engines import Engine

ALL = Selection()
SELECTIONS = (ALL, ALL.choose("topic", ["disaster", "politics", NONE]), Selection(text="flood OR budget"))


def main() -> int:
    """Prints one line."""
    where, *folder = sys.argv[1:]
    store = Store.at(folder[0]) if folder else _made_up()
    began = time.perf_counter()
    engine = open_sql(where, store)
    opened = time.perf_counter() - began
    same = [_same(*pair) for pair in zip(_answers(engine), _answers(open_stored(store)), strict=True)]
    taken = time.perf_counter() - began - opened
    print(f"{where}: {sum(same)} of {len(same)} answers agree; opened in {opened:.1f} s, asked in {taken:.1f} s")
    return 0 if all(same) else 1


def _answers(engine: Engine) -> Iterator[object]:
    names = [*dict.fromkeys([*FACETS, *TIME_BINS])]
    for place, selection in enumerate(SELECTIONS):
        yield from (engine.totals(selection, unit) for unit in UNITS)
        yield from (engine.counts(selection, [name], UNITS[place]) for name in names[place :: len(SELECTIONS)])
        yield engine.counts(selection, ["region", "topic"], UNITS[place])
        yield engine.articles(selection, limit=20, copies=place == 1)
    yield engine.texts(engine.articles(ALL, limit=3)["id"].tolist())


def _same(one: object, other: object) -> bool:
    if isinstance(one, tuple) or not hasattr(one, "equals"):
        return one == other
    frame: pd.DataFrame = one  # type: ignore[assignment]
    return bool(frame.equals(other))


def _made_up() -> Store:
    from tests.samples import newsroom
    from tests.test_engines import stored

    return stored(newsroom())


if __name__ == "__main__":
    sys.exit(main())
