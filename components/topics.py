"""Topic breakdown: how many articles each IPTC topic has, unsure ones included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from components import address, charts, subtopics, theme
from components.wording import count, percent
from data.facets import FACETS, NONE
from data.frames import rows
from data.statistics import shares
from data.taxonomy import TOPICS

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from components.theme import Palette
    from data.engines import Engine, Totals, Unit
    from data.selection import Selection


def figure(
    counts: pd.DataFrame,
    chosen: tuple[str, ...],
    palette: Palette,
    unit: Unit = "articles",
    shown: subtopics.Open = subtopics.NOTHING,
) -> go.Figure:
    """`counts`: one row a topic with n, share, low, high, in the order of the bars from the top; `shown` below them."""
    frame = counts.iloc[::-1]
    keys = list(frame["topic"])
    labels = [f"{row.n:,} · {percent(row.share)}" for row in rows(frame)]
    bars = {
        "type": "bar",
        "x": frame["n"].tolist(),
        "y": [FACETS["topic"].text(topic).capitalize() for topic in keys],
        "orientation": "h",
        "customdata": [["topic", topic] for topic in keys],
        "text": labels,
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": palette.quiet, "size": 13},
        "marker": {
            "color": [theme.topic_colour(topic, palette) for topic in keys],
            "opacity": [1.0 if not chosen or topic in chosen else theme.FADED for topic in keys],
            "pattern": {"shape": ["/" if t == NONE else "" for t in keys], "fgcolor": palette.page, "size": 6},
            "cornerradius": 2,
        },
        "hovertext": _hover(frame, unit),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    room = 8 * max(map(len, labels), default=0) + 10
    look = theme.layout(
        palette,
        height=subtopics.PIXELS * max(len(frame), 5) + 12,
        bargap=0.28,
        margin={"l": 4, "r": room, "t": 4, "b": 4},
        xaxis={"visible": False, "fixedrange": True, "range": [0, int(frame["n"].max()) if len(frame) else 1]},
        yaxis=theme.axis(palette, ticks="", showgrid=False, zeroline=False, ticklabelstandoff=6),
    )
    return theme.draw(*subtopics.under(bars, look, shown, palette, unit))


def _hover(frame: pd.DataFrame, unit: Unit) -> list[str]:
    return [
        f"<b>{TOPICS[row.topic].label if row.topic in TOPICS else 'unsure: no topic is clear enough'}</b><br>"
        f"{count(row.n, unit)} · {percent(row.share)}<br>95 % interval {percent(row.low)} to {percent(row.high)}"
        for row in rows(frame)
    ]


def draw(engine: Engine, selection: Selection, view: address.View) -> None:
    """The topics card."""
    others = selection.without("topic", "subtopic")
    totals = engine.totals(others, view.unit)
    counts = ordered(shares(engine.counts(others, ("topic",), view.unit), totals.n))
    shown = subtopics.ask(engine, selection, counts, view.unit)
    with charts.card("topics", "Topics", view) as tabled:
        if tabled:
            whole = subtopics.as_table(as_table(counts, view.unit), counts, shown.bars, totals.n, view.unit)
            charts.table(whole, alt=f"{view.unit.capitalize()} by topic", key="rows-topics")
        else:
            drawn = figure(counts, selection.chosen("topic"), charts.palette(), view.unit, shown)
            charts.pickable(drawn, name="topics", alt=_alt(counts, view.unit) + subtopics.alt(shown.bars))
        charts.note(f"{caption(totals, view.unit)} {subtopics.caption(shown.bars, view.unit)}")


def ordered(counts: pd.DataFrame) -> pd.DataFrame:
    """Largest topic first, unsure last."""
    return counts.sort_values("topic", key=lambda topic: topic == NONE, kind="stable", ignore_index=True)


def as_table(counts: pd.DataFrame, unit: Unit = "articles") -> pd.DataFrame:
    """The figure's numbers, with the 95 % interval of each share."""
    return pd.DataFrame(
        {
            "Topic": [TOPICS[t].label if t in TOPICS else FACETS["topic"].missing for t in counts["topic"]],
            unit.capitalize(): counts["n"],
            "Share": counts["share"],
            "Lowest": counts["low"],
            "Highest": counts["high"],
        }
    )


def caption(totals: Totals, unit: Unit = "articles") -> str:
    """What the bars count, and their base."""
    why = "up to two" if unit == "articles" else "several"
    return f"Shares of {count(totals.n, unit)}; with {why} topics each, they add up to more than 100 %."


def _alt(counts: pd.DataFrame, unit: Unit) -> str:
    top = [f"{FACETS['topic'].text(v)} {n}" for v, n in zip(counts["topic"][:5], counts["n"][:5], strict=True)]
    return f"Bar chart of {unit} by topic, most first: {', '.join(top)}. The table shows all."
