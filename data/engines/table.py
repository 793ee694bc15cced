"""FacetTable: which values of one facet, or pairs of two, each article has, as a sparse 0/1 matrix."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.engines import products
from data.engines.ranked import Ranked
from data.facets import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.integer]
Words = npt.NDArray[np.object_]

_FEW = 0.2
"""Below this share of the rows, gathering their codes beats a product over all rows."""
_FREQUENT = 256
"""Codes that occur so often are counted one after the other; rarer ones row by row, where their counts lie together."""
_WIDE = 0.7
"""Of the rows; when the masked ones lie closer together, only the part where they lie is counted row by row."""
_SMALL = 3 << 20
"""Codes that are counted so fast that looking for the largest counts alone gains nothing."""


@dataclass(frozen=True, eq=False)
class FacetTable:
    """Rows are articles, codes are values. Every row has at least one code: that of NONE where it has no value.

    What follows from the codes alone is worked out when it is first needed, and kept.
    """

    values: tuple[Words, ...]
    """One array of words an axis; a code is the position in their product, last axis fastest."""
    starts: Ints
    """Where the codes of each row begin; one longer than there are rows."""
    codes: Ints

    def __post_init__(self) -> None:
        """Both arrays in 32 bits where that is enough: half the memory, and products copy nothing."""
        enough = max(self.width, len(self.codes)) < np.iinfo(np.int32).max
        for name in ("starts", "codes"):
            array = getattr(self, name).astype(np.int32 if enough else np.int64, copy=False)
            object.__setattr__(self, name, array)

    @classmethod
    def of_lists(cls, lists: Sequence[Iterable[str]]) -> FacetTable:
        """From the values of each row; an empty list means NONE, repeats within a row count once."""
        rows = [tuple(dict.fromkeys(values)) or (NONE,) for values in lists]
        starts = np.zeros(len(rows) + 1, np.int64)
        np.cumsum([len(row) for row in rows], out=starts[1:])
        flat = np.fromiter((value for row in rows for value in row), dtype=object, count=int(starts[-1]))
        codes, values = pd.factorize(flat, sort=True)
        return cls((values,), starts, codes)

    @classmethod
    def of_values(cls, values: Iterable[str]) -> FacetTable:
        """From one value a row; an empty one means NONE."""
        codes, words = pd.factorize(np.array([value or NONE for value in values], dtype=object), sort=True)
        return cls((words,), np.arange(len(codes) + 1), codes)

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

    @cached_property
    def totals(self) -> Ints:
        """For every code the number of all rows that have it."""
        totals = np.bincount(self.codes, minlength=self.width)
        totals.flags.writeable = False
        return totals

    @cached_property
    def ranked(self) -> Ranked:
        """The rows of every code, the most frequent code first."""
        return Ranked.of(self.starts, self.codes, self.totals)

    @property
    def single(self) -> bool:
        """Whether every row has one code."""
        return len(self.codes) == len(self.starts) - 1

    def rows_with(self, chosen: Iterable[str]) -> Mask:
        """Which rows have any of these values; for a table with one axis."""
        codes = self._codes_of(chosen)
        return self.codes == codes[0] if self.single and len(codes) == 1 else self.ranked.mask_of(codes)

    def rows_of(self, value: str) -> Ints:
        """The rows that have one value, in order; for a table with one axis."""
        codes = self._codes_of([value])
        return self.ranked.rows_of(codes[0]) if codes else np.zeros(0, np.int64)

    def _codes_of(self, chosen: Iterable[str]) -> list[int]:
        """The codes of those values that are known; the words are in order."""
        words = self.values[0]
        wanted = np.array(list(dict.fromkeys(chosen)), dtype=object)
        places = np.searchsorted(words, wanted)
        return [int(at) for at, word in zip(places, wanted, strict=True) if at < len(words) and words[at] == word]

    def count(self, mask: Mask) -> Ints:
        """For every code the number of masked rows that have it."""
        chosen, few = int(np.count_nonzero(mask)), _FEW * len(mask)
        if chosen == len(mask):
            return self.totals
        if chosen < few:
            return self._count_few(np.flatnonzero(mask))
        if len(mask) - chosen < few:
            return self.totals - self._count_few(np.flatnonzero(~mask))
        within = len(mask) - int(mask.argmax()) - int(mask[::-1].argmax())  # days are a range of rows
        if len(self.codes) > _FREQUENT * self.width and within > _WIDE * len(mask):
            return self.ranked.count(mask)
        return products.count(mask, self.starts, self.codes, self.width)

    def _count_few(self, rows: Ints) -> Ints:
        return np.bincount(products.codes_of(rows, self.starts, self.codes, self.width), minlength=self.width)

    def most(self, mask: Mask, limit: int) -> tuple[Ints, Ints]:
        """Codes, in order, and their counts, without those that no masked row has; the `limit` largest are there."""
        chosen = int(np.count_nonzero(mask))
        share = min(chosen, len(mask) - chosen) / max(len(mask), 1)
        worth = int(len(self.codes) * min(share / _FEW, 1))
        found = self.ranked.most(mask, limit, worth) if worth > _SMALL else None
        if found:
            return found
        counts = self.count(mask)
        codes = np.flatnonzero(counts)
        return codes, counts[codes]

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
