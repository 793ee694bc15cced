"""What cannot be avoided when every count is made anew: an increment for every value of every selected article.

An increment is measured as the fastest way known to add one at places that lie ready, one after the other; reading is
the bytes of the mask and of the selected codes at the speed at which memory is summed. A model, not a proof: an engine
that knows which values cannot be among the largest, or keeps the counts without any selection, may do with fewer.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csc_array

from tests.benchmarks.refresh.asked import OWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.selection import Selection
    from tests.benchmarks.refresh.made import Lists, Made
    from tests.benchmarks.refresh.reference import Reference


class Floor:
    """Milliseconds for a selection, from what was measured on this machine just now."""

    def __init__(self, made: Made, reference: Reference) -> None:
        self.reference = reference
        sizes = {
            name: np.maximum(np.diff(getattr(made, name).starts), 1) for name in ("topics", "countries", "regions")
        }
        words = np.diff(made.keywords.starts)
        grid = sizes["regions"] * sizes["topics"]
        self.sizes = {**sizes, "grid": grid, "weeks": sizes["topics"], "keywords": words}
        few, many = _increment(made.regions), _increment(made.keywords)
        self.increment = dict.fromkeys(OWN, few) | {"keywords": many}
        """Nanoseconds."""
        plain = np.ones(1 << 24, np.int32)
        self.bandwidth = plain.nbytes / _best(plain.sum) / 1e9
        """GB/s."""

    def of(self, selection: Selection) -> tuple[float, float]:
        """Milliseconds for the increments, and for reading; a panel without any selection needs neither."""
        increments, read = 0.0, 0.0
        for name, own in OWN.items():
            if asked := selection.without(*own):
                mask = self.reference.mask(asked)
                n = int(self.sizes[name][mask].sum())
                increments += n * self.increment[name] / 1e6
                read += (4 * n + len(mask)) / self.bandwidth / 1e6
        return increments, read


def _increment(lists: Lists) -> float:
    n, width = len(lists.codes), len(lists.words)
    ones = np.ones(n, np.int32)
    column = csc_array((ones, lists.codes, np.array([0, n], np.int32)), shape=(width, 1))
    wide, one = lists.codes.astype(np.int64), np.ones(1, np.int32)
    return min(_best(lambda: column @ one), _best(lambda: np.bincount(wide, minlength=width))) / max(n, 1) * 1e9


def _best(do: Callable[[], object]) -> float:
    """Seconds."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        do()
        times.append(time.perf_counter() - start)
    return min(times)
