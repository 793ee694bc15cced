"""Stretches of time: where most articles lie, and the latest part of it, to be compared with what was before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from data.facets import NONE

if TYPE_CHECKING:
    import pandas as pd

    from data.selection import Selection

Ints = npt.NDArray[np.int64]

ENOUGH = 30
"""Articles that the latest period must hold, and the time before it: with fewer, shares say little."""
_OUTLYING = 0.01
_LENGTHS = (1, 3, 7, 14, 30, 91, 182, 365)
_FINEST, _COARSEST = 25, 3
"""The latest period is at least a 25th and at most a third of the whole time."""


def core(days: pd.DataFrame) -> tuple[date, date] | None:
    """First and last day of `days` (columns day, n) without a few that are far off; None without dated articles.

    The outermost percent of the articles on either side (at least one) is left out if that halves the span or more.
    """
    when, n = _dated(days)
    if not len(when):
        return None
    until, total = np.cumsum(n), n.sum()
    few = max(total * _OUTLYING, 1)
    inner = when[(until > few) & (until - n < total - few)]
    cut = len(inner) > 0 and (int(inner[-1] - inner[0]) + 1) * 2 < int(when[-1] - when[0]) + 1
    first, last = (inner[0], inner[-1]) if cut else (when[0], when[-1])
    return date.fromordinal(int(first)), date.fromordinal(int(last))


def _dated(days: pd.DataFrame) -> tuple[Ints, Ints]:
    """The days as ordinals, in order, and their articles."""
    known = sorted(
        (date.fromisoformat(day).toordinal(), n)
        for day, n in zip(days["day"].tolist(), days["n"].tolist(), strict=True)
        if day != NONE
    )
    table = np.array(known, np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


@dataclass(frozen=True, slots=True)
class Split:
    """The latest days, from `start` to `last`, and those before them, from `first`."""

    first: date
    start: date
    last: date

    @property
    def length(self) -> int:
        """Days of the latest period."""
        return (self.last - self.start).days + 1

    def now(self, selection: Selection) -> Selection:
        """The selection in the latest period."""
        return selection.between(self.start, self.last)

    def before(self, selection: Selection) -> Selection:
        """The selection in the time before."""
        return selection.between(self.first, self.start - timedelta(1))


def latest(days: pd.DataFrame) -> Split | None:
    """The shortest latest period of `days` (columns day, n) that says enough; None if none does."""
    span = core(days)
    if span is None:
        return None
    first, last = span
    whole = (last - first).days + 1
    when, n = _dated(days)
    inside = (when >= first.toordinal()) & (when <= last.toordinal())
    for length in _LENGTHS:
        start = last - timedelta(length - 1)
        now = int(n[inside & (when >= start.toordinal())].sum())
        enough = now >= ENOUGH and int(n[inside].sum()) - now >= ENOUGH
        if enough and length * _FINEST >= whole and length * _COARSEST <= whole:
            return Split(first, start, last)
    return None
