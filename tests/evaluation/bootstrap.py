"""Intervals by resampling documents: B. Efron, "Bootstrap methods: another look at the jackknife", 1979; percentiles.

A resample is how often each document was drawn. As a figure follows from sums over documents, all resamples are one
matrix product. The draws depend on the number of documents alone, so that tools on the same documents are compared on
the same resamples, and a second run gives the same intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

RESAMPLES = 1_000
SEED = 20_261_123
LEVEL = 0.95


class Sample(Protocol):
    """Documents with what each adds to a figure."""

    @property
    def size(self) -> int:
        """The number of documents."""
        ...

    def figures(self, weights: Numbers) -> Numbers:
        """The figure of each row of `weights` (resamples x documents)."""
        ...


@dataclass(frozen=True)
class Counts:
    """A figure of sums: `table` holds documents x counts, `formula` makes figures of rows of summed counts."""

    table: Numbers
    formula: Callable[[Numbers], Numbers]

    @property
    def size(self) -> int:
        return len(self.table)

    def figures(self, weights: Numbers) -> Numbers:
        return self.formula(weights @ self.table)


@dataclass(frozen=True)
class Estimate:
    """The figure of a sample with the interval that holds LEVEL of the resamples."""

    value: float
    low: float
    high: float
    size: int


def estimate(sample: Sample) -> Estimate | None:
    """The figure of `sample` with its interval; None without documents."""
    if not sample.size:
        return None
    value = float(sample.figures(np.ones((1, sample.size)))[0])
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(sample.figures(_draws(sample.size)), (tail, 1 - tail))
    return Estimate(value, float(low), float(high), sample.size)


@lru_cache(maxsize=4)
def _draws(size: int) -> Numbers:
    """Resamples x documents: how often each document was drawn."""
    chance = np.random.default_rng(SEED)
    return chance.multinomial(size, np.full(size, 1 / size), size=RESAMPLES).astype(float)
