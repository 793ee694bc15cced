"""Ranked: the rows of every code, the most frequent code first, so that the largest counts need not count the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csc_array

from data.engines import products
from data.engines.chosen import Chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Self

    from data.engines.table import Ints, Mask

_COMMON = 64
"""A code that more than one in so many rows has is counted fastest by its bits."""
_WORDS = 1 << 13
"""Words of the bits of every code that are looked at together, so that they stay near the processor."""
_WORTH = 0.7
"""Counting a part of the codes one after the other costs more a row than counting all at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """A table turned round. Ranks count from 0; codes of equal frequency are in order."""

    codes: Ints
    """The code of each rank."""
    ranks: Ints
    """The rank of each code."""
    starts: Ints
    """Where the rows of each rank begin; one longer than there are ranks."""
    rows: Ints
    """The rows of each code one after the other, ascending."""
    n: int
    """How many rows there are."""
    bits: Ints
    """For the first ranks, where they are common, the same rows as bits: an array of numbers of 64 bits each."""

    @classmethod
    def of(cls, starts: Ints, codes: Ints, totals: Ints) -> Self:
        """From the codes of each row, see :class:`data.engines.table.FacetTable`, and how often each code occurs."""
        order, ranks = order_of(totals)
        ranks = ranks.astype(codes.dtype)
        shape = len(order), len(starts) - 1
        turned = products.matrix(csc_array, shape, starts, ranks[codes], np.ones(len(codes), np.int8)).tocsr()
        n = int((totals * _COMMON > shape[1]).sum())
        runs = np.split(turned.indices[: turned.indptr[n]], turned.indptr[1:n])[:n]
        bits = [_among(rows, shape[1]).bits for rows in runs]
        words = np.array(bits, np.uint64).reshape(n, -(-shape[1] // 64))
        return cls(order, ranks, turned.indptr, turned.indices, shape[1], words)

    def rows_of(self, code: int) -> Ints:
        """The rows that have a code."""
        rank = self.ranks[code]
        return self.rows[self.starts[rank] : self.starts[rank + 1]]

    def mask_of(self, codes: Sequence[int]) -> Mask:
        """Which rows have any of these codes."""
        ranks = self.ranks[np.array(codes, np.int64)]
        bits = np.bitwise_or.reduce(self.bits[ranks[ranks < len(self.bits)]], axis=0)
        mask: Mask = np.unpackbits(bits.view(np.uint8), count=self.n).view(np.bool_)
        for rank in ranks[ranks >= len(self.bits)]:
            mask[self.rows[self.starts[rank] : self.starts[rank + 1]]] = True
        return mask

    def most(self, chosen: Chosen, limit: int, worth: int) -> tuple[Ints, Ints] | None:
        """See :func:`most`; None also if more than about `worth` single rows had to be looked at."""

        def count(first: int, last: int) -> Ints | None:
            far = first > 0 and self.starts[last] - self.starts[min(last, max(first, len(self.bits)))] > worth * _WORTH
            return None if far else self.count(chosen, first, last)

        return most(self.codes, np.diff(self.starts), limit, count)

    def count(self, chosen: Chosen, first: int, last: int) -> Ints:
        """For each rank from `first` to before `last` the chosen rows."""
        common = min(max(len(self.bits), first), last)
        found = np.zeros(common - first, np.int32)
        begin, end = chosen.span
        end = -(-end // 64)
        for start in range(begin // 64, end, _WORDS):
            part = slice(start, min(start + _WORDS, end))
            there = np.bitwise_and(self.bits[first:common, part], chosen.bits[part])
            found += np.bitwise_count(there).sum(axis=1, dtype=np.int32)
        if common == last:
            return found
        return np.append(found, products.sums(chosen.weights, self.starts[common : last + 1], self.rows))


def order_of(totals: Ints) -> tuple[Ints, Ints]:
    """The code of each rank, and the rank of each code."""
    order = np.argsort(-totals, kind="stable")
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return order, ranks


def most(codes: Ints, sizes: Ints, limit: int, count: Callable[[int, int], Ints | None]) -> tuple[Ints, Ints] | None:
    """Codes, in order, and their counts; among them are the `limit` largest counts.

    `codes` are in order of `sizes`, which bound what they can count to, the largest first; `count` counts a range of
    them. The least of the first `limit` counts bounds what the others must reach. None if the limit is no help, or if
    `count` says that looking at each of the others is not worth it.
    """
    if not 0 < limit < len(codes):
        return None
    first = count(0, limit)
    stop = 0 if first is None else int(np.searchsorted(-sizes, -max(int(first.min()), 1), side="right"))
    more = None if first is None else count(limit, max(stop, limit))
    if first is None or more is None:
        return None
    counts = np.concatenate([first, more])
    found = codes[: len(counts)]
    order = np.argsort(found)
    order = order[counts[order] > 0]
    return found[order], counts[order]


def _among(rows: Ints, n: int) -> Chosen:
    mask = np.zeros(n, np.bool_)
    mask[rows] = True
    return Chosen(mask)
