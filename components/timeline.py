"""Timeline: articles over time, a line for each of the leading or chosen topics. Dragging sideways chooses days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from components import cards, charts, theme
from components.content import Content, Course, Series
from components.wording import capital, count, day, percent
from data.facets import FACETS, NONE
from data.periods import core
from data.selection import Selection

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt

    from components.asking import Ask
    from components.content import Numbers
    from components.theme import Figure, Palette
    from data.engines import Totals, Unit

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


@dataclass(frozen=True, slots=True, eq=False)
class Bins:
    """What the timeline draws, a row a bin; rows are the starts of the bins."""

    axis: Axis
    counts: pd.DataFrame
    """Units: "all" that are selected, and one column a topic."""
    base: pd.Series
    """Units that the publishers of the selection published at all: the base of shares."""
    publishers: pd.Series
    """How many of them published anything."""

    @property
    def gaps(self) -> npt.NDArray[np.bool_]:
        """Bins in which nobody published anything."""
        gaps: npt.NDArray[np.bool_] = self.publishers.to_numpy() == 0
        return gaps

    def drawn(self, numbers: Numbers) -> pd.DataFrame:
        """The counts, or their shares of the base, NaN where the base is too small for a share."""
        if numbers == "counts":
            return self.counts
        base = self.base.to_numpy(float)
        enough = np.where(base >= FEWEST, base, np.nan)
        return self.counts.div(enough, axis=0)


FEWEST = 10
"""Units that a bin must have for a share to be drawn: with fewer, one article more would change it too much."""


def figure(
    bins: Bins,
    topics: tuple[str, ...],
    palette: Palette,
    between: tuple[date | None, date | None] = (None, None),
    unit: Unit = "articles",
    numbers: Numbers = "counts",
) -> Figure:
    """Bars for all, a line for each of `topics`, and beneath them a strip of the publishers that were active.

    The days `between` which articles are chosen are shaded, bins without any publisher hatched.
    """
    drawn, days = bins.drawn(numbers), [start.strftime("%Y-%m-%d") for start in pd.DatetimeIndex(bins.counts.index)]
    words = _bin_words(bins.axis.bin)
    bars = {
        "type": "bar",
        "x": days,
        "y": _values(drawn["all"]),
        "marker": {"color": palette.bars, "cornerradius": 2},
        "showlegend": False,
        "hovertext": _hover("in all", bins.counts["all"], bins, unit),
        "hovertemplate": f"{words}<br>%{{hovertext}}<extra></extra>",
    }
    lines = [
        _line(
            days,
            drawn[topic],
            _hover(FACETS["topic"].text(topic), bins.counts[topic], bins, unit),
            topic,
            dash,
            bins,
            palette,
        )
        for topic, dash in zip(topics, _DASHES, strict=False)
    ]
    strip = {
        "type": "bar",
        "x": days,
        "y": bins.publishers.tolist(),
        "yaxis": "y2",
        "marker": {"color": palette.unsure},
        "showlegend": False,
        "hovertemplate": f"{words}<br>%{{y:,}} publishers active<extra></extra>",
    }
    look = theme.layout(
        palette,
        height=440,
        barmode="overlay",
        dragmode="select",
        showlegend=bool(topics),
        **theme.over_time(palette),
        xaxis=theme.axis(palette, type="date", showgrid=False, ticks="outside", tickcolor=palette.line, anchor="y2"),
        yaxis=theme.axis(
            palette, rangemode="tozero", nticks=5, domain=[0.2, 1], tickformat=",d" if numbers == "counts" else ".0%"
        ),
        yaxis2=theme.axis(
            palette,
            domain=[0, 0.11],
            rangemode="tozero",
            showgrid=False,
            nticks=2,
            tickfont={"size": 11, "color": palette.quiet},
        ),
        shapes=_shade(days, between, palette),
        annotations=[strip_title(palette)],
    )
    return theme.Figure([bars, *lines, strip, _hatched(days, bins, words, palette)], look)


def _values(column: pd.Series) -> list[float | None]:
    """Plotly leaves a gap at None."""
    return [None if pd.isna(value) else value for value in column.tolist()]


def _hover(name: str, n: pd.Series, bins: Bins, unit: Unit) -> list[str]:
    return [
        f"<b>{name}: {count(k, unit)}</b><br>{percent(k / of)} of {of:,} of these publishers"
        if of
        else f"<b>{name}: 0</b>"
        for k, of in zip(n.tolist(), bins.base.tolist(), strict=True)
    ]


def strip_title(palette: Palette) -> dict[str, Any]:
    """The words above the strip of publishers."""
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 0.115, "xanchor": "left", "yanchor": "bottom"}
    return {**place, "text": "Publishers active", "showarrow": False, "font": {"size": 11, "color": palette.quiet}}


def _hatched(days: list[str], bins: Bins, words: str, palette: Palette) -> dict[str, Any]:
    """Hatched bars in the strip where nobody published anything: a gap in the data rather than in the news."""
    gaps = [when for gap, when in zip(bins.gaps, days, strict=True) if gap]
    return {
        "type": "bar",
        "x": gaps,
        "y": [max(int(bins.publishers.max()), 1)] * len(gaps),
        "yaxis": "y2",
        "marker": {"color": palette.page, "pattern": {"shape": "/", "fgcolor": palette.quiet, "size": 5}},
        "showlegend": False,
        "hovertemplate": f"{words}<br>no publisher active: a gap in the data<extra></extra>",
    }


def _line(
    days: list[str], values: pd.Series, hover: list[str], topic: str, dash: str, bins: Bins, palette: Palette
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": days,
        "y": _values(values),
        "mode": "lines+markers" if len(days) < 40 else "lines",
        "line": {"color": theme.topic_colour(topic, palette), "width": 2.5, "dash": dash},
        "marker": {"size": 6},
        "name": FACETS["topic"].text(topic),
        "hovertext": hover,
        "hovertemplate": f"{_bin_words(bins.axis.bin)}<br>%{{hovertext}}<extra></extra>",
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


def binned(
    totals: pd.DataFrame,
    by_topic: pd.DataFrame,
    axis: Axis,
    topics: tuple[str, ...],
    base: pd.DataFrame | None = None,
    publishers: pd.DataFrame | None = None,
) -> Bins:
    """Counts per bin; bins without articles are 0. `base` and `publishers` count all that the publishers published."""
    starts = axis.starts
    keys = starts.strftime("%Y-%m-%d").tolist()
    names = zip(by_topic["topic"].tolist(), by_topic[axis.bin].tolist(), strict=True)
    each = dict(zip(names, by_topic["n"].tolist(), strict=True))
    columns = {topic: [each.get((topic, key), 0) for key in keys] for topic in topics}

    def column(counts: pd.DataFrame) -> pd.Series:
        known = dict(zip(counts[axis.bin].tolist(), counts["n"].tolist(), strict=True))
        return pd.Series([known.get(key, 0) for key in keys], index=starts, dtype=np.int64)

    every = column(totals)
    return Bins(
        axis,
        pd.DataFrame({"all": every.tolist(), **columns}, index=starts),
        every if base is None else column(base),
        every if publishers is None else column(publishers),
    )


OF_PUBLISHERS = ("publisher", "published_in", "language")
"""Facets that say who published an article, and not what it is about."""


def background(selection: Selection) -> Selection:
    """All that the publishers of a selection published: the base of shares over time."""
    return Selection(tuple((name, values) for name, values in selection.values if name in OF_PUBLISHERS))


def content(ask: Ask) -> Content:
    """What the timeline card shows."""
    others, unit, numbers = ask.selection.without("day"), ask.unit, ask.numbers
    totals = ask.engine.totals(others)
    axis = axis_of(ask.engine.counts(others, ("day",)))
    if axis is None:
        return _undated(ask, others, "No dated articles here." if totals.n else "No articles match.")
    everything = background(others)
    topics = leading(ask.engine.counts(others, ("topic",), unit), ask.selection.chosen("topic"))
    bins = binned(
        ask.engine.counts(others, (axis.bin,), unit),
        ask.engine.counts(others, (axis.bin, "topic"), unit),
        axis,
        topics,
        ask.engine.counts(everything, (axis.bin,), unit),
        ask.engine.counts(everything, (axis.bin,), "publishers"),
    )
    outside = beyond(ask.engine.counts(others, (axis.bin,)), axis)
    chosen = (ask.selection.first, ask.selection.last)
    return Content(
        panel="timeline",
        title="Over time",
        marks_of=lambda: marks(bins, topics, numbers),
        table_of=lambda: as_table(bins, topics, unit),
        caption=caption(ask.totals(others), axis, totals, outside, unit, numbers),
        alt=_alt(bins, unit),
        sentence_of=lambda: sentence(bins, unit),
        method=ask.method(others, base=_base(ask, everything), how=_HOW),
        hint="Drag sideways to choose days.",
        figure=lambda palette: figure(bins, topics, palette, chosen, unit, numbers),
    )


_HOW = f"Shares are of all that the same publishers published in that time, drawn where that is at least {FEWEST}."


def _base(ask: Ask, everything: Selection) -> str:
    return f"the {ask.of_what(everything)} of the same publishers, by time".replace("the all", "all")


def _undated(ask: Ask, others: Selection, why: str) -> Content:
    table = pd.DataFrame({"From": [], ask.unit.capitalize(): []})
    return Content(
        panel="timeline",
        title="Over time",
        marks_of=None,
        table_of=lambda: table,
        caption="",
        alt=why,
        method=ask.method(others),
        empty=why,
    )


def marks(bins: Bins, topics: tuple[str, ...], numbers: Numbers) -> Course:
    """The course as data, with what is drawn."""
    starts = [start.date() for start in pd.DatetimeIndex(bins.counts.index)]
    drawn = bins.drawn(numbers).reset_index(drop=True)
    frame = drawn.assign(start=starts, publishers=bins.publishers.tolist(), gap=bins.gaps)
    series = tuple(
        Series(topic, capital(FACETS["topic"].text(topic)), theme.topic_colour(topic, theme.LIGHT), dash)
        for topic, dash in zip(topics, _DASHES, strict=False)
    )
    return Course(frame, series, bins.axis.bin, numbers)


def sentence(bins: Bins, unit: Unit) -> str:
    """When most was published, as a number and as a share of all."""
    top = int(np.argmax(bins.counts["all"]))
    n, of = int(bins.counts["all"].iloc[top]), int(bins.base.iloc[top])
    start = pd.DatetimeIndex(bins.counts.index)[top]
    stretch = {
        "day": f"on {day(start.date())}",
        "week": f"in the week from {day(start.date())}",
        "month": f"in {start:%B %Y}",
        "year": f"in {start:%Y}",
    }[bins.axis.bin]
    share = f", {percent(n / of)} of all by the same publishers" if of > n else ""
    return f"Most {unit} {stretch}: {n:,}{share}"


def draw(ask: Ask) -> None:
    """The timeline card."""
    made = content(ask)
    cards.panel(ask, made, lambda: charts.brushed(made, name="timeline"))


def as_table(bins: Bins, topics: tuple[str, ...], unit: Unit = "articles") -> pd.DataFrame:
    """The figure's numbers, a row a bin: counts, the base of their shares, and the publishers that were active."""
    names = {topic: FACETS["topic"].text(topic) for topic in topics}
    counts = bins.counts.rename(columns={"all": unit.capitalize(), **names})
    whole = counts.assign(**{"Of all by these publishers": bins.base, "Publishers active": bins.publishers})
    return whole.rename_axis("From").reset_index()


