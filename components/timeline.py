"""Timeline: articles over time, a line for each of the leading or chosen topics. Dragging sideways chooses days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from components import address, charts, theme
from components.wording import count, day
from data.facets import FACETS, NONE
from data.periods import core

if TYPE_CHECKING:
    from datetime import date

    import plotly.graph_objects as go

    from components.theme import Palette
    from data.engines import Engine, Totals, Unit
    from data.selection import Selection

MOST_BINS = 110
PER_BIN = 6
"""Articles that a bin should hold on average, so that lines show a course and not single articles."""
FEWEST_BINS = 8
LINES = 4
"""Topics drawn as lines when none is chosen; with more, they could not be told apart."""
_DAYS = {"day": 1, "week": 7, "month": 30.4, "year": 365.25}
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")


@dataclass(frozen=True, slots=True)
class Axis:
    """The stretch of time that is drawn, and the width of its bins."""

    first: date
    last: date
    bin: str

    @property
    def starts(self) -> pd.DatetimeIndex:
        """First day of every bin, empty ones included."""
        frequency = {"day": "D", "week": "W-MON", "month": "MS", "year": "YS"}[self.bin]
        first = pd.Timestamp(self.first).to_period({"day": "D", "week": "W-SUN", "month": "M", "year": "Y"}[self.bin])
        return pd.date_range(first.start_time, self.last, freq=frequency)


def axis_of(days: pd.DataFrame) -> Axis | None:
    """The axis for `days` (columns day, n), without a few that are far off; None without dated articles."""
    span = core(days)
    if span is None:
        return None
    first, last = span
    dated = int(days.loc[days["day"] != NONE, "n"].sum())
    return Axis(first, last, _width((last - first).days + 1, dated))


def _width(span: int, articles: int) -> str:
    """The narrowest bins that are neither too many nor too empty; never so wide that hardly any are left."""
    fitting = [name for name, length in _DAYS.items() if span / length <= MOST_BINS] or ["year"]
    filled = [name for name in fitting if articles * _DAYS[name] / span >= PER_BIN]
    enough = [name for name in fitting if span / _DAYS[name] >= FEWEST_BINS]
    if filled and filled[0] in enough:
        return filled[0]
    return enough[-1] if enough else fitting[0]


def figure(
    bins: pd.DataFrame,
    axis: Axis,
    topics: tuple[str, ...],
    palette: Palette,
    between: tuple[date | None, date | None] = (None, None),
    unit: Unit = "articles",
) -> go.Figure:
    """`bins`: rows are the starts of the bins, columns "all" and one a topic of `topics`; values are units.

    The days `between` which articles are chosen are shaded.
    """
    days = [start.strftime("%Y-%m-%d") for start in pd.DatetimeIndex(bins.index)]
    bars = {
        "type": "bar",
        "x": days,
        "y": bins["all"].tolist(),
        "marker": {"color": palette.bars, "cornerradius": 2},
        "showlegend": False,
        "hovertemplate": f"{_bin_words(axis.bin)}<br><b>%{{y:,}} {unit} in all</b><extra></extra>",
    }
    lines = [
        _line(days, bins[topic].tolist(), topic, dash, axis, palette)
        for topic, dash in zip(topics, _DASHES, strict=False)
    ]
    look = theme.layout(
        palette,
        height=440,
        bargap=0.12,
        dragmode="select",
        selectdirection="h",
        hovermode="closest",
        showlegend=bool(topics),
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        newselection={"line": {"color": palette.accent, "width": 1.5, "dash": "solid"}},
        activeselection={"fillcolor": palette.accent},
        xaxis=theme.axis(palette, type="date", showgrid=False, ticks="outside", tickcolor=palette.line),
        yaxis=theme.axis(palette, rangemode="tozero", nticks=5, tickformat=",d"),
        shapes=_shade(days, between, palette),
    )
    return theme.draw([bars, *lines], look)


def _line(days: list[str], values: list[int], topic: str, dash: str, axis: Axis, palette: Palette) -> dict[str, Any]:
    name = FACETS["topic"].text(topic)
    return {
        "type": "scatter",
        "x": days,
        "y": values,
        "mode": "lines+markers" if len(days) < 40 else "lines",
        "line": {"color": theme.topic_colour(topic, palette), "width": 2.5, "dash": dash},
        "marker": {"size": 6},
        "name": name,
        "hovertemplate": f"{_bin_words(axis.bin)}<br><b>{name}: %{{y:,}}</b><extra></extra>",
    }


def _shade(days: list[str], between: tuple[date | None, date | None], palette: Palette) -> list[dict[str, Any]]:
    """A band over the chosen days."""
    first, last = between
    if not first and not last:
        return []
    end = last.isoformat() if last else days[-1]
    span = {
        "type": "rect",
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "x0": first.isoformat() if first else days[0],
        "x1": f"{end} 23:59",
    }
    return [{**span, "fillcolor": palette.accent, "opacity": 0.14, "line": {"width": 0}, "layer": "below"}]


def _bin_words(width: str) -> str:
    return {"day": "%{x|%-d %B %Y}", "week": "week of %{x|%-d %B %Y}", "month": "%{x|%B %Y}", "year": "%{x|%Y}"}[width]


def leading(counts: pd.DataFrame, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The topics that get a line: the chosen ones, else the largest."""
    if chosen:
        return chosen[: len(_DASHES)]
    return tuple(counts.loc[counts["topic"] != NONE, "topic"][:LINES])


