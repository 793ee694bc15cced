"""FacetTable: which values of one facet, or pairs of two, each article has, as a sparse 0/1 matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csc_array

from data.facets import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.integer]
Words = npt.NDArray[np.object_]

_FEW = 0.3
"""Below this share of the rows, gathering their codes beats a product over all rows."""


@dataclass(frozen=True, slots=True, eq=False)
class FacetTable:
    """Rows are articles, codes are values. Every row has at least one code: that of NONE where it has no value."""

    values: tuple[Words, ...]
    """One array of words an axis; a code is the position in their product, last axis fastest."""
    starts: Ints
    """Where the codes of each row begin; one longer than there are rows."""
    codes: Ints

    @classmethod
    def of_lists(cls, lists: Sequence[Iterable[str]]) -> FacetTable:
        """From the values of each row; an empty list means NONE, repeats within a row count once."""
        rows = [tuple(dict.fromkeys(values)) or (NONE,) for values in lists]
        starts = np.zeros(len(rows) + 1, np.int64)
        np.cumsum([len(row) for row in rows], out=starts[1:])
        flat = np.fromiter((value for row in rows for value in row), dtype=object, count=int(starts[-1]))
        codes, values = pd.factorize(flat, sort=True)
        return cls((values,), starts, codes.astype(np.int32))

    @classmethod
    def of_values(cls, values: Iterable[str]) -> FacetTable:
        """From one value a row; an empty one means NONE."""
        codes, words = pd.factorize(np.array([value or NONE for value in values], dtype=object), sort=True)
        return cls((words,), np.arange(len(codes) + 1, dtype=np.int64), codes.astype(np.int32))

    def times(self, other: FacetTable) -> FacetTable:
        """The table of all pairs of values that occur together in a row."""
        n, m = np.diff(self.starts), np.diff(other.starts)
        starts = np.zeros(len(n) + 1, np.int64)
        np.cumsum(n * m, out=starts[1:])
        row = np.repeat(np.arange(len(n)), n * m)
        place = np.arange(starts[-1]) - starts[row]
        mine = self.codes[self.starts[row] + place // m[row]].astype(np.int64)
        theirs = other.codes[other.starts[row] + place % m[row]]
        return FacetTable(self.values + other.values, starts, mine * other.width + theirs)

    @property
    def width(self) -> int:
        """Number of codes."""
        return int(np.prod([len(words) for words in self.values]))

    def rows_with(self, chosen: Iterable[str]) -> Mask:
        """Which rows have any of these values; for a table with one axis."""
        wanted = np.isin(self.values[0], list(chosen))
        if not len(self.codes):
            return np.zeros(0, np.bool_)
        mask: Mask = np.logical_or.reduceat(wanted[self.codes], self.starts[:-1])
        return mask

    def count(self, mask: Mask, groups: Ints | None = None) -> Ints:
        """For every code the number of masked rows that have it, or of their distinct groups.

        `groups` gives each row's group, or -1 for a row that is not to be counted.
        """
        if groups is not None:
            return self._count_groups(mask & (groups >= 0), groups)
        chosen = int(mask.sum())
        if chosen == len(mask):
            return np.bincount(self.codes, minlength=self.width)
        if chosen < _FEW * len(mask):
            return np.bincount(self._gather(np.flatnonzero(mask))[1], minlength=self.width)
        ones = np.ones(len(self.codes), np.int32)
        matrix = csc_array((ones, self.codes, self.starts), shape=(self.width, len(mask)))
        product: Ints = matrix @ mask.astype(np.int32)
        return product

    def _gather(self, rows: Ints) -> tuple[Ints, Ints]:
        """The codes of these rows one after the other, and for each the position of its row in `rows`."""
        n = self.starts[rows + 1] - self.starts[rows]
        which = np.repeat(np.arange(len(rows)), n)
        first = np.cumsum(n) - n
        return which, self.codes[self.starts[rows][which] + np.arange(len(which)) - first[which]]

    def _count_groups(self, mask: Mask, groups: Ints) -> Ints:
        rows = np.flatnonzero(mask)
        which, codes = self._gather(rows)
        pairs = np.unique(groups[rows][which].astype(np.int64) * self.width + codes)
        return np.bincount(pairs % self.width, minlength=self.width)

    def labels(self, codes: Ints) -> list[Words]:
        """The words of these codes, one array an axis."""
        places = np.unravel_index(codes, [len(words) for words in self.values])
        return [words[place] for words, place in zip(self.values, places, strict=True)]
