"""What rises: values of a facet that occur more often in the latest period than their own past makes expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.facets import NONE
from data.statistics import chance_of_rise, discoveries, rise

if TYPE_CHECKING:
    from data.engines import Engine, Unit
    from data.periods import Split
    from data.selection import Selection

LEAST = 3
"""Units that a value must have now: fewer are never called a rise."""
_MOST = 5_000
"""Values looked at, most frequent first."""


def rising(engine: Engine, selection: Selection, name: str, split: Split, unit: Unit = "articles") -> pd.DataFrame:
    """The values of facet `name` with at least LEAST units now, those that rise most surely first.

    Columns: the facet's name, now, of_now, before, of_before, ratio and low (see :func:`data.statistics.rise`), and
    `clear`: whether the rise is more than chance, with at most one in twenty of those called clear being wrong.
    """
    now, before = split.now(selection), split.before(selection)
    of_now, of_before = engine.totals(now, unit).n, engine.totals(before, unit).n
    found = _often(_counted(engine, now, name, unit))
    past = _counted(engine, before, name, unit)
    tested = len(found.keys() | _often(past).keys())
    unknown = [value for value in found if value not in past] if len(past) >= _MOST - 1 else []
    if unknown:  # too rare before to be among the values looked at
        past |= _counted(engine, before.choose(name, unknown), name, unit)
    ordered = sorted(found)
    hits, earlier = [found[value] for value in ordered], [past.get(value, 0) for value in ordered]
    ratio, low = rise(hits, of_now, earlier, of_before)
    sure = discoveries(chance_of_rise(hits, of_now, earlier, of_before), tested) & (low > 1)
    order = np.lexsort((-low, ~sure))
    return pd.DataFrame(
        {
            name: [ordered[place] for place in order],
            "now": np.array(hits, np.int64)[order],
            "of_now": of_now,
            "before": np.array(earlier, np.int64)[order],
            "of_before": of_before,
            "ratio": ratio[order],
            "low": low[order],
            "clear": sure[order],
        }
    )


def _counted(engine: Engine, selection: Selection, name: str, unit: Unit) -> dict[str, int]:
    counts = engine.counts(selection, (name,), unit, _MOST)
    return {value: n for value, n in zip(counts[name].tolist(), counts["n"].tolist(), strict=True) if value != NONE}


def _often(counts: dict[str, int]) -> dict[str, int]:
    return {value: n for value, n in counts.items() if n >= LEAST}
