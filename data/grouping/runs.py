"""Runs of equal values in an array: where they begin, and the place of each value in its run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt


def starts(values: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Where each run of equal values begins."""
    if not len(values):
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.append(True, values[1:] != values[:-1]))


def places(values: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """The place of each value in its run, from 0."""
    begins = starts(values)
    lengths = np.diff(np.append(begins, len(values)))
    result: npt.NDArray[np.int64] = np.arange(len(values)) - np.repeat(begins, lengths)
    return result
