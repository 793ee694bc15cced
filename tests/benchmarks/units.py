"""Counting articles, stories and publishers: ``python -m tests.benchmarks.units [--articles 1000000]``.

Prints for each facet and share of selected articles the milliseconds of one count (best of five), and how many times as
long stories and publishers take as articles.
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

import numpy as np

from data.engines.groups import GroupedTable
from data.engines.table import FacetTable

if TYPE_CHECKING:
    from collections.abc import Callable

_FACETS = {"topic": (1.36, 18), "country": (1.58, 200), "keyword": (11.76, 100_000)}
"""Mean values an article, and how many values there are."""
_SELECTED = (1.0, 0.3, 0.05, 0.005)
_PUBLISHERS = 2_000
_DRIFT = 3_000
"""Articles of a story lie within about so many rows of each other."""


def main() -> None:
    """Measures and prints one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000_000)
    n = parser.parse_args().articles
    draw = np.random.default_rng(0)
    groups = {"stories": _stories(n, draw), "publishers": _skewed(n, _PUBLISHERS, draw).astype(np.int64)}
    masks = {share: draw.random(n) < share for share in _SELECTED}
    total = dict.fromkeys([(unit, share) for unit in ("articles", *groups) for share in masks], 0.0)
    print(f"{n:,} articles, {len(np.unique(groups['stories'])):,} stories, {_PUBLISHERS:,} publishers; ms a count")
    print(f"{'facet':<10}{'selected':>9}{'articles':>10}{'stories':>10}{'':>7}{'publishers':>12}")
    for name, (mean, width) in _FACETS.items():
        table = _table(n, mean, width, draw)
        units = {"articles": table} | {unit: GroupedTable.of(table, group) for unit, group in groups.items()}
        for share, mask in masks.items():
            taken = {unit: _best(lambda found=found, mask=mask: found.count(mask)) for unit, found in units.items()}
            for unit, ms in taken.items():
                total[unit, share] += ms
            _line(name, share, taken)
    for share in masks:
        _line("all", share, {unit: total[unit, share] for unit in ("articles", *groups)})


def _line(name: str, share: float, taken: dict[str, float]) -> None:
    base = taken["articles"]
    ratios = [f"{taken[unit]:>10.1f}{f'x{taken[unit] / base:.1f}':>7}" for unit in ("stories", "publishers")]
    print(f"{name:<10}{share:>9.1%}{base:>10.1f}{''.join(ratios)}")


def _table(n: int, mean: float, width: int, draw: np.random.Generator) -> FacetTable:
    sizes = np.maximum(draw.poisson(mean, n), 1)
    starts = np.zeros(n + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    words = np.arange(width).astype(str).astype(object)
    return FacetTable((words,), starts, _skewed(int(starts[-1]), width, draw).astype(np.int32))


def _skewed(n: int, width: int, draw: np.random.Generator) -> np.ndarray:
    """Codes of which the first are the most frequent by far."""
    return width * draw.random(n) ** 3


def _stories(n: int, draw: np.random.Generator) -> np.ndarray:
    near = np.sort(draw.integers(0, max(n // 4, 1), n))
    return near[np.argsort(np.arange(n) + draw.integers(0, _DRIFT, n), kind="stable")]


def _best(count: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        count()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


if __name__ == "__main__":
    main()
