"""Words that set two selections apart: how surely, how many times as frequent, and whether it is more than chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.comparing.overlap import Overlap, overlap
from data.comparing.shares import RATE, counted
from data.facets import NONE
from data.statistics import adjusted, chance_of_difference, keyness, times_as_often

if TYPE_CHECKING:
    from data.engines import Engine, Unit
    from data.selection import Selection

LEAST = 3
"""Units that must have a word, on both sides together: of rarer ones nothing could be said."""
COLUMNS = ("word", "side", "a_n", "a_of", "b_n", "b_of", "z", "times", "least", "chance", "clear")


def apart(
    engine: Engine, a: Selection, b: Selection, unit: Unit = "articles", both: Overlap | None = None
) -> tuple[pd.DataFrame, int]:
    """The keywords that are more frequent on one side, the surest first, and how many were tested.

    Columns: COLUMNS; `side` is "A" or "B", `z` the log-odds ratio over its standard error (:func:`keyness`), positive
    for A; `times` how many times as frequent on its side, shrunk, and `least` the lower end of its 95 % interval;
    `chance` the probability of the difference, adjusted for all words tested; `clear` are those for which it is at most
    RATE. Where the selections overlap, the smaller one is tested against what only the larger one holds.
    """
    of_a, of_b = engine.totals(a, unit).n, engine.totals(b, unit).n
    met = (both or overlap(engine, a, b)) if unit == "articles" else Overlap(None)
    in_a, in_b = (counted(engine, side, "keyword", unit) for side in (a, b))
    frame = pd.DataFrame({"a_n": in_a, "b_n": in_b}).fillna(0).drop(index=NONE, errors="ignore")
    n_a, n_b = frame["a_n"].to_numpy(float), frame["b_n"].to_numpy(float)
    shared = met.counts(engine, "keyword")
    n_both = shared.reindex(frame.index, fill_value=0).to_numpy(float)
    z = keyness(n_a, n_b - n_both) if of_a <= of_b else keyness(n_a - n_both, n_b)
    chance = chance_of_difference(n_a, of_a, n_b, of_b, n_both, met.n or 0)
    common = n_a + n_b - n_both >= LEAST
    chance = np.where(common, chance, 1.0)
    tested = int(common.sum())
    chance[common] = adjusted(chance[common], tested)
    gap = n_a / max(of_a, 1) - n_b / max(of_b, 1)
    words = frame.index.to_numpy()
    sure = np.flatnonzero(common & (np.sign(z) == np.sign(gap)) & (gap != 0))
    sure = sure[np.lexsort((words[sure], -np.abs(z[sure]), chance[sure] > RATE))]
    for_a = z[sure] > 0
    n_a, n_b = n_a[sure], n_b[sure]
    times, least = np.ones(len(sure)), np.ones(len(sure))
    times[for_a], least[for_a], _ = times_as_often(n_a[for_a], of_a, n_b[for_a], of_b)
    times[~for_a], least[~for_a], _ = times_as_often(n_b[~for_a], of_b, n_a[~for_a], of_a)
    listed = {
        "word": words[sure],
        "side": np.where(for_a, "A", "B"),
        "a_n": n_a.astype(np.int64),
        "a_of": of_a,
        "b_n": n_b.astype(np.int64),
        "b_of": of_b,
        "z": z[sure],
        "times": times,
        "least": least,
        "chance": chance[sure],
        "clear": chance[sure] <= RATE,
    }
    return pd.DataFrame(listed, columns=list(COLUMNS)), tested
