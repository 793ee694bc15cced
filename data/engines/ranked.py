"""Ranked: the rows of every code, the most frequent code first, so that the largest counts need not count the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csc_array

from data.engines import products

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from data.engines.table import Ints, Mask

_COMMON = 64
"""A code that more than one in so many rows has is counted fastest by its bits."""
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
        """From the codes of each row, see :class:`data.engines.table.FacetTable`, and the rows of each code."""
        order = np.argsort(-totals, kind="stable")
        ranks = np.empty(len(order), codes.dtype)
        ranks[order] = np.arange(len(order))
        shape = len(order), len(starts) - 1
        turned = products.matrix(csc_array, shape, starts, ranks[codes], np.ones(len(codes), np.int8)).tocsr()
        n = int((totals * _COMMON > shape[1]).sum())
        runs = np.split(turned.indices[: turned.indptr[n]], turned.indptr[1:n])[:n]
        bits = [_packed(_among(rows, shape[1])) for rows in runs]
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

    def count(self, mask: Mask) -> Ints:
        """For every code the number of masked rows that have it."""
        counts: Ints = self._count(mask.astype(np.int32), 0, len(self.codes))[self.ranks]
        return counts

    def most(self, mask: Mask, limit: int, worth: int) -> tuple[Ints, Ints] | None:
        """Codes, in order, and how many masked rows have each; among them are the `limit` most frequent ones.

        The least of the first `limit` counts bounds what the others must reach, and no code can have more masked rows
        than rows. None if the limit is no help, or if more than about `worth` single rows had to be looked at.
        """
        if not 0 < limit < len(self.codes):
            return None
        chosen = mask.astype(np.int32)
        first = self._count(chosen, 0, limit)
        sizes = np.diff(self.starts)
        stop = int(np.searchsorted(-sizes, -max(int(first.min()), 1), side="right"))
        if self.starts[stop] - self.starts[min(stop, max(limit, len(self.bits)))] > worth * _WORTH:
            return None
        counts = np.concatenate([first, self._count(chosen, limit, max(stop, limit))])
        codes = self.codes[: len(counts)]
        order = np.argsort(codes)
        order = order[counts[order] > 0]
        return codes[order], counts[order]

    def _count(self, chosen: Ints, first: int, last: int) -> Ints:
        """For each rank from `first` to before `last` the rows among the chosen ones, which are marked by 1."""
        common = min(max(len(self.bits), first), last)
        packed = _packed(chosen.astype(np.bool_))
        there = np.empty_like(packed)
        found = [int(np.bitwise_count(np.bitwise_and(row, packed, out=there)).sum()) for row in self.bits[first:common]]
        return np.concatenate(
            [np.array(found, np.int32), products.sums(chosen, self.starts[common : last + 1], self.rows)]
        )


def _among(rows: Ints, n: int) -> Mask:
    mask = np.zeros(n, np.bool_)
    mask[rows] = True
    return mask


def _packed(mask: Mask) -> Ints:
    """The mask as numbers of 64 bits, zeros at the end."""
    packed = np.packbits(mask)
    words: Ints = np.r_[packed, np.zeros(-len(packed) % 8, np.uint8)].view(np.uint64)
    return words
