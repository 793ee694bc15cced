"""Corrected: which articles of a selection have tags that were corrected by hand, and by which corrections."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from data.corrections.applying import COLUMN

if TYPE_CHECKING:
    from typing import Self

    import pandas as pd

    from data.engines.table import Ints, Mask


@dataclass(frozen=True, slots=True, eq=False)
class Corrected:
    """The few articles with corrections; all others need not be looked at."""

    rows: Ints
    ids: tuple[tuple[str, ...], ...]
    """For each of those rows its corrections."""

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Self:
        """From the column that :func:`data.corrections.apply` adds; none are corrected where it is not there."""
        marks = frame[COLUMN].tolist() if COLUMN in frame else []
        rows = [place for place, ids in enumerate(marks) if len(ids)]
        return cls(np.array(rows, np.int64), tuple(tuple(marks[place]) for place in rows))

    def distinct(self, mask: Mask) -> int:
        """How many corrections apply to any of the masked rows."""
        there = np.flatnonzero(mask[self.rows])
        return len(set(chain.from_iterable(self.ids[place] for place in there)))
