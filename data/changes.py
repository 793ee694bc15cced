"""What changed: since a day, against as long a time before; or since an older version of the store.

now, before --shares--> topics and countries up and down, with intervals, false discoveries controlled
            --stories-> new, grown and gone
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.bursts import LEAST
from data.comparing.overlap import Overlap
from data.comparing.shares import RATE, compared, counted, differences
from data.facets import NONE
from data.periods import Split
from data.statistics import adjusted, chance_of_difference, times_as_often

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.engines import Engine, Totals, Unit
    from data.selection import Selection

FACETS = ("topic", "country")
"""What is looked at for shares that went up or down."""
NEW, GROWN, GONE = "new", "grown", "gone"


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """What differs between now and before."""

    now: Totals
    before: Totals
    shares: Mapping[str, pd.DataFrame]
    """For each of FACETS its values as :data:`data.comparing.shares.COLUMNS` has them: A is now, B before."""
    stories: pd.DataFrame
    """Stories with at least LEAST units, now or before: story, kind (NEW, GROWN, GONE), now, of_now, before, of_before;
    of each kind the largest first. GROWN are only those whose share grew by more than chance."""


def since(start: date, last: date) -> Split:
    """The days from `start` to `last`, and as many before them."""
    start = min(start, last)
    length = last - start + timedelta(1)
    earliest = start - length if start - date.min > length else date.min
    return Split(earliest, start, last)


def between_periods(engine: Engine, selection: Selection, split: Split, unit: Unit, of_stories: Unit) -> Changes:
    """What changed between the two periods of `split`; stories are counted in `of_stories`.

    A story is new if none of the articles that match was published before, gone if none is now.
    """
    now, before = split.now(selection), split.before(selection)
    shares = {name: compared(engine, now, before, name, unit, both=Overlap(0)) for name in FACETS}
    sizes = (counted(engine, now, "story", of_stories), counted(engine, before, "story", of_stories))
    totals = (engine.totals(now, of_stories).n, engine.totals(before, of_stories).n)
    return Changes(engine.totals(now, unit), engine.totals(before, unit), shares, _stories(*sizes, *totals))


def between_versions(newer: Engine, older: Engine, selection: Selection, unit: Unit, of_stories: Unit) -> Changes:
    """What changed between two versions of one store.

    Versions mostly grow, so as many units as can be are taken to be in both; that narrows the intervals.
    """
    now, before = newer.totals(selection, unit), older.totals(selection, unit)
    shares = {}
    for name in FACETS:
        sides = {"a_n": counted(newer, selection, name, unit), "b_n": counted(older, selection, name, unit)}
        frame = pd.DataFrame(sides).fillna(0).astype("int64").rename_axis("value").reset_index()
        both = frame[["a_n", "b_n"]].min(axis=1).to_numpy(float)
        shares[name] = differences(frame, now.n, before.n, min(now.n, before.n), both)
    sizes = (counted(newer, selection, "story", of_stories), counted(older, selection, "story", of_stories))
    return Changes(now, before, shares, _grown_by_count(*sizes))


def _both(now: pd.Series[int], before: pd.Series[int]) -> pd.DataFrame:
    frame = pd.DataFrame({"now": now, "before": before}).fillna(0).astype("int64").rename_axis("story").reset_index()
    most = frame[["now", "before"]].max(axis=1)
    return frame[(most >= LEAST) & (frame["story"] != NONE)].reset_index(drop=True)


def _stories(now: pd.Series[int], before: pd.Series[int], of_now: int, of_before: int) -> pd.DataFrame:
    frame = _both(now, before).assign(of_now=of_now, of_before=of_before)
    a, b = frame["now"].to_numpy(float), frame["before"].to_numpy(float)
    chance = adjusted(chance_of_difference(a, of_now, b, of_before), len(frame))
    _, low, _ = times_as_often(a, of_now, b, of_before)
    grown = (a > 0) & (b > 0) & (chance <= RATE) & (low > 1)
    return _in_order(frame.assign(kind=np.select([b == 0, a == 0, grown], [NEW, GONE, GROWN], "")))


def _grown_by_count(now: pd.Series[int], before: pd.Series[int]) -> pd.DataFrame:
    frame = _both(now, before).assign(of_now=int(now.sum()), of_before=int(before.sum()))
    a, b = frame["now"].to_numpy(), frame["before"].to_numpy()
    return _in_order(frame.assign(kind=np.select([b == 0, a == 0, a > b], [NEW, GONE, GROWN], "")))


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """By kind and size; what grew, by how much."""
    size = np.where(frame["kind"] == GROWN, frame["now"] - frame["before"], frame[["now", "before"]].max(axis=1))
    kinds = {kind: place for place, kind in enumerate((NEW, GROWN, GONE))}
    kept = frame.assign(_kind=frame["kind"].map(kinds), _size=-size)
    kept = kept[kept["kind"] != ""].sort_values(["_kind", "_size", "story"], ignore_index=True)
    return kept[["story", "kind", "now", "of_now", "before", "of_before"]]
