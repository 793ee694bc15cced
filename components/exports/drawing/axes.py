"""Axes: round numbers and days that stand beside marks."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def ticks(highest: float, most: int = 5) -> tuple[float, ...]:
    """Round numbers from 0 to at least `highest`, at most `most` steps of 1, 2 or 5 times a power of ten."""
    if highest <= 0:
        return (0.0, 1.0)
    step = 10.0 ** floor(log10(highest / most))
    step *= next(by for by in (1, 2, 5, 10) if step * by * most >= highest * (1 - 1e-9))
    count = 0
    while count * step < highest * (1 - 1e-9):
        count += 1
    return tuple(n * step for n in range(count + 1))


def days(starts: Sequence[date], width: str, most: int) -> tuple[tuple[int, str], ...]:
    """Which bins are named, evenly spaced, and how: the year is said with the first and where it changes."""
    step = max(-(-len(starts) // max(most, 1)), 1)
    named, year = [], 0
    for n in range(0, len(starts), step):
        start = starts[n]
        named.append((n, _day(start, width, start.year != year)))
        year = start.year
    return tuple(named)


def _day(start: date, width: str, with_year: bool) -> str:
    if width == "year":
        return str(start.year)
    words = f"{start:%b}" if width == "month" else f"{start.day} {start:%b}"
    return f"{words} {start.year}" if with_year else words
