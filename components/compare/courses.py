"""Courses of two selections over time, on one axis: that of the calendar, or days since the beginning of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from components.timeline import FEWEST, Axis, axis_of, background
from data.comparing.periods import days_of
from data.facets import NONE
from data.selection import Selection

if TYPE_CHECKING:
    from components.asking import Ask
    from components.compare.sides import Sides
    from components.content import Numbers
    from data.statistics import Floats

_BY_DAY = 60
"""Days of two periods that are compared by day; longer ones are by week."""


@dataclass(frozen=True, slots=True)
class Bin:
    """One stretch of time of each side; the same one, where both lie on one axis."""

    a: tuple[date, date]
    b: tuple[date, date]


@dataclass(frozen=True, slots=True, eq=False)
class Two:
    """What is drawn."""

    frame: pd.DataFrame
    """A row a bin: start, start_b, a, b (drawn), a_n, a_of, b_n, b_of, publishers, gap."""
    bin: str
    numbers: Numbers
    aligned: bool
    """Whether B is laid over A by the days since the beginning."""


def courses(ask: Ask, sides: Sides) -> Two | None:
    """Both courses; None without dates."""
    a, b = ask.selection, ask.other
    spans = [days_of(side, totals) for side, totals in zip((a, b), sides.totals, strict=True)]
    if spans[0] and spans[1] and _apart(a, b, spans[0], spans[1]):
        longest = max((last - first).days for first, last in (spans[0], spans[1]))
        width = "day" if longest < _BY_DAY else "week"
        return _counted(ask, _aligned(spans[0], spans[1], 1 if width == "day" else 7), width, aligned=True)
    days = pd.concat([ask.engine.counts(side, ("day",)) for side in (a, b)]).groupby("day")["n"].sum()
    axis = axis_of(pd.DataFrame({"day": days.index, "n": days.to_numpy()}))
    return _counted(ask, _on_axis(axis), axis.bin, aligned=False) if axis else None


def _apart(a: Selection, b: Selection, of_a: tuple[date, date], of_b: tuple[date, date]) -> bool:
    """Whether both are periods, chosen as such, without a day in common."""
    chosen = all(side.first or side.last for side in (a, b))
    return chosen and (of_a[1] < of_b[0] or of_b[1] < of_a[0])


def _on_axis(axis: Axis) -> list[Bin]:
    starts = [start.date() for start in axis.starts]
    ends = [start - timedelta(1) for start in starts[1:]]
    ends.append(_end_of(starts[-1], axis.bin))
    return [Bin(stretch, stretch) for stretch in zip(starts, ends, strict=True)]


def _end_of(start: date, width: str) -> date:
    """The last day of a bin."""
    period = {"day": "D", "week": "W-SUN", "month": "M", "year": "Y"}[width]
    return pd.Timestamp(start).to_period(period).end_time.date()


def _aligned(a: tuple[date, date], b: tuple[date, date], width: int) -> list[Bin]:
    """Bins of so many days since the beginning of each; the last one of a side ends with it."""
    length = max((a[1] - a[0]).days, (b[1] - b[0]).days) + 1

    def stretch(span: tuple[date, date], offset: int) -> tuple[date, date]:
        first = span[0] + timedelta(offset)
        return first, max(first, min(first + timedelta(width - 1), span[1]))

    return [Bin(stretch(a, offset), stretch(b, offset)) for offset in range(0, length, width)]


def _counted(ask: Ask, bins: list[Bin], width: str, *, aligned: bool) -> Two:
    a, b = ask.selection, ask.other
    every = [background(side).between(side.first, side.last) for side in (a, b)]
    numbers: Numbers = "counts" if a == every[0] or b == every[1] else "shares"
    of_a, of_b = [each.a for each in bins], [each.b for each in bins]
    count_by = _by_stretch if aligned else _by_bin
    frame = pd.DataFrame(
        {
            "start": [first for first, _ in of_a],
            "start_b": [first for first, _ in of_b],
            "a_n": count_by(ask, a, of_a, width),
            "a_of": count_by(ask, every[0], of_a, width),
            "b_n": count_by(ask, b, of_b, width),
            "b_of": count_by(ask, every[1], of_b, width),
        }
    )
    publishers = _by_publisher(ask, of_a, width, aligned)
    frame = frame.assign(publishers=publishers, gap=[not n for n in publishers])
    drawn = {"a": _drawn(frame, "a", numbers, _inside(a, of_a)), "b": _drawn(frame, "b", numbers, _inside(b, of_b))}
    return Two(frame.assign(**drawn), width, numbers, aligned)


def _by_bin(ask: Ask, selection: Selection, stretches: list[tuple[date, date]], width: str) -> list[int]:
    """Units of the selection in bins of the calendar."""
    return _known(ask.engine.counts(selection, (width,), ask.unit), stretches, width)


def _known(counts: pd.DataFrame, stretches: list[tuple[date, date]], width: str) -> list[int]:
    known = {key: n for key, n in zip(counts[width].tolist(), counts["n"].tolist(), strict=True) if key != NONE}
    return [known.get(first.isoformat(), 0) for first, _ in stretches]


def _by_stretch(ask: Ask, selection: Selection, stretches: list[tuple[date, date]], width: str) -> list[int]:
    """Units of the selection in any stretches of time: those of its days, where they can be added up."""
    inside = _inside(selection, stretches)
    if width == "day" or ask.unit == "articles":
        counts = ask.engine.counts(selection, ("day",), ask.unit)
        of_day = {day: n for day, n in zip(counts["day"].tolist(), counts["n"].tolist(), strict=True) if day != NONE}
        return [sum(of_day.get(day, 0) for day in _days(*stretch)) for stretch in stretches]
    return [
        ask.totals(selection.between(*stretch)).n if there else 0
        for stretch, there in zip(stretches, inside, strict=True)
    ]


def _days(first: date, last: date) -> list[str]:
    return [(first + timedelta(n)).isoformat() for n in range((last - first).days + 1)]


def _by_publisher(ask: Ask, stretches: list[tuple[date, date]], width: str, aligned: bool) -> list[int]:
    """How many publishers were active at all."""
    if aligned and width == "day":
        return _known(ask.engine.counts(Selection(), ("day",), "publishers"), stretches, "day")
    if aligned:
        return [ask.engine.totals(Selection().between(*stretch)).publishers for stretch in stretches]
    return _known(ask.engine.counts(Selection(), (width,), "publishers"), stretches, width)


def _inside(side: Selection, stretches: list[tuple[date, date]]) -> list[bool]:
    """Which stretches the days of a selection reach."""
    first, last = side.first or date.min, side.last or date.max
    return [stretch[0] <= last and stretch[1] >= first for stretch in stretches]


def _drawn(frame: pd.DataFrame, side: str, numbers: Numbers, inside: list[bool]) -> Floats:
    """Counts or shares; NaN outside the days of the selection, and where there is too little for a share."""
    n = np.where(inside, frame[f"{side}_n"].to_numpy(float), np.nan)
    if numbers == "counts":
        return n
    base = frame[f"{side}_of"].to_numpy(float)
    share: Floats = n / np.where(base >= FEWEST, base, np.nan)
    return share
