"""Over time compared: A and B as two lines on one axis, as shares of all that their publishers published.

Periods that do not meet, as this month and the last, are laid over each other by the days since their beginnings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from components import theme
from components.compare.courses import Two, courses
from components.compare.sides import DASHES, Sides
from components.content import Content, Course, Series
from components.timeline import FEWEST, strip_title
from components.wording import count, day, for_plotly, percent, plain

if TYPE_CHECKING:
    from datetime import date

    from components.asking import Ask
    from components.content import Numbers
    from components.theme import Figure, Palette
    from data.engines import Unit

_TITLE = "Over time compared"
_AXIS = {"text": "Days since the beginning of each", "standoff": 6, "font": {"size": 13}}
_HOW = (
    "Shares are of all that the same publishers published in that time, drawn where that is at least"
    f" {FEWEST}; counts, where a selection is all of it. The strip counts all active publishers, in the time of A."
)


def content(ask: Ask) -> Content:
    """What the card shows."""
    sides = Sides(ask)
    two = None if sides.empty else courses(ask, sides)
    empty = sides.empty or ("" if two else "No dated articles on either side.")
    return Content(
        panel="compare-timeline",
        title=_TITLE,
        marks_of=(lambda: marks(two, sides)) if two else None,
        table_of=lambda: as_table(two, ask.unit) if two else pd.DataFrame({"From": []}),
        caption=_caption(two, sides) if two else empty,
        alt=_alt(two, sides.names) if two else empty,
        sentence_of=lambda: sentence(two, sides.phrases) if two else "",
        method=sides.method(_HOW),
        figure=(lambda palette: figure(two, sides.names, palette, ask.unit)) if two else None,
        empty=empty,
    )


def marks(two: Two, sides: Sides) -> Course:
    """The two lines as data; the days are those of A."""
    first = two.frame["start_b"].iloc[0]
    after = f", from {day(first)}" if two.aligned else ""
    names = (sides.names[0], f"{sides.names[1]}{after}")
    series = tuple(
        Series(column, f"{column.upper()} · {plain(name)}", colour, dash)
        for column, name, colour, dash in zip("ab", names, theme.sides(theme.LIGHT), DASHES, strict=True)
    )
    return Course(two.frame[["start", "a", "b", "publishers", "gap"]], series, two.bin, two.numbers)


def figure(two: Two, names: tuple[str, str], palette: Palette, unit: Unit = "articles") -> Figure:
    """Two lines; where periods are laid over each other, the axis counts the days since their beginnings."""
    frame = two.frame
    days = [start.isoformat() for start in frame["start"]]
    since = [(start - frame["start"].iloc[0]).days for start in frame["start"]]
    lines = [_line(two, place, name, since if two.aligned else days, palette, unit) for place, name in enumerate(names)]
    bottom = {"title": _AXIS, "zeroline": False} if two.aligned else {"type": "date"}
    look = theme.layout(
        palette,
        height=400,
        showlegend=True,
        dragmode=False if two.aligned else "select",
        **theme.over_time(palette),
        xaxis=theme.axis(palette, showgrid=False, ticks="outside", tickcolor=palette.line, anchor="y2", **bottom),
        yaxis=theme.axis(
            palette,
            rangemode="tozero",
            nticks=5,
            domain=[0.2, 1],
            tickformat=",d" if two.numbers == "counts" else ".0%",
        ),
        yaxis2=theme.axis(
            palette,
            domain=[0, 0.11],
            rangemode="tozero",
            showgrid=False,
            nticks=2,
            tickfont={"size": 11, "color": palette.quiet},
        ),
        annotations=[strip_title(palette)],
    )
    strip = {
        "type": "bar",
        "x": lines[0]["x"],
        "y": frame["publishers"].tolist(),
        "yaxis": "y2",
        "marker": {"color": palette.unsure},
        "showlegend": False,
        "hovertemplate": "%{y:,} publishers active<extra></extra>",
    }
    return theme.Figure([*lines, strip], look)


def _line(two: Two, place: int, name: str, x: list[Any], palette: Palette, unit: Unit) -> dict[str, Any]:
    side, frame = "ab"[place], two.frame
    starts = frame["start" if place == 0 else "start_b"]
    hover = [
        f"<b>{side.upper()}: {_value(value, two.numbers)}</b> · {n:,} of {count(of, unit)} · {_when(start, two.bin)}"
        for value, n, of, start in zip(frame[side], frame[f"{side}_n"], frame[f"{side}_of"], starts, strict=True)
    ]
    return {
        "type": "scatter",
        "x": x,
        "y": [None if np.isnan(value) else value for value in frame[side].tolist()],
        "mode": "lines+markers" if len(frame) < 40 else "lines",
        "line": {"color": theme.sides(palette)[place], "width": 2.8, "dash": DASHES[place]},
        "marker": {"size": 7, "symbol": ("circle", "diamond")[place]},
        "name": f"{side.upper()} · {for_plotly(name, 60)}",
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _value(value: float, numbers: Numbers) -> str:
    if np.isnan(value):
        return "too few"
    return f"{int(value):,}" if numbers == "counts" else percent(value)


def _when(start: date, width: str) -> str:
    return day(start) if width == "day" else f"{width} from {day(start)}"


def as_table(two: Two, unit: Unit) -> pd.DataFrame:
    """The figure's numbers, a row a bin."""
    frame = two.frame
    columns: dict[str, Any] = {"A from": frame["start"], "B from": frame["start_b"]}
    for side in "ab":
        n, of = frame[f"{side}_n"], frame[f"{side}_of"]
        share: Any = n / np.where(of >= FEWEST, of, np.nan)
        columns |= {f"{side.upper()} {unit}": n, f"{side.upper()} of": of, f"{side.upper()} share": share}
    table = pd.DataFrame(columns)
    return table if two.aligned else table.drop(columns="B from").rename(columns={"A from": "From"})


