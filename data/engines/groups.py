"""Counting stories or publishers instead of articles: each once under a value, however many of its articles have it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from data.engines import products
from data.engines.ranked import most, order_of

if TYPE_CHECKING:
    from data.engines.chosen import Chosen
    from data.engines.table import FacetTable, Ints, Mask

_WORTH = 30
"""Sorting one pair costs about as much as looking at this many pairs that are sorted already."""


@dataclass(frozen=True, eq=False)
class GroupedTable:
    """The (value, group) pairs of a table that stand in several rows, sorted once, so that a count need not sort them.

    What counts articles counts too much by all but one of the selected rows of each such pair, which are its run; and
    by all of them where a row belongs to no group. Ranks are those of :class:`data.engines.ranked.Ranked`: the most
    frequent value first.
    """

    table: FacetTable
    groups: Ints
    """For each row the group it belongs to, -1 where it belongs to none."""
    rows: Ints
    starts: Ints
    """Where the run of each pair begins in `rows`; one longer than there are pairs."""
    known: Mask
    """Which of the runs belong to a group."""
    bounds: Ints
    """Where the runs of each rank begin; one longer than there are ranks."""
    size: int
    """How many codes all rows have."""

    @classmethod
    def of(cls, table: FacetTable, groups: Ints) -> GroupedTable:
        """Sorts the pairs; `groups` as above."""
        plain = table.plain
        row: Ints = np.repeat(np.arange(len(groups)), np.diff(plain.starts))
        n = int(groups.max(initial=-1)) + 2  # the last one is none
        pair: Ints = order_of(table.totals)[1][plain.codes] * n + groups[row] % n
        pair, place = _sorted_together(pair, np.arange(len(row)))
        first = np.flatnonzero(np.r_[True, pair[1:] != pair[:-1]][: len(pair)])
        size = np.diff(np.r_[first, len(pair)])
        known = pair[first] % n != n - 1
        kept = (size > 1) | ~known
        kind = np.int32 if len(pair) < 1 << 31 else np.int64
        starts = np.r_[0, np.cumsum(size[kept])].astype(kind)
        bounds = np.r_[0, np.cumsum(np.bincount(pair[first[kept]] // n, minlength=table.width))]
        rows = row[place[np.repeat(kept, size)]].astype(kind)
        return cls(table, groups, rows, starts, known[kept], bounds, len(row))

    def count(self, chosen: Chosen) -> Ints:
        """For every code of the table the number of distinct groups among the chosen rows that have it."""
        if chosen.n * _WORTH * self.size < len(self.rows) * len(self.groups):
            rows = np.flatnonzero(chosen.mask)
            return self._sort(rows[self.groups[rows] >= 0])
        return self.table.count(chosen) - self._surplus(chosen, 0, self.table.width)[self._ranks]

    def most(self, chosen: Chosen, limit: int) -> tuple[Ints, Ints]:
        """Codes, in order, and their counts, without those that count 0; the `limit` largest are there."""
        ranked = self.table.ranked

        def count(first: int, last: int) -> Ints:
            return ranked.count(chosen, first, last) - self._surplus(chosen, first, last)

        found = most(ranked.codes, self.table.totals[ranked.codes], limit, count)
        if found:
            return found
        counts = self.count(chosen)
        codes = np.flatnonzero(counts)
        return codes, counts[codes]

    @cached_property
    def _ranks(self) -> Ints:
        return order_of(self.table.totals)[1]

    def _surplus(self, chosen: Chosen, first: int, last: int) -> Ints:
        """For each rank from `first` to before `last` the chosen rows that add nothing to the groups."""
        bounds = self.bounds[first : last + 1]
        begin, end = bounds[0], bounds[-1]
        found = products.sums(chosen.weights, self.starts[begin : end + 1], self.rows)
        found -= (found > 0) & self.known[begin:end]
        sums = np.append(0, np.cumsum(found, dtype=found.dtype))[bounds - begin]
        counts: Ints = np.diff(sums)
        return counts

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