def beyond(every: pd.DataFrame, axis: Axis) -> int:
    """How many dated articles lie outside the axis; `every`: articles by the axis's bins."""
    dated = every[every[axis.bin] != NONE]
    return int(dated.loc[~dated[axis.bin].isin(axis.starts.strftime("%Y-%m-%d")), "n"].sum())


def caption(
    base: Totals, axis: Axis, articles: Totals, outside: int, unit: Unit = "articles", numbers: Numbers = "counts"
) -> str:
    """What the figure counts (`base`, in units), and which articles it does not show."""
    missing = [f"{count(articles.undated, 'articles')} without a date"] if articles.undated else []
    span = f"{day(articles.first)} to {day(articles.last)}"
    missing += [f"{count(outside, 'articles')} far from the others ({span})"] if outside else []
    not_drawn = f" Not drawn: {' and '.join(missing)}." if missing else ""
    each = "" if unit == "articles" else f", each in every {axis.bin} in which it has an article"
    shares = " as shares of all by the same publishers" if numbers == "shares" else ""
    lines = "bars are all of them, lines are topics; the strip shows how many publishers were active."
    return f"{count(base.n, unit)} by {axis.bin}{shares}{each}; {lines}{not_drawn}"


def _alt(bins: Bins, unit: Unit) -> str:
    axis, every = bins.axis, bins.counts["all"]
    top = pd.DatetimeIndex(bins.counts.index)[int(np.argmax(every))]
    most = f"most ({int(every.max()):,}) in the {axis.bin} of {day(top.date())}"
    return f"{unit.capitalize()} by {axis.bin} from {day(axis.first)} to {day(axis.last)}; {most}. The table shows all."
