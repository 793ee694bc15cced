"""Region by topic: how large a share of each region's articles every topic has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from components import address, charts, theme
from components.wording import count, percent
from data import geography
from data.facets import FACETS, NONE
from data.frames import rows

if TYPE_CHECKING:
    from components.theme import Palette
    from data.engines import Engine, Totals
    from data.selection import Selection

ENOUGH = 10
"""With fewer articles in a region its shares are not coloured: one article more would change them too much."""
_ROW = 23


def columns_for(chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The regions side by side: the five of M49 and none; if all chosen ones lie in one region, that and its parts."""
    for top in reversed([region for region in geography.REGIONS for region in region.walk()]):
        parts = tuple(part.name for part in top.parts)
        if parts and chosen and set(chosen) <= {top.name, *parts}:
            return (top.name, *parts)
    return (*(region.name for region in geography.REGIONS), NONE)


def grid(pairs: pd.DataFrame, regions: pd.DataFrame, topics: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """One row a cell: region, topic, n, base (articles of the region) and share; topics by size, unsure last."""
    base = regions.set_index("region")["n"]
    order = sorted(topics["topic"], key=lambda topic: topic == NONE)
    cells = pd.MultiIndex.from_product([[c for c in columns if c in base.index], order], names=["region", "topic"])
    n = pairs.set_index(["region", "topic"])["n"].reindex(cells, fill_value=0)
    frame = n.reset_index()
    frame["base"] = frame["region"].map(base)
    frame["share"] = frame["n"] / frame["base"]
    return frame


def figure(cells: pd.DataFrame, chosen: Selection, palette: Palette) -> go.Figure:
    """`cells` as :func:`grid` makes them; colour is the share within the region, by column."""
    regions, topics = list(dict.fromkeys(cells["region"])), list(dict.fromkeys(cells["topic"]))[::-1]
    shown = cells.pivot(index="topic", columns="region", values="share").loc[topics, regions]
    enough = cells.pivot(index="topic", columns="region", values="base").loc[topics, regions] >= ENOUGH
    highest = max(float(shown.where(enough).max().max() or 0), 0.1) if enough.any().any() else 1.0
    figure = go.Figure(
        go.Heatmap(
            z=shown.where(enough).to_numpy(),
            x=regions,
            y=topics,
            zmin=0,
            zmax=highest,
            colorscale=_from_page(palette),
            showscale=False,
            xgap=2,
            ygap=2,
            hoverinfo="skip",
        )
    )
    figure.add_trace(_hit_marks(cells, chosen, palette, highest))
    theme.tidy(figure, palette, height=_ROW * max(len(topics), 4) + 56)
    base = cells.drop_duplicates("region").set_index("region")["base"]
    figure.update_xaxes(
        side="top",
        tickmode="array",
        tickvals=regions,
        ticktext=[f"{_wrapped(FACETS['region'].text(r))}<br>{base[r]:,}" for r in regions],
        tickangle=0,
        showgrid=False,
        ticks="",
        fixedrange=True,
        tickfont_size=12.5,
        showline=False,
        range=[-0.5, len(regions) - 0.5],
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=topics,
        ticktext=[FACETS["topic"].text(t).capitalize() for t in topics],
        showgrid=False,
        ticks="",
        fixedrange=True,
        zeroline=False,
        showline=False,
        range=[-0.5, len(topics) - 0.5],
    )
    return figure


def _from_page(palette: Palette) -> list[tuple[float, str]]:
    steps = palette.scale
    return [(0.0, palette.page), *(((i + 1) / len(steps), colour) for i, colour in enumerate(steps))]


def _wrapped(name: str) -> str:
    head, _, tail = name.partition(" ")
    return f"{head}<br>{tail}" if tail else name


def _hit_marks(cells: pd.DataFrame, chosen: Selection, palette: Palette, highest: float) -> go.Scatter:
    """Squares over the cells that carry the words and take the clicks, which a heat map does not emit."""
    scale = (palette.page, *palette.scale)
    filled = [
        scale[min(round(row.share / highest * (len(scale) - 1)), len(scale) - 1)]
        if row.base >= ENOUGH
        else palette.page
        for row in rows(cells)
    ]
    on = cells["region"].isin(chosen.chosen("region")) & cells["topic"].isin(chosen.chosen("topic"))
    words = [_cell(row.n, row.base, row.share) for row in rows(cells)]
    return go.Scatter(
        x=cells["region"],
        y=cells["topic"],
        mode="markers+text",
        text=[f"<b>{word}</b>" if active else word for word, active in zip(words, on, strict=True)],
        textfont={"size": 12.5, "color": [theme.ink_on(colour) for colour in filled]},
        customdata=[["region", row.region, "topic", row.topic] for row in rows(cells)],
        marker={
            "symbol": "square",
            "size": 22,
            "color": "rgba(0,0,0,0)",
            "line": {"width": [2 if active else 0 for active in on], "color": palette.ink},
        },
        selected_marker_opacity=1,
        unselected_marker_opacity=1,
        hovertext=[
            f"<b>{FACETS['topic'].text(row.topic)} · {FACETS['region'].text(row.region)}</b><br>"
            f"{row.n:,} of {count(row.base, 'articles')} ({percent(row.share)})"
            for row in rows(cells)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _cell(n: int, base: int, share: float) -> str:
    if not n:
        return "·"
    return percent(share).replace("under ", "<").replace(" %", "%") if base >= ENOUGH else f"{n} of {base}"


def draw(engine: Engine, selection: Selection, view: address.View) -> None:
    """The region by topic card."""
    others = selection.without("region", "topic")
    totals = engine.totals(others)
    cells = grid(
        engine.counts(others, ("region", "topic")),
        engine.counts(others, ("region",)),
        engine.counts(others, ("topic",)),
        columns_for(selection.chosen("region")),
    )
    with charts.card("region-topic", "Topics by region", view) as tabled:
        if cells.empty:
            charts.empty("No articles match.")
        elif tabled:
            charts.table(as_table(cells), alt="Articles by region and topic", key="rows-region-topic")
        else:
            charts.pickable(figure(cells, selection, charts.palette()), name="region-topic", alt=_alt(cells))
        charts.note(caption(totals))


def as_table(cells: pd.DataFrame) -> pd.DataFrame:
    """The figure's numbers, a row a cell that is not empty."""
    some = cells[cells["n"] > 0]
    return pd.DataFrame(
        {
            "Region": some["region"].map(FACETS["region"].text),
            "Topic": some["topic"].map(FACETS["topic"].text),
            "Articles": some["n"],
            "Of": some["base"],
            "Share": some["share"],
        }
    )


def caption(totals: Totals) -> str:
    """What the cells say, and their bases."""
    base = f"of {count(totals.n, 'articles')} in all; the number below a region is its base."
    return f"Share of each region's articles, {base} Regions with fewer than {ENOUGH} articles show counts."


def _alt(cells: pd.DataFrame) -> str:
    topic, region = FACETS["topic"].text, FACETS["region"].text
    top = rows(cells[cells["base"] >= ENOUGH].nlargest(3, "share"))
    words = [f"{topic(row.topic)} in {region(row.region)} {percent(row.share)}" for row in top]
    return f"Heat map of topics by region; largest shares: {', '.join(words)}. The table shows all."
