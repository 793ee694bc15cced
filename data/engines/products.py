"""Sparse products without copies: views of scipy's arrays over codes that are there already."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np
from scipy.sparse import csc_array, csr_array

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.engines.table import Ints

    Array = TypeVar("Array", csc_array, csr_array)

_BLOCK = 1 << 20
"""Codes in one product, so that what it needs besides the codes stays small."""


def matrix(kind: type[Array], shape: tuple[int, int], starts: Ints, codes: Ints, data: Ints) -> Array:
    """The array of these parts; the constructor would look through all of them, and copy some."""
    array: Any = kind(shape, dtype=data.dtype)
    array.indptr, array.indices, array.data = starts, codes, data
    return cast("Array", array)


def ones(size: int) -> Ints:
    """So many ones."""
    return _ones(max(_BLOCK, 1 << size.bit_length()))[:size]


@lru_cache(maxsize=1)
def _ones(size: int) -> Ints:
    return np.ones(size, np.int32)


def codes_of(rows: Ints | slice, starts: Ints, codes: Ints, width: int) -> Ints:
    """The codes of these rows one after the other: each row's lie between two `starts`."""
    if isinstance(rows, slice):
        return codes[starts[rows.start] : starts[rows.stop]]
    data = codes.view(np.int8)[: len(codes)]  # taken too, but what it is does not matter
    found: Ints = matrix(csr_array, (len(starts) - 1, width), starts, codes, data)[rows].indices
    return found


def tally(codes: Ints, width: int) -> Ints:
    """How often each code below `width` occurs: as ``np.bincount``, but without a copy in 64 bits."""
    counts = np.zeros(width, np.int32)
    for first in range(0, len(codes), _BLOCK):
        part = codes[first : first + _BLOCK]
        ends = np.array([0, len(part)], codes.dtype)
        counts += matrix(csc_array, (width, 1), ends, part, ones(len(part))) @ ones(1)
    return counts


def weigh(weights: Ints, starts: Ints, codes: Ints, width: int) -> Ints:
    """For every code below `width` the sum of the weights of the rows that have it."""
    counts = np.zeros(width, np.int32)
    for start, stop, begins, part in _blocks(starts, codes, len(weights)):
        counts += matrix(csc_array, (width, stop - start), begins, part, ones(len(part))) @ weights[start:stop]
    return counts


def sums(chosen: Ints, starts: Ints, rows: Ints) -> Ints:
    """The sum of `chosen` over each run of rows between two `starts`."""
    found = np.zeros(len(starts) - 1, np.int32)
    for first, last, begins, part in _blocks(starts, rows, len(found)):
        found[first:last] = matrix(csr_array, (last - first, len(chosen)), begins, part, ones(len(part))) @ chosen
    return found


def _blocks(starts: Ints, codes: Ints, last: int) -> Iterator[tuple[int, int, Ints, Ints]]:
    """Parts of about as many codes as fit a block, never within a row: first and last row, where each begins, codes."""
    first = 0
    while first < last:
        stop = int(np.searchsorted(starts, starts[first] + _BLOCK, side="right")) - 1
        stop = min(max(stop, first + 1), last)
        begins: Ints = starts[first : stop + 1] - starts[first]
        yield first, stop, begins.astype(np.int32, copy=False), codes[starts[first] : starts[stop]]
        first = stop