def binned(totals: pd.DataFrame, by_topic: pd.DataFrame, axis: Axis, topics: tuple[str, ...]) -> pd.DataFrame:
    """Counts per bin as :func:`figure` wants them; bins without articles are 0."""
    starts = axis.starts
    keys = starts.strftime("%Y-%m-%d").tolist()
    every = dict(zip(totals[axis.bin].tolist(), totals["n"].tolist(), strict=True))
    names = zip(by_topic["topic"].tolist(), by_topic[axis.bin].tolist(), strict=True)
    each = dict(zip(names, by_topic["n"].tolist(), strict=True))
    columns = {topic: [each.get((topic, key), 0) for key in keys] for topic in topics}
    return pd.DataFrame({"all": [every.get(key, 0) for key in keys], **columns}, index=starts)


def draw(engine: Engine, selection: Selection, view: address.View) -> None:
    """The timeline card."""
    others = selection.without("day")
    totals = engine.totals(others)
    axis = axis_of(engine.counts(others, ("day",)))
    with charts.card("timeline", "Over time", view) as tabled:
        if axis is None:
            charts.empty("No dated articles here." if totals.n else "No articles match.")
        else:
            topics = leading(engine.counts(others, ("topic",), view.unit), selection.chosen("topic"))
            every = engine.counts(others, (axis.bin,), view.unit)
            bins = binned(every, engine.counts(others, (axis.bin, "topic"), view.unit), axis, topics)
            if tabled:
                alt = f"{view.unit.capitalize()} over time"
                charts.table(as_table(bins, topics, view.unit), alt=alt, key="rows-timeline")
            else:
                chosen = (selection.first, selection.last)
                drawn = figure(bins, axis, topics, charts.palette(), chosen, view.unit)
                charts.brushable(drawn, name="timeline", alt=_alt(bins, axis, view.unit))
            outside = beyond(engine.counts(others, (axis.bin,)), axis)
            charts.note(caption(engine.totals(others, view.unit), axis, totals, outside, view.unit))


def as_table(bins: pd.DataFrame, topics: tuple[str, ...], unit: Unit = "articles") -> pd.DataFrame:
    """The figure's numbers, a row a bin."""
    names = {topic: FACETS["topic"].text(topic) for topic in topics}
    return bins.rename(columns={"all": unit.capitalize(), **names}).rename_axis("From").reset_index()


def beyond(every: pd.DataFrame, axis: Axis) -> int:
    """How many dated articles lie outside the axis; `every`: articles by the axis's bins."""
    dated = every[every[axis.bin] != NONE]
    return int(dated.loc[~dated[axis.bin].isin(axis.starts.strftime("%Y-%m-%d")), "n"].sum())


def caption(base: Totals, axis: Axis, articles: Totals, outside: int, unit: Unit = "articles") -> str:
    """What the figure counts (`base`, in units), and which articles it does not show."""
    missing = [f"{count(articles.undated, 'articles')} without a date"] if articles.undated else []
    span = f"{day(articles.first)} to {day(articles.last)}"
    missing += [f"{count(outside, 'articles')} far from the others ({span})"] if outside else []
    not_drawn = f" Not drawn: {' and '.join(missing)}." if missing else ""
    each = "" if unit == "articles" else f", each in every {axis.bin} in which it has an article"
    lines = "bars are all of them, lines are topics. Drag sideways to choose days."
    return f"{count(base.n, unit)} by {axis.bin}{each}; {lines}{not_drawn}"


def _alt(bins: pd.DataFrame, axis: Axis, unit: Unit) -> str:
    top = pd.DatetimeIndex(bins.index)[int(np.argmax(bins["all"]))]
    most = f"most ({int(np.max(bins['all'])):,}) in the {axis.bin} of {day(top.date())}"
    return f"{unit.capitalize()} by {axis.bin} from {day(axis.first)} to {day(axis.last)}; {most}. The table shows all."
