"""Shares of two selections side by side: their difference, its interval, and whether it is more than chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.comparing.overlap import Overlap, overlap
from data.statistics import adjusted, chance_of_difference, newcombe, wilson

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy.typing as npt

    from data.engines import Engine, Unit
    from data.selection import Selection

RATE = 0.05
"""Of the differences called clear, at most this share is chance."""
COLUMNS = (
    "value", "a_n", "a_of", "a_share", "a_low", "a_high", "b_n", "b_of", "b_share", "b_low", "b_high",
    "difference", "low", "high", "chance", "clear",
)  # fmt: skip


def compared(
    engine: Engine,
    a: Selection,
    b: Selection,
    name: str,
    unit: Unit = "articles",
    *,
    only: Collection[str] | None = None,
    both: Overlap | None = None,
) -> pd.DataFrame:
    """One row a value of facet `name` that either selection has (of `only` these), the largest share first: COLUMNS.

    Shares are of each selection's own total, `difference` is A's less B's. `chance` is adjusted for all rows
    (:func:`data.statistics.adjusted`); `clear` are those below RATE whose interval leaves out 0. What both selections
    hold (`both`, counted where it is not given) narrows the intervals; it is known for articles only.
    """
    of_a, of_b = engine.totals(a, unit).n, engine.totals(b, unit).n
    met = (both or overlap(engine, a, b)) if unit == "articles" else Overlap(None)
    in_a, in_b = (counted(engine, side, name, unit) for side in (a, b))
    frame = pd.DataFrame({"a_n": in_a, "b_n": in_b}).fillna(0).astype("int64").rename_axis("value").reset_index()
    if only is not None:
        frame = frame[frame["value"].isin(only)].reset_index(drop=True)
    shared = frame["value"].map(met.counts(engine, name)).fillna(0).to_numpy(float)
    return differences(frame, of_a, of_b, met.n or 0, shared)


def counted(engine: Engine, selection: Selection, name: str, unit: Unit) -> pd.Series[int]:
    """Units by the values of a facet."""
    return engine.counts(selection, (name,), unit).set_index(name)["n"]


def differences(frame: pd.DataFrame, of_a: int, of_b: int, shared: int = 0, both: npt.ArrayLike = 0) -> pd.DataFrame:
    """The columns value, a_n, b_n completed to COLUMNS; `shared` units are in both, `both` of them with each value."""
    a, b = frame["a_n"].to_numpy(float), frame["b_n"].to_numpy(float)
    low, high = newcombe(a, of_a, b, of_b, shared)
    chance = adjusted(chance_of_difference(a, of_a, b, of_b, both, shared), len(frame))
    whole = frame.assign(low=low, high=high, chance=chance)
    for side, n, of in (("a", a, of_a), ("b", b, of_b)):
        whole[f"{side}_of"], whole[f"{side}_share"] = of, n / max(of, 1)
        whole[f"{side}_low"], whole[f"{side}_high"] = wilson(n, of)
    whole["difference"] = whole["a_share"] - whole["b_share"]
    whole["clear"] = (whole["chance"] <= RATE) & ((whole["low"] > 0) | (whole["high"] < 0))
    whole["_most"] = -whole[["a_share", "b_share"]].max(axis=1)
    return whole.sort_values(["_most", "value"], ignore_index=True)[list(COLUMNS)]
