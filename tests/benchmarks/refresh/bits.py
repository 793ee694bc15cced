"""What DuckDB and Polars have in common: columns with topics and regions as bits, and how counts of bits unfold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmarks.refresh.made import Lists, Made


def columns(made: Made) -> dict[str, pa.Array]:
    """The table, every column as narrow as it can be."""
    return {
        "id": pa.array(np.arange(len(made), dtype=np.int32)),
        "title": pa.array(["A title of about seventy characters, as most titles of the news have"] * len(made)),
        "day": pa.array(made.days.astype(np.int16)),
        "week": pa.array(made.weeks.astype(np.uint8)),
        "publisher": pa.array(made.publisher.astype(np.uint16)),
        "topics": pa.array(made.topics.bits().astype(np.uint32)),
        "regions": pa.array(made.regions.bits()),
        "countries": _lists(made.countries, np.uint16),
        "keywords": _lists(made.keywords, np.int32),
    }


def _lists(lists: Lists, kind: type[np.integer]) -> pa.ListArray:
    return pa.ListArray.from_arrays(pa.array(lists.starts.astype(np.int32)), pa.array(lists.codes.astype(kind)))


def unfold(n: np.ndarray, *axes: tuple[np.ndarray, int], weeks: np.ndarray | None = None) -> np.ndarray:
    """From counts of combinations of bits to counts of single bits: an axis for each; the last for weeks, if given."""
    parts = [
        ((bits.astype(np.uint64)[:, None] >> np.arange(width, dtype=np.uint64)) & np.uint64(1)) for bits, width in axes
    ]
    if weeks is not None:
        parts.append(np.eye(105, dtype=np.uint64)[weeks.astype(int)])
    first = (parts[0] * n.astype(np.uint64)[:, None]).astype(float)
    if len(parts) == 1:
        return first.sum(axis=0).astype(np.int64)
    return (first.T @ parts[1].astype(float)).astype(np.int64)


def counted(codes: np.ndarray, n: np.ndarray, none: int, width: int) -> np.ndarray:
    """One number a value, and last how many have none."""
    found = np.zeros(width + 1, np.int64)
    found[codes.astype(int)] = n
    found[-1] = none
    return found


def totals(said: Sequence[int], countries: np.ndarray) -> tuple[int, ...]:
    """The totals in the order of :class:`tests.benchmarks.refresh.asked.Answer`."""
    n, no_country, unsure, publishers, first, last = said
    return n, no_country, unsure, publishers, int((countries[:-1] > 0).sum()), first, last