def sentence(two: Two, phrases: tuple[str, str]) -> str:
    """Which side is higher, and when each is highest."""
    frame = two.frame
    known = frame[frame["a"].notna() & frame["b"].notna()]
    if known.empty:
        return ""
    higher = int((known["a"] > known["b"]).sum())
    tops = []
    for side, start in (("a", "start"), ("b", "start_b")):
        peak = int(known[side].to_numpy().argmax())
        tops.append(f"{_value(known[side].iloc[peak], two.numbers)} ({_when(known[start].iloc[peak], two.bin)})")
    if two.numbers == "counts":
        return f"Most {phrases[0]}: {tops[0]}; {phrases[1]}: {tops[1]}"
    most = f"The share {phrases[0]} is above that {phrases[1]} in {higher:,} of {count(len(known), two.bin + 's')}"
    return f"{most}; highest {tops[0]} and {tops[1]}"


def _caption(two: Two, sides: Sides) -> str:
    unit = sides.ask.unit
    what = (
        f"{unit.capitalize()} by {two.bin}, counted: one side is all that its publishers published."
        if two.numbers == "counts"
        else f"{unit.capitalize()} by {two.bin} as shares of all by the same publishers, if {FEWEST} or more."
    )
    starts = [day(two.frame[name].iloc[0]) for name in ("start", "start_b")]
    laid = f" B is laid over A: day 0 is {starts[0]} for A and {starts[1]} for B." if two.aligned else ""
    undated = [totals.undated for totals in sides.totals]
    missing = f" Not drawn: {undated[0]:,} undated in A, {undated[1]:,} in B." if any(undated) else ""
    return f"{what}{laid} A: {sides.names[0]}; B: {sides.names[1]}.{missing}"


def _alt(two: Two, names: tuple[str, str]) -> str:
    first, last = two.frame["start"].iloc[0], two.frame["start"].iloc[-1]
    return f"Two lines by {two.bin} from {day(first)} to {day(last)}: {names[0]} and {names[1]}. The table shows all."
