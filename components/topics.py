"""Topic breakdown: how many articles each IPTC topic has, unsure ones included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from components import address, charts, theme
from components.wording import count, percent
from data.facets import FACETS, NONE
from data.frames import rows
from data.statistics import shares
from data.taxonomy import TOPICS

if TYPE_CHECKING:
    from components.theme import Palette
    from data.engines import Engine, Totals
    from data.selection import Selection

_ROW = 24
"""Pixels a bar."""


def figure(counts: pd.DataFrame, chosen: tuple[str, ...], palette: Palette) -> go.Figure:
    """`counts`: one row a topic with n, share, low, high, in the order of the bars from the top."""
    frame = counts.iloc[::-1]
    on = frame["topic"].isin(chosen) | (not chosen)
    labels = [f"{row.n:,} · {percent(row.share)}" for row in rows(frame)]
    figure = go.Figure(
        go.Bar(
            x=frame["n"],
            y=[FACETS["topic"].text(topic).capitalize() for topic in frame["topic"]],
            orientation="h",
            customdata=[["topic", topic] for topic in frame["topic"]],
            text=labels,
            textposition="outside",
            cliponaxis=False,
            textfont={"color": palette.quiet, "size": 13},
            marker={
                "color": [theme.topic_colour(topic, palette) for topic in frame["topic"]],
                "opacity": [1.0 if shown else theme.FADED for shown in on],
                "pattern": {
                    "shape": ["/" if topic == NONE else "" for topic in frame["topic"]],
                    "fgcolor": palette.page,
                    "size": 6,
                },
                "cornerradius": 2,
            },
            selected_marker_opacity=1,
            unselected_marker_opacity=1,
            hovertext=_hover(frame),
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    theme.tidy(figure, palette, height=_ROW * max(len(frame), 5) + 12)
    longest = max(map(len, labels), default=0)
    figure.update_layout(
        bargap=0.28, margin_r=8 * longest + 10, xaxis={"visible": False, "range": [0, max(frame["n"], default=1)]}
    )
    figure.update_yaxes(ticks="", showgrid=False, zeroline=False, tickfont_size=14, ticklabelstandoff=6)
    return figure


def _hover(frame: pd.DataFrame) -> list[str]:
    return [
        f"<b>{TOPICS[row.topic].label if row.topic in TOPICS else 'unsure: no topic is clear enough'}</b><br>"
        f"{count(row.n, 'articles')} · {percent(row.share)}<br>95 % interval {percent(row.low)} to {percent(row.high)}"
        for row in rows(frame)
    ]


def draw(engine: Engine, selection: Selection, view: address.View) -> None:
    """The topics card."""
    others = selection.without("topic")
    totals = engine.totals(others)
    counts = ordered(shares(engine.counts(others, ("topic",)), totals.n))
    with charts.card("topics", "Topics", view) as tabled:
        if tabled:
            charts.table(as_table(counts), alt="Articles by topic", key="rows-topics")
        else:
            charts.pickable(
                figure(counts, selection.chosen("topic"), charts.palette()), name="topics", alt=_alt(counts)
            )
        charts.note(caption(totals))


def ordered(counts: pd.DataFrame) -> pd.DataFrame:
    """Largest topic first, unsure last."""
    return counts.sort_values("topic", key=lambda topic: topic == NONE, kind="stable", ignore_index=True)


def as_table(counts: pd.DataFrame) -> pd.DataFrame:
    """The figure's numbers, with the 95 % interval of each share."""
    return pd.DataFrame(
        {
            "Topic": [TOPICS[t].label if t in TOPICS else FACETS["topic"].missing for t in counts["topic"]],
            "Articles": counts["n"],
            "Share": counts["share"],
            "Lowest": counts["low"],
            "Highest": counts["high"],
        }
    )


def caption(totals: Totals) -> str:
    """What the bars count, and their base."""
    return f"Shares of {count(totals.n, 'articles')}; with up to two topics each, they add up to more than 100 %."


def _alt(counts: pd.DataFrame) -> str:
    top = [f"{FACETS['topic'].text(v)} {n}" for v, n in zip(counts["topic"][:5], counts["n"][:5], strict=True)]
    return f"Bar chart of articles by topic, most first: {', '.join(top)}. The table shows all."
