"""Counting stories or publishers instead of articles: each once under a value, however many of its articles have it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.engines import products
from data.engines.table import FacetTable, Ints, Mask

_WORTH = 30
"""Sorting one pair costs about as much as looking at this many pairs that are sorted already."""


@dataclass(frozen=True, slots=True, eq=False)
class GroupedTable:
    """The distinct (group, value) pairs of a table, sorted once, so that a count need not sort the selected rows.

    Most pairs stand in one row only: those are counted like articles. The others lie in runs: a pair is there if any
    row of its run is selected.
    """

    table: FacetTable
    groups: Ints
    """For each row the group it belongs to, -1 where it belongs to none."""
    alone: FacetTable
    """The pairs of one row; its rows are those of the table, here also without any code."""
    rows: Ints
    starts: Ints
    """Where the run of each of the other pairs begins in `rows`; one longer than there are such pairs."""
    several: FacetTable
    """The value of each of those pairs."""

    @classmethod
    def of(cls, table: FacetTable, groups: Ints) -> GroupedTable:
        """Sorts the pairs; `groups` as above."""
        row: Ints = np.repeat(np.arange(len(groups)), np.diff(table.starts))
        place: Ints = np.flatnonzero(groups[row] >= 0)
        pair: Ints = groups[row[place]].astype(np.int64) * table.width + table.codes[place]
        pair, place = _sorted_together(pair, place)
        first = np.flatnonzero(np.r_[True, pair[1:] != pair[:-1]][: len(pair)])
        size = np.diff(np.r_[first, len(pair)])
        several = np.repeat(size > 1, size)
        starts = np.r_[0, np.cumsum(size[size > 1])].astype(np.int32 if len(pair) < 1 << 31 else np.int64)
        codes = pair[first[size > 1]] % max(table.width, 1)
        held = FacetTable(table.values, np.arange(len(codes) + 1), codes)
        return cls(table, groups, _only(table, place[~several]), row[place[several]].astype(np.int32), starts, held)

    def count(self, mask: Mask) -> Ints:
        """For every code of the table the number of distinct groups among the masked rows that have it."""
        rows = np.flatnonzero(mask)
        if len(rows) * _WORTH * len(self.table.codes) < len(self.rows) * len(mask):
            return self._sort(rows[self.groups[rows] >= 0])
        there: Mask = products.sums(mask.astype(np.int32), self.starts, self.rows) > 0
        return self.alone.count(mask) + self.several.count(there)

    def _sort(self, rows: Ints) -> Ints:
        which, codes = self.table.gather(rows)
        pairs = np.sort(self.groups[rows][which].astype(np.int64) * self.table.width + codes)
        distinct = pairs[np.r_[True, pairs[1:] != pairs[:-1]][: len(pairs)]]
        return np.bincount(distinct % max(self.table.width, 1), minlength=self.table.width)


def _sorted_together(pair: Ints, place: Ints) -> tuple[Ints, Ints]:
    """Both in the order of pairs, places ascending within a pair: as one number of 64 bits, which sorts much faster."""
    bits = int(place.max(initial=0)).bit_length()
    if int(pair.max(initial=0)).bit_length() + bits < 63:
        both = np.sort((pair << bits) | place)
        return both >> bits, both & ((1 << bits) - 1)
    order = np.argsort(pair, kind="stable")
    return pair[order], place[order]


def _only(table: FacetTable, places: Ints) -> FacetTable:
    """The table with only the codes at these places; a row may be left without any."""
    kept = np.zeros(len(table.codes), np.bool_)
    kept[places] = True
    before = np.zeros(len(kept) + 1, np.int64)
    np.cumsum(kept, out=before[1:])
    return FacetTable(table.values, before[table.starts], table.codes[kept])
