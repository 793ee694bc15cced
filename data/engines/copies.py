"""Copies: which articles of a selection stand behind another one that says nearly the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from typing import Self

    from data.engines.table import Ints, Mask


@dataclass(frozen=True, slots=True, eq=False)
class Copies:
    """The articles that have copies or are copies, by family; all other articles need not be looked at."""

    rows: Ints
    """Rows of all families one after the other: the original first, then its copies from the oldest."""
    family: Ints
    """The family of each of those rows."""

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Self:
        """From the columns id and copy_of of a table in order of time; the original need not be in it."""
        copied = (frame["copy_of"] != "").to_numpy(np.bool_)
        some = np.flatnonzero(copied | frame["id"].isin(frame["copy_of"][copied]).to_numpy(np.bool_))
        names = frame["copy_of"].where(copied, frame["id"]).iloc[some]
        family = pd.factorize(names)[0]
        order = np.lexsort((some, copied[some], family))
        return cls(some[order], family[order])

    def hidden(self, mask: Mask) -> int:
        """How many of the masked rows stand behind another masked one."""
        family = self.family[mask[self.rows]]
        return len(family) - len(np.unique(family))

    def without(self, mask: Mask) -> Mask:
        """The masked rows that stand behind no other one."""
        there = mask[self.rows]
        rows, family = self.rows[there], self.family[there]
        kept = mask.copy()
        kept[rows[1:][family[1:] == family[:-1]]] = False
        return kept

    def behind(self, mask: Mask, page: Ints) -> Ints:
        """For each of these rows, which stand behind no other one, how many masked ones stand behind it."""
        there = np.bincount(self.family[mask[self.rows]], minlength=int(self.family.max(initial=-1)) + 2)
        family = pd.Series(self.family, index=self.rows).reindex(page, fill_value=-1).to_numpy()
        return np.where(family < 0, 0, there[family] - 1)
