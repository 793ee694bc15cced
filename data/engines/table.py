"""FacetTable: which values of one facet, or pairs of two, each article has, as a sparse 0/1 matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
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

    @classmethod
    def of_arrow(cls, column: pa.Array | pa.ChunkedArray) -> FacetTable:
        """As :meth:`of_lists` or :meth:`of_values`, from an Arrow array of lists or texts: no Python object a row."""
        array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        listed = pa.types.is_list(array.type)
        flat = (array.flatten() if listed else array).dictionary_encode()
        known = np.append(flat.dictionary.to_numpy(zero_copy_only=False).astype(object), NONE)
        codes = flat.indices.fill_null(len(known) - 1).to_numpy(zero_copy_only=False)
        if listed:
            n = pc.list_value_length(array).fill_null(0).to_numpy(zero_copy_only=False)
        else:
            n, known = np.ones(len(codes), np.int64), np.where(known == "", NONE, known)
        starts = np.zeros(len(n) + 1, np.int64)
        np.cumsum(np.maximum(n, 1), out=starts[1:])
        placed = np.full(starts[-1], len(known) - 1)
        filled = np.ones(len(placed), np.bool_)
        filled[starts[:-1][n == 0]] = False
        placed[filled] = codes
        used = np.flatnonzero(np.bincount(placed, minlength=len(known)))
        words, places = np.unique(known[used], return_inverse=True)
        renamed = np.zeros(len(known), np.int32)
        renamed[used] = places
        return cls((words,), starts, renamed[placed])._once()

    def _once(self) -> FacetTable:
        """The same without the repeats of a code within a row."""
        n = np.diff(self.starts)
        row = np.repeat(np.arange(len(n), dtype=np.int32), n)
        again = np.zeros(len(row), np.bool_)
        for shift in range(1, int(n.max(initial=0))):
            again[shift:] |= (self.codes[shift:] == self.codes[:-shift]) & (row[shift:] == row[:-shift])
        if not again.any():
            return self
        starts = np.zeros(len(n) + 1, np.int64)
        np.cumsum(np.bincount(row[~again], minlength=len(n)), out=starts[1:])
        return FacetTable(self.values, starts, self.codes[~again])

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
        codes = self._codes_of(chosen)
        if not len(self.codes):
            return np.zeros(0, np.bool_)
        wanted = np.zeros(self.width, np.bool_)
        wanted[codes] = True
        found: Mask = self.codes == codes[0] if len(codes) == 1 else wanted[self.codes]
        if len(self.codes) == len(self.starts) - 1:  # one value a row
            return found
        mask: Mask = np.logical_or.reduceat(found, self.starts[:-1])
        return mask

    def _codes_of(self, chosen: Iterable[str]) -> list[int]:
        """The codes of those values that are known; the words are in order."""
        words = self.values[0]
        wanted = np.array(list(dict.fromkeys(chosen)), dtype=object)
        places = np.searchsorted(words, wanted)
        return [int(at) for at, word in zip(places, wanted, strict=True) if at < len(words) and words[at] == word]

    def count(self, mask: Mask) -> Ints:
        """For every code the number of masked rows that have it."""
        chosen = int(mask.sum())
        if chosen == len(mask):
            return np.bincount(self.codes, minlength=self.width)
        if chosen < _FEW * len(mask):
            return np.bincount(self.gather(np.flatnonzero(mask))[1], minlength=self.width)
        ones = np.ones(len(self.codes), np.int32)
        matrix = csc_array((ones, self.codes, self.starts), shape=(self.width, len(mask)))
        product: Ints = matrix @ mask.astype(np.int32)
        return product

    def gather(self, rows: Ints) -> tuple[Ints, Ints]:
        """The codes of these rows one after the other, and before them the position in `rows` of the row of each."""
        n = self.starts[rows + 1] - self.starts[rows]
        which = np.repeat(np.arange(len(rows)), n)
        first = np.cumsum(n) - n
        return which, self.codes[self.starts[rows][which] + np.arange(len(which)) - first[which]]

    def take(self, rows: Ints) -> FacetTable:
        """The table of these rows alone."""
        starts = np.zeros(len(rows) + 1, np.int64)
        np.cumsum(self.starts[rows + 1] - self.starts[rows], out=starts[1:])
        return FacetTable(self.values, starts, self.gather(rows)[1])

    def occurring(self, groups: Ints | None = None) -> tuple[Ints, Ints]:
        """The codes that occur at all, in order, and the number of rows (or of their groups) that have each.

        For a table with more codes than there is room to count, such as all pairs of stories and days.
        """
        if groups is None:
            return np.unique(self.codes, return_counts=True)
        group = np.repeat(groups, np.diff(self.starts)).astype(np.int64)
        codes, place = np.unique(self.codes[group >= 0], return_inverse=True)
        size = int(group.max(initial=0)) + 1
        pairs = np.unique(place * size + group[group >= 0])
        return codes, np.bincount(pairs // size, minlength=len(codes))

    def labels(self, codes: Ints) -> list[Words]:
        """The words of these codes, one array an axis."""
        places = np.unravel_index(codes, [len(words) for words in self.values])
        return [words[place] for words, place in zip(self.values, places, strict=True)]
