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
from data.engines.chosen import Chosen
from data.engines.ranked import Ranked
from data.facets import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.integer]
Words = npt.NDArray[np.object_]

_FEW = 0.2
"""Below this share of the rows, gathering their codes beats a product over all rows."""
_SCARCE = 0.09
"""Below this share of the rows, gathering their codes beats looking for the largest counts alone."""
_SMALL = 3 << 20
"""Codes that are counted so fast that looking for the largest counts alone gains nothing."""
_ALIKE, _UNLIKE, _SAMPLE = 0.5, 0.9, 10_000
"""Itemsets for each row above which counting them first gains nothing; so many among some rows tell the same."""


@dataclass(frozen=True, eq=False)
class FacetTable:
    """Rows are articles, codes are values. Every row has at least one code: that of NONE where it has no value.

    Where many rows have the same codes, each of these itemsets is held once: a count looks at one number a row,
    and at the codes of the itemsets. What follows from the codes alone is worked out when it is first needed, and kept.
    """

    values: tuple[Words, ...]
    """One array of words an axis; a code is the position in their product, last axis fastest."""
    starts: Ints
    """Where the codes of each row, or of each itemset, begin; one longer than there are of them."""
    codes: Ints
    itemsets: Ints | None = None
    """For each row its itemset; None where every row is one of its own."""

    def __post_init__(self) -> None:
        """All arrays in 32 bits where that is enough: half the memory, and products copy nothing."""
        enough = max(self.width, len(self.codes)) < np.iinfo(np.int32).max
        for name in ("starts", "codes", *(() if self.itemsets is None else ("itemsets",))):
            array = getattr(self, name).astype(np.int32 if enough else np.int64, copy=False)
            object.__setattr__(self, name, array)

    @classmethod
    def of_codes(cls, words: Words, codes: Ints) -> FacetTable:
        """From one code a row; words may repeat, and those that do not occur are left out."""
        known, renamed = _known(words, codes)
        return cls((known,), np.arange(len(known) + 1), np.arange(len(known)), renamed)

    @classmethod
    def of_lists(cls, lists: Sequence[Iterable[str]]) -> FacetTable:
        """From the values of each row; an empty list means NONE, repeats within a row count once."""
        rows = [tuple(dict.fromkeys(values)) or (NONE,) for values in lists]
        starts = np.zeros(len(rows) + 1, np.int64)
        np.cumsum([len(row) for row in rows], out=starts[1:])
        flat = np.fromiter((value for row in rows for value in row), dtype=object, count=int(starts[-1]))
        codes, values = pd.factorize(flat, sort=True)
        return cls((values,), starts, codes)._alike()

    @classmethod
    def of_values(cls, values: Iterable[str]) -> FacetTable:
        """From one value a row; an empty one means NONE."""
        codes, words = pd.factorize(np.array([value or NONE for value in values], dtype=object))
        return cls.of_codes(words, codes)

    @classmethod
    def of_arrow(cls, column: pa.Array | pa.ChunkedArray) -> FacetTable:
        """As :meth:`of_lists` or :meth:`of_values`, from an Arrow array of lists or texts: no Python object a row."""
        array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        listed = pa.types.is_list(array.type)
        flat = (array.flatten() if listed else array).dictionary_encode()
        known = np.append(flat.dictionary.to_numpy(zero_copy_only=False).astype(object), NONE)
        codes = flat.indices.fill_null(len(known) - 1).to_numpy(zero_copy_only=False)
        if not listed:
            return cls.of_codes(np.where(known == "", NONE, known), codes)
        n = pc.list_value_length(array).fill_null(0).to_numpy(zero_copy_only=False)
        starts = np.zeros(len(n) + 1, np.int64)
        np.cumsum(np.maximum(n, 1), out=starts[1:])
        placed = np.full(starts[-1], len(known) - 1, codes.dtype)
        filled = np.ones(len(placed), np.bool_)
        filled[starts[:-1][n == 0]] = False
        placed[filled] = codes
        words, renamed = _known(known, placed)
        return cls((words,), starts, renamed)._once()._alike()

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

    def _alike(self) -> FacetTable:
        """The same, every itemset held once, where that is worth it."""
        step = len(self) // _SAMPLE
        if step > 1 and self.take(np.arange(0, len(self), step))._numbered(_UNLIKE) is None:
            return self
        found = self._numbered(_ALIKE)
        return self if found is None else self.take(_firsts(found))._of(found)

    def _numbered(self, most: float) -> Ints | None:
        """The number of each row's itemset; None if there are more of them than `most` a row."""
        n = np.diff(self.starts)
        found, rows = np.zeros(len(n), np.int64), np.arange(len(n))
        for place in range(int(n.max(initial=0))):
            rows = rows[n[rows] > place]  # the others, with as many codes as before, stay what they are
            known = int(found.max(initial=0)) + 1
            code = self.codes[self.starts[rows] + place]
            found[rows] = pd.factorize(found[rows] * self.width + code)[0] + (known if len(rows) < len(n) else 0)
            if found.max() > 2 * most * len(found):
                return None
        found, different = pd.factorize(found)
        return found if len(different) <= most * len(found) else None

    def _of(self, itemsets: Ints) -> FacetTable:
        return FacetTable(self.values, self.starts, self.codes, itemsets)

    def times(self, other: FacetTable) -> FacetTable:
        """The table of all pairs of values that occur together in a row."""
        if self.itemsets is not None and other.itemsets is not None:
            both = self.itemsets.astype(np.int64) * len(other.starts) + other.itemsets
            found, pairs = pd.factorize(both)
            if len(pairs) < _ALIKE * len(both):
                first, second = np.divmod(pairs, len(other.starts))
                return self._items(first)._times(other._items(second))._of(found)
        return self.plain._times(other.plain)

    def _times(self, other: FacetTable) -> FacetTable:
        n, m = np.diff(self.starts), np.diff(other.starts)
        starts = np.zeros(len(n) + 1, np.int64)
        np.cumsum(n * m, out=starts[1:])
        row = np.repeat(np.arange(len(n)), n * m)
        place = np.arange(starts[-1]) - starts[row]
        mine = self.codes[self.starts[row] + place // m[row]].astype(np.int64)
        theirs = other.codes[other.starts[row] + place % m[row]]
        return FacetTable(self.values + other.values, starts, mine * other.width + theirs)

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.starts) - 1 if self.itemsets is None else len(self.itemsets)

    @property
    def plain(self) -> FacetTable:
        """The same without itemsets."""
        return self if self.itemsets is None else self._items(self.itemsets)

    @property
    def each(self) -> Ints:
        """The code of each row, where every row has one."""
        return self.plain.codes

    @property
    def width(self) -> int:
        """Number of codes."""
        return int(np.prod([len(words) for words in self.values]))

    @cached_property
    def totals(self) -> Ints:
        """For every code the number of all rows that have it."""
        totals = self._count(Chosen(np.ones(len(self), np.bool_)))
        totals.flags.writeable = False
        return totals

    @cached_property
    def ranked(self) -> Ranked:
        """The rows of every code, the most frequent code first."""
        plain = self.plain
        return Ranked.of(plain.starts, plain.codes, self.totals)

    def rows_with(self, chosen: Iterable[str]) -> Mask:
        """Which rows have any of these values; for a table with one axis."""
        codes = self.codes_of(chosen)
        if len(codes) == 1 and self.itemsets is not None and len(self.codes) == len(self.starts) - 1:
            mask: Mask = self.itemsets == np.flatnonzero(self.codes == codes[0])[0]
            return mask
        return self.ranked.mask_of(codes)

    def rows_of(self, value: str) -> Ints:
        """The rows that have one value, in order; for a table with one axis."""
        codes = self.codes_of([value])
        return self.ranked.rows_of(codes[0]) if codes else np.zeros(0, np.int64)

    def codes_of(self, chosen: Iterable[str]) -> list[int]:
        """The codes of those values that are known; the words are in order."""
        words = self.values[0]
        wanted = np.array(list(dict.fromkeys(chosen)), dtype=object)
        places = np.searchsorted(words, wanted)
        return [int(at) for at, word in zip(places, wanted, strict=True) if at < len(words) and words[at] == word]

    def count(self, chosen: Chosen) -> Ints:
        """For every code the number of chosen rows that have it."""
        if chosen.n == len(self):
            return self.totals
        if len(self) < chosen.n * 2:
            return self.totals - self._count(chosen.others)
        return self._count(chosen)

    def _count(self, chosen: Chosen) -> Ints:
        """The same, without a look at all other rows."""
        if self.itemsets is not None:
            found = self.itemsets[chosen.rows] if isinstance(chosen.rows, slice) else self.itemsets.take(chosen.rows)
            return self._count_itemsets(found)
        if chosen.n < _FEW * len(self) or isinstance(chosen.rows, slice):
            return products.tally(products.codes_of(chosen.rows, self.starts, self.codes, self.width), self.width)
        return products.weigh(chosen.weights, self.starts, self.codes, self.width)

    def _count_itemsets(self, itemsets: Ints) -> Ints:
        """For every code the number of these itemsets that have it."""
        if len(itemsets) < len(self.starts):
            return products.tally(products.codes_of(itemsets, self.starts, self.codes, self.width), self.width)
        found = products.tally(itemsets, len(self.starts) - 1)
        return products.weigh(found, self.starts, self.codes, self.width)

    def most(self, chosen: Chosen, limit: int) -> tuple[Ints, Ints]:
        """Codes, in order, and their counts, without those that no chosen row has; the `limit` largest are there."""
        share = min(chosen.n, len(self) - chosen.n) / max(len(self), 1)
        worth = int(len(self.codes) * min(share / _FEW, 1))
        found = self.ranked.most(chosen, limit, worth) if share > _SCARCE and worth > _SMALL else None
        if found:
            return found
        counts = self.count(chosen)
        codes = np.flatnonzero(counts)
        return codes, counts[codes]

    def gather(self, rows: Ints) -> tuple[Ints, Ints]:
        """The codes of these rows one after the other, and before them the position in `rows` of the row of each."""
        taken = self.take(rows)
        return np.repeat(np.arange(len(rows)), np.diff(taken.starts)), taken.codes

    def take(self, rows: Ints) -> FacetTable:
        """The table of these rows alone, without itemsets."""
        return self._items(rows if self.itemsets is None else self.itemsets[rows])

    def _items(self, places: Ints) -> FacetTable:
        """The codes that stand at these places, a row each."""
        starts = np.zeros(len(places) + 1, np.int64)
        np.cumsum(np.diff(self.starts)[places], out=starts[1:])
        return FacetTable(self.values, starts, products.codes_of(places, self.starts, self.codes, self.width))

    def occurring(self, groups: Ints | None = None) -> tuple[Ints, Ints]:
        """The codes that occur at all, in order, and the number of rows (or of their groups) that have each.

        For a table with more codes than there is room to count, such as all pairs of stories and days.
        """
        plain = self.plain
        if groups is None:
            return np.unique(plain.codes, return_counts=True)
        group = np.repeat(groups, np.diff(plain.starts)).astype(np.int64)
        codes, place = np.unique(plain.codes[group >= 0], return_inverse=True)
        size = int(group.max(initial=0)) + 1
        pairs = np.unique(place * size + group[group >= 0])
        return codes, np.bincount(pairs // size, minlength=len(codes))

    def places(self, codes: Ints) -> tuple[Ints, ...]:
        """The positions of these codes among the words of each axis."""
        return np.unravel_index(codes, [len(words) for words in self.values])


def _known(words: Words, codes: Ints) -> tuple[Words, Ints]:
    """The words that occur, each once and in order, and the codes in them."""
    used = np.flatnonzero(products.tally(codes, len(words)))
    known, places = np.unique(words[used], return_inverse=True)
    renamed = np.zeros(len(words), np.int32)
    renamed[used] = places
    return known, renamed[codes]


def _firsts(numbers: Ints) -> Ints:
    """Where each of the numbers 0, 1, ... stands first."""
    firsts = np.zeros(int(numbers.max(initial=-1)) + 1, np.int64)
    firsts[numbers[::-1]] = np.arange(len(numbers))[::-1]
    return firsts
