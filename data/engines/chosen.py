"""Chosen: the rows that match a selection, as a mask and, once some count needs them so, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from data.engines.table import Ints, Mask


@dataclass(frozen=True, eq=False)
class Chosen:
    """A mask over all rows, and what follows from it; share it between the counts of one refresh."""

    mask: Mask
    within: slice | None = None
    """Rows outside of which none is chosen, as where there are days; None for all."""

    @cached_property
    def n(self) -> int:
        """How many rows."""
        return int(np.count_nonzero(self.mask))

    @cached_property
    def rows(self) -> Ints | slice:
        """The rows, ascending: as a slice where they lie together, as those of a range of days do."""
        first = int(self.mask.argmax()) if self.n else 0
        if self.mask[first : first + self.n].all():
            return slice(first, first + self.n)
        begin, end = self.span
        return np.flatnonzero(self.mask[begin:end]) + begin  # in 64 bits, as numpy would make them so for every use

    @property
    def span(self) -> tuple[int, int]:
        """Before the first of the rows, and after the last."""
        return (0, len(self.mask)) if self.within is None else (self.within.start, self.within.stop)

    @cached_property
    def weights(self) -> Ints:
        """1 for each of the rows, 0 for all others."""
        return self.mask.astype(np.int32)

    @cached_property
    def bits(self) -> Ints:
        """The mask as numbers of 64 bits, zeros at the end."""
        packed = np.packbits(self.mask)
        words: Ints = np.append(packed, np.zeros(-len(packed) % 8, np.uint8)).view(np.uint64)
        return words

    @property
    def listed(self) -> Ints:
        """The rows as numbers in any case."""
        return np.arange(self.rows.start, self.rows.stop) if isinstance(self.rows, slice) else self.rows

    @cached_property
    def others(self) -> Chosen:
        """All other rows."""
        return Chosen(~self.mask)
